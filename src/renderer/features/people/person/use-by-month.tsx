import { useId, useState } from 'react'
import { formatMonth, formatMonthInitial, formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { PersonDetail } from '../people-types.ts'
import { applicationsIn, monthBars } from './use-months.ts'

const [width, height, gap] = [312, 72, 4]

/** Days with use by month, of one application or of all; months nobody read are hatched, which is not the same as empty. */
export const UseByMonth = ({ usage, asOf }: { readonly usage: PersonDetail['usage']; readonly asOf: string }) => {
  const id = useId()
  const [application, setApplication] = useState<string | null>(null)
  const applications = applicationsIn(usage)
  const bars = monthBars(usage, application, asOf)
  const most = Math.max(5, ...bars.map(({ days }) => days ?? 0))
  const step = width / bars.length
  const words = t.inventory.person
  const spoken = bars.map(({ month, days }) => words.chartMonth(formatMonth(month), days === null ? words.unknownMonth : days === 0 ? words.noUse : t.days(days, formatNumber(days))))
  return (
    <section className="section">
      <div className="section-bar">
        <h2>{words.usage}</h2>
        {applications.length > 1 ? (
          <select className="compact" aria-label={words.application} value={application ?? ''} onChange={({ target }) => setApplication(target.value === '' ? null : target.value)}>
            <option value="">{words.allApplications}</option>
            {applications.map((one) => <option key={one} value={one}>{plainText(one)}</option>)}
          </select>
        ) : null}
      </div>
      {usage.covered.length === 0 ? <p className="soft">{words.noCoverage}</p> : (
        <figure className="month-chart">
          <svg viewBox={`0 0 ${width} ${height + 18}`} role="img" aria-label={words.chart(t.months(bars.length, formatNumber(bars.length)))} aria-describedby={`${id}-words`}>
            <defs>
              <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line className="hatch-line" x1="0" y1="0" x2="0" y2="6" /></pattern>
            </defs>
            <line className="base-line" x1="0" y1={height + 0.5} x2={width} y2={height + 0.5} />
            {bars.map(({ month, days }, at) => {
              const tall = days === null ? height - 14 : days === 0 ? 0 : Math.max((days / most) * (height - 14), 3)
              const middle = at * step + step / 2
              return (
                <g key={month}>
                  <rect className={days === null ? undefined : 'month-bar'} fill={days === null ? `url(#${id}-hatch)` : undefined} x={at * step + gap / 2} y={height - tall} width={step - gap} height={tall} rx="2" />
                  {days === null || days === 0 ? null : <text x={middle} y={height - tall - 4} textAnchor="middle">{formatNumber(days)}</text>}
                  <text x={middle} y={height + 14} textAnchor="middle">{formatMonthInitial(month)}</text>
                </g>
              )
            })}
          </svg>
          <figcaption className="faint">{words.usageText}{bars.some(({ days }) => days === null) ? ` ${words.unknownMonths}` : ''}</figcaption>
          <p className="visually-hidden" id={`${id}-words`}>{spoken.join('; ')}</p>
        </figure>
      )}
    </section>
  )
}
