import type { Session } from '../../../api/session.ts'
import { t } from '../../../texts/texts.ts'
import { AwayPart } from './away-part.tsx'
import { HolidaysPart } from './holidays-part.tsx'
import { MicroPart } from './micro-part.tsx'
import { RecurringPart } from './recurring-part.tsx'
import { WeekPart } from './week-part.tsx'
import './calendar.css'

/** What time means here, who stands in for whom, and what begins by itself. A reviewer sees what concerns them. */
export const CalendarSection = ({ session }: { readonly session: Session }) => {
  const isInsider = session.person.roles.includes('officer') || session.person.roles.includes('auditor')
  const mayChange = session.person.roles.includes('officer')
  return (
    <section className="section calendar">
      <h2>{t.calendar.title}</h2>
      <p className="soft settings-text">{isInsider ? t.calendar.text : t.calendar.textOwn}</p>
      {isInsider && !mayChange ? <p className="faint">{t.calendar.officerOnly}</p> : null}
      <AwayPart session={session} />
      {isInsider ? (
        <>
          <RecurringPart mayChange={mayChange} />
          <MicroPart mayChange={mayChange} />
          <WeekPart mayChange={mayChange} />
          <HolidaysPart mayChange={mayChange} />
        </>
      ) : null}
    </section>
  )
}
