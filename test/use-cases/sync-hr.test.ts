import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HrEvent } from '../../src/shared/model/identity.ts'
import type { HrRecord } from '../../src/main/connectors/connector.ts'
import { hrHistory } from '../../src/main/storage/hr-history.ts'
import { hrHeadcount } from '../../src/main/storage/inventory-rows.ts'
import { recomputeContentHash } from '../../src/main/storage/snapshot-hash.ts'
import { snapshotById } from '../../src/main/storage/snapshots.ts'
import { hrPerson, openBench, people, type Bench } from '../support/sync-bench.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const query = <T>(bench: Bench, text: string): T[] => bench.context.store.sqlite.prepare<[], T>(text).all()

interface StoredEvent { run_id: number; employee_id: string; kind: HrEvent['kind']; attribute: string; from_value: string | null; to_value: string | null }

test('any sequence of HR lists: the events carry each state into the next, and every past state reads back', async () => {
  const person = fc.record({
    employeeId: fc.constantFrom('1', '2', '3', '4', '5'), status: fc.constantFrom('active' as const, 'on-leave' as const, 'inactive' as const),
    department: fc.constantFrom(null, 'Sales', 'IT'), managerEmployeeId: fc.constantFrom(null, '1', '2', '9'),
  })
  // Somebody who is always there and has everything: both files carry every column.
  const anchor = hrPerson('0', { department: 'Board', title: 'Chair', location: 'Here', managerEmployeeId: '0' })
  const states = fc.array(fc.uniqueArray(person, { selector: ({ employeeId }) => employeeId, maxLength: 5 }), { minLength: 2, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(states, async (lists) => {
      const bench = await openBench(await temporaryFolder())
      await bench.add('hr', 'hr', { holdBelowShare: 0 })
      let present = new Map<string, { status: string; department: string | null; manager: string | null }>()
      for (const [index, list] of lists.entries()) {
        const records = [anchor, ...list.map((one) => hrPerson(one.employeeId, one))]
        const run = await bench.sync('hr', `2026-0${index + 1}-28`, people(...records))
        const inFile = new Map(records.filter(({ status }) => status !== 'inactive').map((one) => [one.employeeId, {
          status: one.status as string, department: one.department, manager: one.managerEmployeeId,
        }]))
        const events = query<StoredEvent>(bench, `SELECT * FROM hr_event WHERE run_id = ${run.id} ORDER BY id`)
        if (index === 0) expect(events).toEqual([])
        else {
          // Who joined or came back brings no history with them, so their attributes are the file's.
          for (const event of events) {
            const known = present.get(event.employee_id)
            if (event.kind === 'leaver') {
              present.delete(event.employee_id)
            } else if (event.attribute === 'status') {
              const fromFile = inFile.get(event.employee_id)
              expect(event.from_value === 'active' || event.from_value === 'on-leave').toBe(known !== undefined)
              if (known !== undefined) expect(known.status).toBe(event.from_value)
              present.set(event.employee_id, { ...(known ?? fromFile ?? { department: null, manager: null }), status: event.to_value ?? '' })
            } else if (known !== undefined && event.attribute === 'department') known.department = event.to_value
            else if (known !== undefined && event.attribute === 'manager') known.manager = event.to_value
          }
          expect(new Map([...present].sort())).toEqual(new Map([...inFile].sort()))
        }
        present = inFile
        const snapshot = await snapshotById(bench.context.store.db, run.snapshotId ?? 0)
        expect(snapshot).toMatchObject({ accounts: records.length, entitlements: 0, grants: 0 })
      }
      for (const { id } of query<{ id: number }>(bench, 'SELECT id FROM snapshot')) {
        const snapshot = await snapshotById(bench.context.store.db, id)
        expect(snapshot && (await recomputeContentHash(bench.context.store, snapshot))).toBe(snapshot?.contentHash)
      }
      const last = lists.at(-1) ?? []
      const counts = await hrHeadcount(bench.context.store.db)
      const everSeen = new Set(lists.flat().map(({ employeeId }) => employeeId)).size
      expect(counts.gone).toBe(everSeen - last.length)
      expect(counts.active + counts['on-leave'] + counts.inactive).toBe(last.length + 1)
      await bench.context.store.close()
    }),
    { numRuns: 25 },
  )
})

const month = (...records: readonly HrRecord[]) => people(hrPerson('0', { department: 'Board', managerEmployeeId: '0', title: 'Chair', location: 'Here' }), ...records)

test('joiners, movers, leavers, leave and return are told apart, each with its date', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr')
  await bench.sync('hr', '2026-01-31', month(hrPerson('a', { department: 'Sales' }), hrPerson('b'), hrPerson('c')))
  await bench.sync('hr', '2026-02-28', month(
    hrPerson('a', { department: 'IT', managerEmployeeId: '0' }), hrPerson('b', { status: 'on-leave' }),
    hrPerson('c', { status: 'inactive', terminationDate: '2026-02-15' }), hrPerson('d', { hireDate: '2026-02-02' }),
  ))
  await bench.sync('hr', '2026-03-31', month(hrPerson('b'), hrPerson('d', { hireDate: '2026-02-02' }), hrPerson('c', { status: 'inactive' })))
  const of = async (id: string) => (await hrHistory(bench.context.store.db, id)).map(({ kind, attribute, from, to, effectiveOn }) => [kind, attribute, from, to, effectiveOn])
  expect(await of('a')).toEqual([
    ['leaver', 'status', 'active', 'gone', '2026-03-31'],
    ['manager-change', 'manager', null, '0', '2026-02-28'],
    ['mover', 'department', 'Sales', 'IT', '2026-02-28'],
  ])
  expect(await of('b')).toEqual([['return', 'status', 'on-leave', 'active', '2026-03-31'], ['leave', 'status', 'active', 'on-leave', '2026-02-28']])
  expect(await of('c')).toEqual([['leaver', 'status', 'active', 'inactive', '2026-02-15']])
  expect(await of('d')).toEqual([['joiner', 'status', null, 'active', '2026-02-02']])
})

