import { useId } from 'react'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { PaceDay } from './campaign-types.ts'
import { chart, chartScale } from './chart-scale.ts'

const widestBar = 26

/** Decisions a day. A table with the same figures stands below. */
export const PaceChart = ({ days, until }: { readonly days: readonly PaceDay[]; readonly until: string }) => {
  const id = useId()
  const words = t.campaigns.chart
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined) return null
  const end = until > last.day ? until : last.day
  const most = Math.max(1, ...days.map(({ decided }) => decided))
  const scale = chartScale(first.day, end, most)
  const bar = Math.min(widestBar, ((chart.width - chart.left - chart.right) / (scale.days + 1)) * 0.7)
  // Bars stand on days, so the first and the last need their half inside the frame.
  const x = (day: string): number => {
    const inner = chart.width - chart.left - chart.right - widestBar
    return chart.left + widestBar / 2 + ((scale.x(day) - chart.left) / (chart.width - chart.left - chart.right)) * inner
  }
  const active = days.filter(({ decided }) => decided > 0)
  const total = active.reduce((sum, { decided }) => sum + decided, 0)
  return (
    <figure className="chart">
      <figcaption><strong>{words.pace}</strong> <span className="faint">{words.paceText}</span></figcaption>
      {active.length === 0 ? <p className="soft">{words.noDecision}</p> : <svg viewBox={`0 0 ${chart.width} ${chart.height}`} role="img" aria-labelledby={`${id}-words`}>
        <title id={`${id}-words`}>{words.paceWords(formatNumber(total), formatNumber(active.length))}</title>
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line className="grid-line" x1={chart.left} x2={chart.width - chart.right} y1={scale.y(tick)} y2={scale.y(tick)} />
            <text className="axis-word" x={chart.left - 6} y={scale.y(tick) + 3} textAnchor="end">{formatNumber(tick)}</text>
          </g>
        ))}
        {active.map(({ day, decided }) => (
          <rect key={day} className="pace-bar" x={x(day) - bar / 2} y={scale.y(decided)} width={bar} height={scale.y(0) - scale.y(decided)} rx="2" />
        ))}
        <text className="axis-word" x={chart.left} y={chart.height - 6}>{formatDay(first.day)}</text>
        {first.day === end ? null : <text className="axis-word" x={chart.width - chart.right} y={chart.height - 6} textAnchor="end">{formatDay(end)}</text>}
      </svg>}
    </figure>
  )
}
