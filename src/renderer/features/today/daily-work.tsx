import { useQuery } from '@tanstack/react-query'
import { Check, CircleAlert } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'

const shownRounds = 5

/** What Muster did by itself lately, and what it could not do; nothing where there was nothing. */
export const DailyWork = () => {
  const engine = useEngine()
  const { data } = useQuery(engine.calendar.dailyWork.queryOptions())
  if (data === undefined || data.length === 0) return null
  const words = t.today.daily
  return (
    <section className="section">
      <h2>{words.title}</h2>
      <ul className="daily-work sheet">
        {data.slice(0, shownRounds).map((round) => (
          <li key={round.at}>
            <span className="faint small numbers nowrap">{formatMoment(round.at)}</span>
            <ul className="plain">
              {round.did.map(({ step, count }) => (
                <li key={step}><Check size={14} className="outcome-keep" aria-hidden="true" /> {words.did[step](count, formatNumber(count))}</li>
              ))}
              {round.failed.map(({ step, reason }) => (
                <li key={`${step} ${reason}`}>
                  <CircleAlert size={14} className="outcome-revoke" aria-hidden="true" /> <strong>{words.failed(words.steps[step])}</strong> <DirectoryText>{reason}</DirectoryText>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
