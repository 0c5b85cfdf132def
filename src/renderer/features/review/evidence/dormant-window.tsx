import { daysBetween, formatDay } from '../../../components/format.ts'
import type { SignalOf } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'

/** From the last sign-in (or the first day on record) to the review day: one empty stretch, with where it began. */
export const DormantWindow = ({ facts, asOf }: { readonly facts: SignalOf<'dormant-account'>['facts']; readonly asOf: string }) => {
  const watched = Math.min(100, (facts.days / Math.max(1, daysBetween(facts.since, asOf))) * 100)
  return (
    <div className="gap-window">
      <svg viewBox="0 0 312 14" role="img" aria-label={t.signals.dormantPicture(formatDay(facts.since))}>
        <rect className="dormant-bar" x="5" y="3" width={(watched / 100) * 307} height="8" rx="2" />
        {facts.lastSeen === null ? <line className="dormant-start" x1="5" y1="0" x2="5" y2="14" /> : <circle className="dormant-seen" cx="6" cy="7" r="5" />}
      </svg>
      <p className="gap-ends faint numbers">
        <span>{facts.lastSeen === null ? t.signals.dormantFirst(formatDay(facts.since)) : t.signals.dormantLast(formatDay(facts.lastSeen))}</span>
        <span>{formatDay(asOf)}</span>
      </p>
    </div>
  )
}
