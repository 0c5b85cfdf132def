import { CircleCheck, CircleX, MinusCircle, ShieldCheck, ShieldX } from 'lucide-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { z } from 'zod'
import type { verification } from '../../../shared/contract/evidence.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { FailureView } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

type Verification = z.infer<typeof verification>

interface Words {
  readonly title: string
  readonly text: string
}

const signs = { passed: CircleCheck, failed: CircleX, 'not-checked': MinusCircle } as const
const tone = { passed: 'outcome-keep', failed: 'outcome-revoke', 'not-checked': 'faint' } as const
const rank = { failed: 0, 'not-checked': 1, passed: 2 } as const

/** Each check with its outcome; what failed comes first. */
export const VerificationResult = ({ result, valid, invalid }: {
  readonly result: UseQueryResult<Verification>
  readonly valid: Words
  readonly invalid: Words
}) => {
  if (result.isFetching) return <p className="verifying" role="status">{t.evidence.verifying}</p>
  if (result.isError) return <FailureView error={result.error} isInline onRetry={() => void result.refetch()} />
  if (result.data === undefined) return null
  const { isValid, checks } = result.data
  const words = isValid ? valid : invalid
  return (
    <div className="verification">
      <div className={isValid ? 'notice good' : 'notice hot'} role="status">
        {isValid ? <ShieldCheck size={18} aria-hidden="true" /> : <ShieldX size={18} aria-hidden="true" />}
        <div className="notice-body">
          <strong>{words.title}</strong>
          <p>{words.text}</p>
        </div>
        <button type="button" className="button quiet small" onClick={() => void result.refetch()}>
          {t.evidence.verifyAgain}
        </button>
      </div>
      <ul className="checks">
        {checks.toSorted((a, b) => rank[a.outcome] - rank[b.outcome]).map((check) => {
          const Sign = signs[check.outcome]
          return (
            <li key={check.code}>
              <Sign size={16} className={tone[check.outcome]} aria-hidden="true" />
              <span>
                <strong>{check.title}</strong>
                <span className="visually-hidden">: {t.evidence.outcome[check.outcome]}</span>
                <br />
                <span className="soft"><DirectoryText>{check.detail}</DirectoryText></span>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
