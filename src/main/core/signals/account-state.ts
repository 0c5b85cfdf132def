import { dateOf, NO_DAY } from './day.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { linkReasons, statuses } from './population.ts'

/** What holds the right: somebody who left, an account nobody owns, a workload, an outsider, a switched-off login. */
export function accountStateSignals(context: GrantContext): readonly Draft[] {
  const signals: Draft[] = []
  const leaver = leaverSignal(context)
  if (leaver !== null) signals.push(leaver)
  const { accounts } = context.population
  const reason = linkReasons[accounts.linkReason[context.account] as number]
  if (context.isPerson && context.identity < 0) {
    const orphanReason = reason === 'two-candidates' ? 'two-candidates' : 'no-candidate'
    signals.push({
      kind: 'orphan-account', facts: { reason: orphanReason }, quality: 'observed', rows: [context.rows.account],
      weighs: orphanReason === 'two-candidates' ? 'orphan-account.two-candidates' : 'orphan-account.no-candidate',
    })
  }
  if (context.kind === 'service' || context.kind === 'shared') {
    signals.push(
      {
        kind: 'service-account', facts: { kind: context.kind }, quality: 'observed', rows: [context.rows.account],
        weighs: 'service-account',
      },
    )
  }
  if (context.kind === 'guest' || context.kind === 'contractor') {
    signals.push(
      {
        kind: 'outsider', facts: { kind: context.kind }, quality: 'observed', rows: [context.rows.account], weighs: context.kind === 'guest'
          ? 'outsider.guest'
          : 'outsider.contractor',
      },
    )
  }
  if (accounts.enabled[context.account] === 0) {
    signals.push(
      {
        kind: 'account-disabled', facts: { isEnabled: false }, quality: 'observed', rows: [context.rows.account],
        weighs: 'account-disabled',
      },
    )
  }
  return signals
}

/** Left: HR says inactive, HR no longer lists them, or their last day has passed without a later first day. */
function leaverSignal(context: GrantContext): Draft | null {
  if (!context.isPerson || context.identity < 0) return null
  const { identities, asOfDay } = context.population
  const status = statuses[identities.status[context.identity] as number]
  const lastDay = identities.terminated[context.identity] as number
  const hasLastDayPassed = lastDay !== NO_DAY && lastDay < asOfDay && (identities.hired[context.identity] as number) <= lastDay
  const isOut = status === 'inactive' || status === 'gone'
  if (!isOut && !hasLastDayPassed) return null
  const event = departure(context)
  const day = hasLastDayPassed ? lastDay : event !== null ? event.day : asOfDay
  return {
    kind: 'leaver',
    facts: { how: status === 'gone' ? 'disappeared' : 'status', on: dateOf(day), days: asOfDay - day },
    // HR still calling somebody active after their last day, or not saying since when they are inactive, is a conclusion of ours.
    quality: isOut && (hasLastDayPassed || event !== null) ? 'observed' : 'inferred',
    rows: event === null ? [context.rows.identity] : [context.rows.identity, `hr-event:${event.id}`],
    weighs: 'leaver',
  }
}

function departure(context: GrantContext): { day: number; id: number } | null {
  const { hrEvents } = context.population
  const { start, rows } = hrEvents.byIdentity
  for (let at = (start[context.identity + 1] as number) - 1; at >= (start[context.identity] as number); at--) {
    const event = rows[at] as number
    if (hrEvents.kind[event] === 'leaver') return { day: hrEvents.day[event] as number, id: hrEvents.id[event] as number }
  }
  return null
}
