import { t } from '../texts/texts.ts'
import { daysBetween, formatDay, formatNumber } from './format.ts'

/** When something is due, and how far that is from the review day. */
export const DueDate = ({ dueOn, asOf }: { readonly dueOn: string; readonly asOf: string }) => {
  const days = daysBetween(asOf, dueOn)
  const distance = days === 0 ? t.today.dueToday
    : days > 0 ? t.today.dueIn(t.days(days, formatNumber(days))) : t.today.late(t.days(-days, formatNumber(-days)))
  return (
    <span className={days < 0 ? 'due outcome-revoke' : 'due'}>
      {t.today.due(formatDay(dueOn))} ({distance})
    </span>
  )
}
