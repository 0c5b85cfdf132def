import { useId } from 'react'
import { formatMonth, formatMonthInitial, formatNumber } from '../../../components/format.ts'
import type { SignalOf } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'
import { toUsageMonths } from './usage-months.ts'

const width = 312
const height = 72
const gap = 4

/** Days with use per month; months nobody has a record of are hatched, which is not the same as empty. */
export const UsageChart = ({ facts, asOf }: { readonly facts: SignalOf<'usage-frequency'>['facts']; readonly asOf: string }) => {
  const id = useId()
  const months = toUsageMonths(facts, asOf)
  const most = Math.max(5, ...months.map((month) => month.days ?? 0))
  const step = width / months.length
  const known = months.filter((month) => month.days !== null)
  const words = months.map(({ month, days }) =>
    t.signals.chartBar(formatMonth(month),
      days === null ? t.signals.chartUnknown : days === 0 ? t.signals.chartNoUse : t.days(days, formatNumber(days))))
  return (
    <figure className="usage-chart">
      <svg viewBox={`0 0 ${width} ${height + 18}`} role="img" aria-labelledby={`${id}-title`} aria-describedby={`${id}-words`}>
        <title id={`${id}-title`}>{t.signals.chartTitle(t.months(known.length, formatNumber(known.length)))}</title>
        <defs>
          <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className="hatch-line" x1="0" y1="0" x2="0" y2="6" />
          </pattern>
        </defs>
        <line className="base-line" x1="0" y1={height + 0.5} x2={width} y2={height + 0.5} />
        {months.map(({ month, days }, at) => {
          const tall = days === null ? height - 14 : Math.max((days / most) * (height - 14), days === 0 ? 0 : 3)
          const x = at * step + gap / 2
          const middle = x + (step - gap) / 2
          return (
            <g key={month}>
              <rect className={days === null ? 'unknown-bar' : 'usage-bar'} fill={days === null ? `url(#${id}-hatch)` : undefined} x={x}
                y={height - tall} width={step - gap} height={tall} rx="2" />
              {days === null || days === 0 ? null
                : <text className="bar-value" x={middle} y={height - tall - 4} textAnchor="middle">{formatNumber(days)}</text>}
              <text className="bar-month" x={middle} y={height + 14} textAnchor="middle">{formatMonthInitial(month)}</text>
            </g>
          )
        })}
      </svg>
      <figcaption className="faint">
        {t.signals.chartCaption}
        {known.length < months.length ? `. ${t.signals.chartLegendUnknown}` : ''}
      </figcaption>
      <p className="visually-hidden" id={`${id}-words`}>{words.join('; ')}</p>
    </figure>
  )
}
