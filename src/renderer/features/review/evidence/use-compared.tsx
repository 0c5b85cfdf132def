import { formatDays, formatNumber } from '../../../components/format.ts'
import type { SignalOf } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'

/** Own use and the middle of the others', on one scale: the days of the window. */
export const UseCompared = ({ facts }: { readonly facts: SignalOf<'usage-vs-peers'>['facts'] }) => {
  const most = Math.max(facts.ownDays, facts.medianDays, 1)
  const bars = [
    { name: t.signals.usageOwn, days: facts.ownDays, mark: 'own' }, { name: t.signals.usageMedian, days: facts.medianDays, mark: 'middle' },
  ]
  return (
    <div className="use-compared">
      <p className="faint">{t.signals.usageCompared(formatDays(facts.windowDays))}</p>
      <dl>
        {bars.map(({ name, days, mark }) => (
          <div key={mark}>
            <dt className="soft">{name}</dt>
            <dd>
              <svg className={`use-bar is-${mark}`} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" y="0" width={days === 0 ? 0.6 : (days / most) * 100} height="8" />
              </svg>
              <span className="numbers">{t.days(days, formatNumber(days))}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