test('a column that one file does not carry makes nobody a mover', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr')
  await bench.sync('hr', '2026-01-31', people(hrPerson('a'), hrPerson('b')))
  await bench.sync('hr', '2026-02-28', people(hrPerson('a', { location: 'Bern' }), hrPerson('b', { location: 'Ulm' })))
  expect(query(bench, 'SELECT * FROM hr_event')).toEqual([])
  await bench.sync('hr', '2026-03-31', people(hrPerson('a', { location: 'Bern' }), hrPerson('b', { location: 'Bern' })))
  expect(query(bench, 'SELECT employee_id, from_value, to_value FROM hr_event')).toEqual([{ employee_id: 'b', from_value: 'Ulm', to_value: 'Bern' }])
})

test('managers become identities; one who is in no file is nobody rather than somebody invented', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr')
  await bench.sync('hr', '2026-01-31', people(hrPerson('a', { managerEmployeeId: 'b' }), hrPerson('b', { managerEmployeeId: 'ghost' })))
  expect(query(bench, `SELECT i.employee_id, m.employee_id AS manager FROM identity i LEFT JOIN identity m ON m.id = i.manager_id ORDER BY 1`)).toEqual([
    { employee_id: 'a', manager: 'b' }, { employee_id: 'b', manager: null },
  ])
  await bench.sync('hr', '2026-02-28', people(hrPerson('a', { managerEmployeeId: null }), hrPerson('b')))
  expect(query(bench, 'SELECT count(*) AS n FROM identity WHERE manager_id IS NOT NULL')).toEqual([{ n: 0 }])
})

test('somebody who comes back after being gone is the same identity, and a return', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr', { holdBelowShare: 0 })
  await bench.sync('hr', '2026-01-31', people(hrPerson('a'), hrPerson('b')))
  await bench.sync('hr', '2026-02-28', people(hrPerson('b')))
  expect(query(bench, `SELECT id, status FROM identity WHERE employee_id = 'a'`)).toEqual([{ id: 1, status: 'gone' }])
  await bench.sync('hr', '2026-03-31', people(hrPerson('a'), hrPerson('b')))
  expect(query(bench, `SELECT id, status FROM identity WHERE employee_id = 'a'`)).toEqual([{ id: 1, status: 'active' }])
  expect(query(bench, 'SELECT kind FROM hr_event ORDER BY id')).toEqual([{ kind: 'leaver' }, { kind: 'return' }])
})
