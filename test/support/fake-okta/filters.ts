import type { LogEvent } from './organisation.ts'

/** The little of Okta's filter language the fake understands; anything else is answered with 400, as Okta does. */
export type TimeFilter = { readonly field: string; readonly after: string } | { readonly field: 'status'; readonly is: string } | null | 'unknown'

export function readTimeFilter(text: string | null): TimeFilter {
  if (text === null) return null
  const later = /^(lastUpdated|lastMembershipUpdated) gt "([^"]+)"$/.exec(text)
  if (later?.[1] !== undefined && later[2] !== undefined) return { field: later[1], after: later[2] }
  const status = /^status eq "(\w+)"$/.exec(text)
  return status?.[1] === undefined ? 'unknown' : { field: 'status', is: status[1] }
}

export interface LogFilter {
  readonly types: ReadonlySet<string>
  readonly targets: ReadonlySet<string>
}

export function readLogFilter(text: string | null): LogFilter | 'unknown' {
  const types = new Set<string>()
  const targets = new Set<string>()
  const rest = (text ?? '').replaceAll(/(eventType|target\.id) eq "([^"]+)"/g, (_, field: string, value: string) => {
    ;(field === 'eventType' ? types : targets).add(value)
    return ''
  })
  return /^[\s()]*((or|and)[\s()]*)*$/.test(rest) ? { types, targets } : 'unknown'
}

export const passes = (event: LogEvent, { types, targets }: LogFilter): boolean =>
  (types.size === 0 || types.has(event.eventType)) && (targets.size === 0 || event.target.some((target) => targets.has(target.id)))
