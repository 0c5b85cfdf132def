import type { EmploymentStatus, HrEvent } from '../../../shared/model/identity.ts'

/** What of a person's HR record can change in a way that matters to access. Dates are ISO days. */
export interface HrState {
  readonly employeeId: string
  /** `gone`: known from an earlier file and missing from the latest. */
  readonly status: Exclude<EmploymentStatus, 'unknown'>
  readonly title: string | null
  readonly department: string | null
  readonly location: string | null
  readonly managerEmployeeId: string | null
  readonly hireDate: string | null
  readonly terminationDate: string | null
}

export type HrAttribute = 'department' | 'title' | 'location' | 'manager'

/** `carried`: attributes both files have a column for. One that a file does not carry cannot have changed in it. */
export interface HrComparison {
  readonly asOf: string
  readonly carried: ReadonlySet<HrAttribute>
}

const valueOf: Readonly<Record<HrAttribute, (state: HrState) => string | null>> = {
  department: (state) => state.department,
  title: (state) => state.title,
  location: (state) => state.location,
  manager: (state) => state.managerEmployeeId,
}

const attributes: readonly HrAttribute[] = ['department', 'title', 'location', 'manager']

/**
 * The events between two HR states of one person. `before` null: never seen; `after` null: missing from the file.
 * Nothing here knows about first files: whoever reads the first state of a source does not compare it (no flood of joiners).
 *
 * Somebody already out (inactive or gone) makes no second leaver event, and what HR edits in the record of somebody who is out is
 * nobody's move. A first sight of somebody already inactive is a leaver: they came and went between two files.
 */
export function hrChanges(before: HrState | null, after: HrState | null, { asOf, carried }: HrComparison): readonly HrEvent[] {
  if (after === null) {
    // Missing people are gone by now, whatever end their contract had in an earlier file.
    const pastDate = (date: string | null): string | null => (date !== null && date <= asOf ? date : null)
    return before === null || isOut(before.status)
      ? []
      : [statusEvent('leaver', before, before, 'gone', pastDate(before.terminationDate) ?? asOf, asOf)]
  }
  if (before === null) {
    return isOut(after.status)
      ? [statusEvent('leaver', null, after, after.status, after.terminationDate ?? asOf, asOf)]
      : [statusEvent('joiner', null, after, after.status, after.hireDate ?? asOf, asOf)]
  }
  const events: HrEvent[] = []
  if (isOut(after.status)) {
    if (!isOut(before.status)) events.push(statusEvent('leaver', before, after, after.status, after.terminationDate ?? asOf, asOf))
    return events
  }
  if (isOut(before.status)) events.push(statusEvent('return', before, after, after.status, asOf, asOf))
  else if (before.status !== after.status) {
    events.push(statusEvent(after.status === 'on-leave' ? 'leave' : 'return', before, after, after.status, asOf, asOf))
  }
  for (const attribute of attributes) {
    const from = valueOf[attribute](before)
    const to = valueOf[attribute](after)
    if (from === to || !carried.has(attribute)) continue
    const kind = attribute === 'manager' ? 'manager-change' : 'mover'
    events.push({ employeeId: after.employeeId, kind, attribute, from, to, effectiveOn: asOf, seenAsOf: asOf })
  }
  return events
}

function isOut(status: HrState['status']): boolean {
  return status === 'inactive' || status === 'gone'
}

function statusEvent(
  kind: HrEvent['kind'], before: HrState | null, person: HrState, to: string, effectiveOn: string, seenAsOf: string,
): HrEvent {
  return { employeeId: person.employeeId, kind, attribute: 'status', from: before?.status ?? null, to, effectiveOn, seenAsOf }
}
