import { expect, test } from 'vitest'
import { hrChanges, type HrAttribute, type HrState } from '../../../src/main/core/inventory/hr-changes.ts'

const state = (more: Partial<HrState> = {}): HrState => ({
  employeeId: '7', status: 'active', title: null, department: null, location: null, managerEmployeeId: null, hireDate: null, terminationDate: null, ...more,
})
const carried = new Set<HrAttribute>(['department', 'title', 'location', 'manager'])
const changes = (before: HrState | null, after: HrState | null): string[] =>
  hrChanges(before, after, { asOf: '2026-06-30', carried }).map(({ kind, from, to, effectiveOn }) => `${kind} ${from}>${to} ${effectiveOn}`)

test.each([
  ['somebody new joins on their hire date', null, state({ hireDate: '2026-06-15' }), ['joiner null>active 2026-06-15']],
  ['somebody new and already inactive came and went', null, state({ status: 'inactive', terminationDate: '2026-06-20' }), ['leaver null>inactive 2026-06-20']],
  ['somebody missing has left by now', state(), null, ['leaver active>gone 2026-06-30']],
  ['a contract end in the past dates the disappearance', state({ terminationDate: '2026-06-10' }), null, ['leaver active>gone 2026-06-10']],
  ['a contract end in the future does not', state({ terminationDate: '2027-01-01' }), null, ['leaver active>gone 2026-06-30']],
  ['who was inactive does not leave twice', state({ status: 'inactive' }), null, []],
  ['who was gone does not leave twice', state({ status: 'gone' }), state({ status: 'inactive' }), []],
  ['who was on leave can leave', state({ status: 'on-leave' }), state({ status: 'inactive' }), ['leaver on-leave>inactive 2026-06-30']],
  ['leave begins', state(), state({ status: 'on-leave' }), ['leave active>on-leave 2026-06-30']],
  ['leave ends', state({ status: 'on-leave' }), state(), ['return on-leave>active 2026-06-30']],
  ['who comes back in another job both returns and moves', state({ status: 'gone', department: 'A' }), state({ department: 'B' }),
    ['return gone>active 2026-06-30', 'mover A>B 2026-06-30']],
  ['edits in the record of somebody who is out are no move', state({ status: 'inactive', department: 'A' }), state({ status: 'inactive', department: 'B' }), []],
  ['another manager is not a move', state({ managerEmployeeId: '1' }), state({ managerEmployeeId: '2' }), ['manager-change 1>2 2026-06-30']],
  ['nothing changed', state({ department: 'A' }), state({ department: 'A' }), []],
] as const)('%s', (_, before, after, expected) => {
  expect(changes(before, after)).toEqual(expected)
})

test('an attribute that is not in both files has not changed', () => {
  expect(hrChanges(state({ title: 'A' }), state({ title: 'B' }), { asOf: '2026-06-30', carried: new Set(['department']) })).toEqual([])
})
