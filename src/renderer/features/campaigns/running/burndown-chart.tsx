import { useId } from 'react'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { PaceDay } from './campaign-types.ts'
import { chart, chartScale } from './chart-scale.ts'

interface BurndownProps {
  readonly days: readonly PaceDay[]
  /** Items the launch gave out. */
  readonly start: number
  readonly dueOn: string
  /** Where the lines end: today while it runs, the last event afterwards. */
  readonly until: string
}

/** What was left at the end of each day, against an even pace towards the due day. A table with the same figures stands below. */
export const BurndownChart = ({ days, start, dueOn, until }: BurndownProps) => {
  const id = useId()
  const words = t.campaigns.chart
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined) return null
  const end = [until, dueOn, last.day].sort().at(-1) ?? last.day
  const scale = chartScale(first.day, end, Math.max(start, ...days.map(({ unsigned }) => unsigned)))
  const lineOf = (key: 'undecided' | 'unsigned'): string => {
    const stepped = days.map((day, at) => `${at === 0 ? `M${scale.x(day.day)},${scale.y(start)}V${scale.y(day[key])}` : `H${scale.x(day.day)}V${scale.y(day[key])}`}`)
    return `${stepped.join('')}H${scale.x(until > last.day ? until : last.day)}`
  }
  // A day before the launch has no place here; the words beside the progress say it.
  const hasDue = dueOn > first.day
  const isDueNear = scale.x(dueOn) < chart.left + 150
  const isDueAtEnd = scale.x(dueOn) > chart.width - 60
  return (
    <figure className="chart">
      <figcaption><strong>{words.burndown}</strong> <span className="faint">{words.burndownText}</span></figcaption>
      <svg viewBox={`0 0 ${chart.width} ${chart.height}`} role="img" aria-labelledby={`${id}-words`}>
        <title id={`${id}-words`}>{words.words(formatNumber(last.undecided), formatDay(last.day), formatDay(dueOn))}</title>
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line className="grid-line" x1={chart.left} x2={chart.width - chart.right} y1={scale.y(tick)} y2={scale.y(tick)} />
            <text className="axis-word" x={chart.left - 6} y={scale.y(tick) + 3} textAnchor="end">{formatNumber(tick)}</text>
          </g>
        ))}
        {hasDue ? <line className="ideal-line" x1={scale.x(first.day)} y1={scale.y(start)} x2={scale.x(dueOn)} y2={scale.y(0)} /> : null}
        {hasDue ? <line className="due-line" x1={scale.x(dueOn)} x2={scale.x(dueOn)} y1={chart.top} y2={chart.height - chart.bottom} /> : null}
        <path className="line-unsigned" d={lineOf('unsigned')} />
        <path className="line-undecided" d={lineOf('undecided')} />
        <circle className="dot-undecided" cx={scale.x(until > last.day ? until : last.day)} cy={scale.y(last.undecided)} r="3" />
        {hasDue && isDueNear ? null : <text className="axis-word" x={chart.left} y={chart.height - 6}>{formatDay(first.day)}</text>}
        {hasDue ? <text className="axis-word due-word" x={scale.x(dueOn)} y={chart.height - 6} textAnchor={isDueAtEnd ? 'end' : 'middle'}>{`${words.due} ${formatDay(dueOn)}`}</text> : null}
      </svg>
      <ul className="legend" aria-hidden="true">
        <li><svg width="18" height="8"><line className="line-undecided" x1="0" x2="18" y1="4" y2="4" /></svg>{words.undecided}</li>
        <li><svg width="18" height="8"><line className="line-unsigned" x1="0" x2="18" y1="4" y2="4" /></svg>{words.unsigned}</li>
        <li><svg width="18" height="8"><line className="ideal-line" x1="0" x2="18" y1="4" y2="4" /></svg>{words.ideal}</li>
      </ul>
    </figure>
  )
}
