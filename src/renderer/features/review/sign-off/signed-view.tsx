import { CircleCheckBig } from 'lucide-react'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

interface SignedProps {
  readonly result: { readonly decided: number; readonly undecided: number; readonly eventSeq: number; readonly checkpointSize: number }
  readonly onClose: () => void
}

/** The receipt. */
export const SignedView = ({ result, onClose }: SignedProps) => (
  <>
    <div className="dialog-body signed" role="status">
      <CircleCheckBig size={28} className="outcome-keep" aria-hidden="true" />
      <div>
        <p className="signed-lead">{t.signOff.doneLead(t.decisions(result.decided, formatNumber(result.decided)))}</p>
        <p>{result.undecided === 0 ? t.signOff.doneNone : t.signOff.doneLeft(t.items(result.undecided, formatNumber(result.undecided)))}</p>
        <p className="faint numbers">{t.signOff.doneReceipt(formatNumber(result.eventSeq), formatNumber(result.checkpointSize))}</p>
      </div>
    </div>
    <div className="dialog-foot">
      {result.undecided === 0 ? <a className="button primary" href="#/today">{t.signOff.toToday}</a> : null}
      <button type="button" className={result.undecided === 0 ? 'button' : 'button primary'} autoFocus onClick={onClose}>
        {t.signOff.backToReview}</button>
    </div>
  </>
)
