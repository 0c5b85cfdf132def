import { mailAddress, type LetterKind, type MailFault, type MailSettings } from '../../shared/model/mail.ts'
import type { EventBody } from '../../shared/model/evidence.ts'
import { tryAgainAt, writeLetter } from '../core/campaign/letter.ts'
import { oneLine } from '../core/campaign/one-line.ts'
import type { Delivery, Post } from '../mail/post.ts'
import { campaignById, type StoredCampaign } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { dropLetters, lettersDue, putLetterBack, reservedLetters, reserveLetter, settleLetter, type StoredLetter } from '../storage/letters.ts'
import { personByEmail } from '../storage/people.ts'
import { reviewerDebt } from '../storage/reviewer-debt.ts'
import type { Context, Watch } from './context.ts'
import { mailReady, messageIdOf } from './mail-settings.ts'
import { recordEvent } from './record-event.ts'

/** Which letters go: one occasion's, or all an officer asked for, with or without those the rules ask for. */
export type LettersToSend = { readonly campaign: number; readonly occasion: string } | { readonly isRulesToo: boolean }

export interface LettersSent {
  readonly sent: number
  readonly refused: number
  readonly unknown: number
  /** Not needed any more: answered, handed on or over. */
  readonly dropped: number
  readonly left: number
  readonly fault: { readonly fault: MailFault; readonly answer: string } | null
}

/**
 * Sends letters one after the other. Each is reserved in a transaction of its own before a byte of it goes out and settled, with its event, in another
 * one afterwards: whoever dies in between leaves a letter that may have arrived, which is said and never sent again by itself. Who owes nothing by
 * then gets nothing. A server that cannot be used at all ends the round; its letters stay.
 */
export async function sendLetters(context: Context, which: LettersToSend, watch: Watch): Promise<LettersSent> {
  const counted = { sent: 0, refused: 0, unknown: 0, dropped: 0 }
  const due = await lettersDue(context.store.db, context.clock.now(), which)
  if (due.length === 0) return { ...counted, left: 0, fault: null }
  const { settings, password } = await mailReady(context)
  const post = await context.openPost(settings, password)
  let done = 0
  try {
    for (const letter of due) {
      if (watch.signal.aborted) break
      watch.onProgress({ step: `Sending letter ${done + 1} of ${due.length}`, share: done / due.length })
      const outcome = await sendOne(context, { settings, post, signal: watch.signal }, letter)
      if (typeof outcome === 'object') {
        return { ...counted, left: due.length - done, fault: outcome.fault === 'stopped' ? null : outcome }
      }
      done += 1
      counted[outcome] += 1
    }
  } finally {
    post.close()
  }
  return { ...counted, left: due.length - done, fault: null }
}

interface Way { readonly settings: MailSettings; readonly post: Post; readonly signal: AbortSignal }

/** A letter's own fate, or what keeps all of them from being sent. */
async function sendOne(
  context: Context, { settings, post, signal }: Way, letter: StoredLetter,
): Promise<'sent' | 'refused' | 'unknown' | 'dropped' | { readonly fault: MailFault; readonly answer: string }> {
  const stopped = { fault: 'stopped', answer: '' } as const
  try {
    await post.turn(signal)
  } catch (error) {
    if (signal.aborted) return stopped
    throw error
  }
  const campaign = await campaignById(context.store.db, letter.campaign)
  const debt = await reviewerDebt(context.store.db, letter.campaign, letter.person)
  const open = debt.undecided + debt.unsigned
  if (campaign?.state !== 'running' || campaign.stage !== letter.stage || open === 0) {
    await inTransaction(context.store, (queries) => dropLetters(queries, [letter.id], context.clock.now()))
    return 'dropped'
  }
  const messageId = messageIdOf(context, settings, `${letter.campaign} ${letter.occasion} ${letter.person}`)
  const isOurs = await inTransaction(context.store, (queries) => reserveLetter(queries, letter.id, { messageId, at: context.clock.now() }))
  if (!isOurs) return 'dropped'
  const words = writeLetter({ ...debt, kind: letter.kind, campaign: campaign.spec.name, dueOn: campaign.dueOn, from: await signerOf(context, letter, campaign) }, settings.language)
  const delivery: Delivery = mailAddress.safeParse(letter.person).success
    ? await post.send({ messageId, to: { name: oneLine(debt.name), address: letter.person }, at: context.clock.now(), ...words }, signal)
    : { outcome: 'refused', fault: 'recipient', answer: 'This is no address mail can be sent to; the server was not asked.', isWhole: false }
  if (delivery.outcome === 'refused' && delivery.isWhole) {
    await inTransaction(context.store, (queries) => putLetterBack(queries, letter.id, context.clock.now()))
    return delivery
  }
  await settle(context, { ...letter, messageId, attempts: letter.attempts + 1 }, open, delivery)
  return delivery.outcome
}

/** Whoever asked signs; for what the rules ask, whoever made the campaign. */
async function signerOf(context: Context, { askedBy }: StoredLetter, campaign: StoredCampaign): Promise<string> {
  const email = askedBy === 'system' ? campaign.createdBy : askedBy
  return (await personByEmail(context.store.db, email))?.name ?? email
}

async function settle(context: Context, letter: StoredLetter, open: number, delivery: Omit<Delivery, 'isWhole'> & { readonly fault?: MailFault }): Promise<void> {
  const { outcome, answer, fault = null } = delivery
  await inTransaction(context.store, async (queries) => {
    const { seq, ts } = await recordEvent(context, queries, letter.askedBy, eventOf(letter, open, { outcome, answer, fault }))
    await settleLetter(queries, letter.id, { state: outcome, fault, answer, seq, at: ts, nextAt: tryAgainAt(ts, letter.attempts) })
  })
}

function eventOf(letter: StoredLetter, open: number, { outcome, answer, fault }: { outcome: Delivery['outcome']; answer: string; fault: MailFault | null }): EventBody {
  const { id, campaign, stage, person, kind } = letter
  const messageId = letter.messageId ?? ''
  const isReminder: Readonly<Record<LetterKind, boolean>> = { reminder: true, launch: false, escalation: false }
  return outcome === 'sent' && isReminder[kind]
    ? { kind: 'reviewers-reminded', body: { campaign, people: [{ person, open }], channel: 'smtp', mail: { letter: id, messageId, answer } } }
    : { kind: 'letter-settled', body: { campaign, stage, letter: id, about: kind, person, open, messageId, outcome, fault, answer } }
}

/** Says of letters a dead process had reserved that nobody knows whether they arrived. To be called when a workspace is opened, by whoever has its lock. */
export async function settleLostLetters(context: Context): Promise<void> {
  for (const letter of await reservedLetters(context.store.db)) {
    const { undecided, unsigned } = await reviewerDebt(context.store.db, letter.campaign, letter.person)
    await settle(context, letter, undecided + unsigned, {
      outcome: 'unknown', fault: 'lost', answer: 'Muster was ended while this letter was being sent; it may have arrived.',
    })
  }
}
