import { itemNotes } from '../storage/absences.ts'
import { lastDailyWork } from '../storage/daily-work.ts'
import { holidays } from '../storage/delegations.ts'
import { campaignsWithLetters } from '../storage/escalations.ts'
import { campaignsWithWaiting } from '../storage/letters.ts'
import { microCases, microRules } from '../storage/micro-reviews.ts'
import { recurrences } from '../storage/recurrences.ts'
import { loadCalendarSettings } from '../storage/workspace.ts'
import { campaignTick } from '../use-cases/campaign-tick.ts'
import { delegate, endDelegating, listDelegations } from '../use-cases/delegate.ts'
import { setMicroRule } from '../use-cases/micro-reviews.ts'
import { endRecurrence, resumeRecurrence, setRecurrence } from '../use-cases/recurring-campaigns.ts'
import { setCalendar } from '../use-cases/set-calendar.ts'
import { setHolidays } from '../use-cases/set-holidays.ts'
import { takeLetters } from '../use-cases/take-letters.ts'
import { answersOf, insiderAnswersOf, type Engine } from './implementer.ts'

const shownRounds = 20

export function calendarProcedures(engine: Engine) {
  const { context } = engine
  const { db } = context.store
  const open = answersOf(engine).calendar
  const { calendar } = insiderAnswersOf(engine)
  return {
    delegations: open.delegations.handler(({ context: { actor } }) => listDelegations(context, actor)),
    delegate: open.delegate.handler(({ input, context: { actor } }) => delegate(context, actor, input)),
    endDelegation: open.endDelegation.handler(({ input, context: { actor } }) => endDelegating(context, actor, input)),
    holidays: calendar.holidays.handler(() => holidays(db)),
    setHolidays: calendar.setHolidays.handler(({ input, context: { actor } }) => setHolidays(context, actor, input.days)),
    settings: calendar.settings.handler(() => loadCalendarSettings(db)),
    setSettings: calendar.setSettings.handler(({ input, context: { actor } }) => setCalendar(context, actor, input)),
    resumeRecurrence: calendar.resumeRecurrence.handler(({ input, context: { actor } }) => resumeRecurrence(context, actor, input.recurrence)),
    recurrences: calendar.recurrences.handler(() => recurrences(db)),
    setRecurrence: calendar.setRecurrence.handler(({ input, context: { actor } }) => setRecurrence(context, actor, input)),
    endRecurrence: calendar.endRecurrence.handler(async ({ input, context: { actor } }) => {
      await endRecurrence(context, actor, input.recurrence)
      return { ended: input.recurrence }
    }),
    microRules: calendar.microRules.handler(() => microRules(db)),
    setMicroRule: calendar.setMicroRule.handler(({ input, context: { actor } }) => setMicroRule(context, actor, input)),
    microCases: calendar.microCases.handler(() => microCases(db)),
    tick: calendar.tick.handler(({ signal }) => campaignTick(context, signal)),
    dailyWork: calendar.dailyWork.handler(() => lastDailyWork(db, shownRounds)),
    lettersWaiting: calendar.lettersWaiting.handler(async () => [...new Set([...(await campaignsWithLetters(db)), ...(await campaignsWithWaiting(db))])].sort((left, right) => left - right)),
    takeLetters: calendar.takeLetters.handler(({ input, context: { actor } }) => takeLetters(context, actor, input)),
    notes: calendar.notes.handler(({ input }) => itemNotes(db, input.campaign)),
  }
}
