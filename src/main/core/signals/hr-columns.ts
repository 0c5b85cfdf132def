import { groupRows } from './columns.ts'
import type { Dictionary } from './columns.ts'
import { dayOf } from './day.ts'
import { movedAttributes, statuses } from './population.ts'
import type { HrEvents, HrEventKindHere } from './population.ts'
import type { HrEventRow } from './population-rows.ts'

interface Dated { readonly identity: number; readonly day: number; readonly row: HrEventRow }

/** The columns of identities that an event after as-of is taken back from. */
export interface ChangeableIdentities {
  readonly status: Int32Array
  readonly department: Int32Array
  readonly title: Int32Array
  readonly location: Int32Array
  readonly manager: Int32Array
}

/** Events up to as-of as columns. Values that were empty before or after are no move: -1. */
export function hrEventColumns(events: readonly Dated[], identities: number, labels: Dictionary): HrEvents {
  const kept = events.filter((event) => event.row.kind !== 'joiner').sort((a, b) => a.day - b.day || a.row.id - b.row.id)
  const label = (text: string | null): number => (text === null || text.trim() === '' ? -1 : labels.indexOf(text.toWellFormed()))
  const isMove = (event: Dated): boolean => event.row.kind === 'mover'
  return {
    byIdentity: groupRows(Int32Array.from(kept, (event) => event.identity), identities),
    id: Int32Array.from(kept, (event) => event.row.id),
    kind: kept.map((event) => event.row.kind as HrEventKindHere),
    attribute: Int32Array.from(kept, (event) => (movedAttributes as readonly (string | null)[]).indexOf(event.row.attribute)),
    from: Int32Array.from(kept, (event) => (isMove(event) ? label(event.row.from) : -1)),
    to: Int32Array.from(kept, (event) => (isMove(event) ? label(event.row.to) : -1)),
    day: Int32Array.from(kept, (event) => event.day),
  }
}

/**
 * The store keeps the latest picture of people. To judge as of an earlier day, later events are taken back, newest first.
 * `managers` finds an identity by employee id; a manager it does not know becomes "none".
 */
export function takeBack(
  events: readonly Dated[], identities: ChangeableIdentities, labels: Dictionary, managers: (employeeId: string) => number,
): void {
  for (const { identity, row } of [...events].sort((a, b) => b.day - a.day || b.row.id - a.row.id)) {
    if (row.kind === 'manager-change') identities.manager[identity] = row.from === null ? -1 : managers(row.from)
    else if (row.kind === 'mover') {
      const attribute = movedAttributes.find((name) => name === row.attribute)
      if (attribute !== undefined) identities[attribute][identity] = row.from === null ? -1 : labels.indexOf(row.from.toWellFormed())
    } else if (row.kind !== 'joiner') {
      const before = (statuses as readonly (string | null)[]).indexOf(row.from)
      identities.status[identity] = before >= 0 ? before : statuses.indexOf(row.kind === 'return' ? 'on-leave' : 'active')
    }
  }
}

/**
 * Splits rows into those that count as of the day and those to take back; people nobody knows are left out. What had happened counts
 * even if HR told it later, and what HR had told counts even if its date lies ahead: neither may hide a leaver.
 */
export function datedEvents(
  rows: readonly HrEventRow[], identityOf: (employeeId: string) => number, asOfDay: number,
): { past: Dated[]; future: Dated[] } {
  const past: Dated[] = []
  const future: Dated[] = []
  for (const row of rows) {
    const identity = identityOf(row.employeeId)
    if (identity < 0) continue
    const [effective, seen] = [dayOf(row.effectiveOn), dayOf(row.seenAsOf)]
    if (effective > asOfDay && seen > asOfDay) future.push({ identity, day: effective, row })
    else past.push({ identity, day: effective > asOfDay ? seen : effective, row })
  }
  return { past, future }
}
