import { Lock } from 'lucide-react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import type { Decision } from '../../../../shared/model/decision.ts'
import { t } from '../../../texts/texts.ts'

const reasonOf = (decision: Decision): string =>
  [decision.reasonCode === null || decision.reasonCode === 'other' ? null : t.reason[decision.reasonCode],
    decision.reasonText].filter((part) => part !== null).join(': ')

/** What was decided on this item, with its reason, and whether it is final. */
export const DecidedNote = ({ decision, onReason }: { readonly decision: Decision; readonly onReason: () => void }) => {
  const reason = reasonOf(decision)
  return (
    <div className={`decided-note note-${decision.outcome}`}>
      {decision.isSignedOff ? <Lock size={16} aria-hidden="true" /> : <OutcomeSign state={decision.outcome} />}
      <p>
        <strong className={`outcome-${decision.outcome}`}>
          {decision.outcome === 'keep-until' && decision.until !== null ? `${t.outcome['keep-until']} ${formatDay(decision.until)}`
            : t.state[decision.outcome]}
        </strong>
        <span className="soft">, {decision.isSignedOff ? t.review.decide.final : t.review.decide.pending}</span>
        {reason === '' ? null : <><br /><DirectoryText>{reason}</DirectoryText></>}
      </p>
      {decision.isSignedOff ? null : (
        <button type="button" className="button quiet small" onClick={onReason}>
          {reason === '' ? t.review.decide.addReason : t.review.decide.changeReason}
        </button>
      )}
    </div>
  )
}
