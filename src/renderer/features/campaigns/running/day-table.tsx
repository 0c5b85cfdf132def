import { formatDay, formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { PaceDay } from './campaign-types.ts'

/** The figures behind both charts, for whoever would rather read than look. */
export const DayTable = ({ days }: { readonly days: readonly PaceDay[] }) => {
  const words = t.campaigns.chart
  return (
    <details className="day-table">
      <summary>{words.table}</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.day}</th><th scope="col" className="number">{words.decided}</th><th scope="col" className="number">{words.undone}</th>
            <th scope="col" className="number">{words.signedOff}</th><th scope="col" className="number">{words.undecided}</th><th scope="col" className="number">{words.unsigned}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <td className="day">{formatDay(day.day)}</td><td className="number">{formatNumber(day.decided)}</td><td className="number">{formatNumber(day.undone)}</td>
              <td className="number">{formatNumber(day.signedOff)}</td><td className="number">{formatNumber(day.undecided)}</td><td className="number">{formatNumber(day.unsigned)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
