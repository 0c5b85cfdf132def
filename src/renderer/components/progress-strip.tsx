import type { CampaignProgress } from '../../shared/model/campaign.ts'
import { t } from '../texts/texts.ts'
import { formatNumber } from './format.ts'

const parts = [
  ['kept', 'keep'], ['keptUntil', 'keep-until'], ['lookCloser', 'look-closer'], ['revoked', 'revoke'],
] as const
const classOf = { kept: 'kept', revoked: 'revoked', keptUntil: 'until', lookCloser: 'closer' } as const

/** How far a review is, coloured by outcome. The label says the same in words. */
export const ProgressStrip = ({ progress, label }: { readonly progress: CampaignProgress; readonly label: string }) => {
  const total = Math.max(progress.items, 1)
  const words = parts.filter(([key]) => progress[key] > 0).map(([key, state]) => `${t.state[state]} ${formatNumber(progress[key])}`)
  return (
    <div
      className="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={progress.items}
      aria-valuenow={progress.items - progress.undecided} aria-valuetext={words.length === 0 ? t.none : words.join(', ')}
    >
      <svg viewBox={`0 0 ${total} 1`} preserveAspectRatio="none" aria-hidden="true">
        {parts.map(([key], index) => {
          const before = parts.slice(0, index).reduce((sum, [earlier]) => sum + progress[earlier], 0)
          return <rect key={key} className={classOf[key]} x={before} y={0} width={progress[key]} height={1} />
        })}
      </svg>
    </div>
  )
}
