import type { KeptWork } from '../../shared/contract/work.ts'
import { formatNumber } from '../components/format.ts'
import { toHash } from '../components/hash-route.ts'
import { t } from '../texts/texts.ts'

/** What work is at, in a few words. */
export const goingWords = ({ kind, subject }: KeptWork): string => t.work.going[kind](subject)

/** How work ended, in a sentence; empty while it goes on. */
const endSentence = ({ kind, subject, standing }: KeptWork): string => {
  switch (standing.state) {
    case 'working': return ''
    case 'stopped': return t.work.stopped[kind](subject)
    case 'cut-off': return t.work.cutOff[kind](subject)
    case 'failed': return standing.message === '' ? t.work.failed[kind](subject) : `${t.work.failed[kind](subject)} ${standing.message}`
    case 'done': return doneSentence(subject, standing.outcome)
  }
}

const doneSentence = (subject: string, outcome: Extract<KeptWork['standing'], { state: 'done' }>['outcome']): string => {
  const words = t.work.done
  switch (outcome.kind) {
    case 'sync': return outcome.result.state === 'complete' ? words.sync.complete(subject) : outcome.result.state === 'held' ? words.sync.held(subject) : words.sync.failed(subject)
    case 'test': return canRead(outcome.result) ? words.test.ok(subject) : words.test.cannot(subject)
    case 'launch': return words.launch(subject)
    case 'mail': return isAllSent(outcome.result) ? words.mail.all(subject) : words.mail.some(subject)
    case 'seal': return words.seal(subject, formatNumber(outcome.result.version), formatNumber(outcome.result.pages))
    case 'verify': return outcome.result.isValid ? words.verify.valid(subject) : words.verify.invalid(subject)
    case 'backup': return words.backup(subject)
    case 'packets': return isAllWritten(outcome.result) ? words.packets.all(subject) : words.packets.some(subject)
  }
}

const canRead = ({ isConnected, permissions }: { readonly isConnected: boolean; readonly permissions: readonly { readonly isGranted: boolean; readonly isRequired: boolean }[] }): boolean =>
  isConnected && permissions.every(({ isGranted, isRequired }) => isGranted || !isRequired)

const isAllSent = ({ refused, unknown, left }: { readonly refused: number; readonly unknown: number; readonly left: number }): boolean => refused + unknown + left === 0

const isAllWritten = ({ failed, notTried }: { readonly failed: readonly unknown[]; readonly notTried: number }): boolean => failed.length + notTried === 0

export const endWords = (work: KeptWork): { readonly title: string; readonly text: string } => ({ title: t.work.titles[work.kind], text: endSentence(work) })

/** Whether the end is what was hoped for. */
export const isGoodEnd = ({ standing }: KeptWork): boolean => {
  if (standing.state !== 'done') return false
  const { outcome } = standing
  switch (outcome.kind) {
    case 'sync': return outcome.result.state === 'complete'
    case 'test': return canRead(outcome.result)
    case 'verify': return outcome.result.isValid
    case 'mail': return isAllSent(outcome.result)
    case 'packets': return isAllWritten(outcome.result)
    case 'launch':
    case 'backup':
    case 'seal': return true
  }
}

/** Where its result is seen, or where it can be begun again. */
export const placeOf = ({ kind, name, subject, campaign, standing }: KeptWork): { readonly href: string; readonly words: string } => {
  const { open } = t.work
  switch (kind) {
    case 'sync':
      if (standing.state === 'done' && standing.outcome.kind === 'sync') return { href: toHash('sources', 'run', String(standing.outcome.result.id)), words: open.sync }
      return { href: '#/sources', words: open.syncs }
    case 'test': return subject === '' ? { href: '#/sources', words: open.syncs } : { href: toHash('sources', 'of', subject), words: open.test }
    case 'mail':
    case 'launch': return campaign === null ? { href: '#/campaigns', words: open.launch } : { href: toHash('campaigns', String(campaign)), words: open.launch }
    case 'seal':
      if (standing.state !== 'done' && campaign !== null) return { href: toHash('campaigns', String(campaign)), words: open.launch }
      return { href: '#/evidence', words: open.seal }
    case 'verify': return { href: toHash('evidence', 'verify', name.replace(/^verify:/, '')), words: open.verify }
    case 'packets': return { href: toHash('packets', String(campaign ?? '')), words: open.packets }
    case 'backup': return { href: toHash('settings', 'keys'), words: open.backup }
  }
}
