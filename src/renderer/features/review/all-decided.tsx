import { CircleCheckBig, Lock } from 'lucide-react'
import { EmptyView } from '../../components/state-view.tsx'
import { formatNumber } from '../../components/format.ts'
import type { CampaignProgress } from '../../../shared/model/campaign.ts'
import { t } from '../../texts/texts.ts'

/** Nothing is left to decide: sign off, or look again. */
export const AllDecided =
  ({ progress, onSignOff, onFirst }: { readonly progress: CampaignProgress; readonly onSignOff: () => void;
    readonly onFirst: () => void }) => {
  const toSign = progress.items - progress.undecided - progress.signedOff
  const isFinished = toSign === 0
  return (
    <EmptyView
      title={isFinished ? t.review.allSigned : t.review.allDone}
      text={isFinished ? t.review.allSignedText : t.review.allDoneText(t.decisions(toSign, formatNumber(toSign)))}
      sign={isFinished ? <Lock size={20} aria-hidden="true" /> : <CircleCheckBig size={20} aria-hidden="true" />}
    >
      <div className="actions">
        {isFinished ? <a className="button primary" href="#/today">{t.signOff.toToday}</a>
          : <button type="button" className="button primary" onClick={onSignOff}>{t.signOff.button}</button>}
        <button type="button" className="button" onClick={onFirst}>{t.review.lookAgain}</button>
      </div>
    </EmptyView>
  )
}
