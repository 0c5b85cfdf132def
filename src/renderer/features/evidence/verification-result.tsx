import { CircleCheck, CircleX, MinusCircle, ShieldCheck, ShieldX } from 'lucide-react'
import type { z } from 'zod'
import type { verification } from '../../../shared/contract/evidence.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { FailureView } from '../../components/state-view.tsx'
import { formatNumber } from '../../components/format.ts'
import { WorkProgress, type ShownStanding } from '../../components/work-progress.tsx'
import { t } from '../../texts/texts.ts'
import { groupsOf, type Check } from './check-groups.ts'

type Verification = z.infer<typeof verification>

/** A check that was asked for: of the log, or of a bundle, which is long work. */
export interface Checking {
  readonly isFetching: boolean
  readonly isError: boolean
  readonly error: unknown
  readonly data: Verification | undefined
  readonly refetch: () => unknown
  readonly work?: { readonly standing: ShownStanding; readonly stop: () => void }
}

interface Words {
  readonly title: string
  readonly text: string
}

const signs = { passed: CircleCheck, failed: CircleX, 'not-checked': MinusCircle } as const
const tone = { passed: 'outcome-keep', failed: 'outcome-revoke', 'not-checked': 'faint' } as const

/** The verdict, then what failed, what is open, and what passed by what it is about. */
export const VerificationResult = ({ result, valid, invalid }: {
  readonly result: Checking
  readonly valid: Words
  readonly invalid: Words
}) => {
  if (result.work?.standing.state === 'working' || result.work?.standing.state === 'stopped') {
    return (
      <>
        <WorkProgress standing={result.work.standing} label={t.evidence.verifying} starting={t.evidence.verifying} stopped={t.evidence.verifyStopped} onStop={result.work.stop} />
        {result.isFetching ? null : <p><button type="button" className="button small" onClick={() => void result.refetch()}>{t.evidence.verifyAgain}</button></p>}
      </>
    )
  }
  if (result.isFetching) return <p className="verifying" role="status">{t.evidence.verifying}</p>
  if (result.isError) return <FailureView error={result.error} isInline onRetry={() => void result.refetch()} />
  if (result.data === undefined) return null
  const { isValid, checks } = result.data
  const words = isValid ? valid : invalid
  const count = (outcome: Check['outcome']): number => checks.filter((check) => check.outcome === outcome).length
  return (
    <div className="verification">
      <div className={isValid ? 'notice good' : 'notice hot'} role="status">
        {isValid ? <ShieldCheck size={18} aria-hidden="true" /> : <ShieldX size={18} aria-hidden="true" />}
        <div className="notice-body">
          <strong>{words.title}</strong>
          <p>{isValid && count('not-checked') > 0 ? t.evidence.checked.openText : words.text}</p>
          <p className="faint">{t.evidence.checked.count(formatNumber(count('passed')), formatNumber(count('failed')), formatNumber(count('not-checked')))}</p>
        </div>
        <button type="button" className="button quiet small" onClick={() => void result.refetch()}>
          {t.evidence.verifyAgain}
        </button>
      </div>
      {groupsOf(checks).map(({ outcome, topic, checks: grouped }) => (
        <div key={`${outcome}-${topic ?? ''}`} role="group" className="check-group" aria-label={topic === null ? t.evidence.checked[outcome] : `${t.evidence.checked.passed}: ${t.evidence.checked.topics[topic]}`}>
          <h3 className={tone[outcome]}>{topic === null ? t.evidence.checked[outcome] : t.evidence.checked.topics[topic]}</h3>
          <ul className="checks">{grouped.map((check) => <CheckLine key={check.code} check={check} />)}</ul>
        </div>
      ))}
    </div>
  )
}

const CheckLine = ({ check }: { readonly check: Check }) => {
  const Sign = signs[check.outcome]
  return (
    <li>
      <Sign size={16} className={tone[check.outcome]} aria-hidden="true" />
      <span>
        <strong>{check.title}</strong>
        <span className="visually-hidden">: {t.evidence.outcome[check.outcome]}</span>
        <br />
        <span className="soft"><DirectoryText>{check.detail}</DirectoryText></span>
      </span>
    </li>
  )
}
