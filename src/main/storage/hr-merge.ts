import { sql } from 'kysely'
import { hrChanges, type HrAttribute, type HrState } from '../core/inventory/hr-changes.ts'
import type { Queries, Store } from './database.ts'

export interface HrMergeInput {
  readonly sourceId: number
  readonly runId: number
  readonly asOf: string
  /** Schema name under which the run's staging file is attached. */
  readonly staging: string
}

export interface HrCounts { readonly people: number; readonly added: number; readonly removed: number }

const fields = [
  'display_name', 'email', 'kind', 'status', 'title', 'department', 'division', 'cost_center', 'location', 'manager_employee_id',
  'hire_date',
  'termination_date',
] as const

const attributeColumns: Readonly<Record<HrAttribute, string>> = {
  department: 'department', title: 'title', location: 'location', manager: 'manager_employee_id',
}

/**
 * Brings a source's people to the staged HR state inside the caller's transaction: intervals by run, events of what changed, and the
 * identities. The first state of a source makes no events: nobody joined, we only began to look.
 */
export async function mergePeople(store: Store, queries: Queries, input: HrMergeInput, pause: () => Promise<void>): Promise<HrCounts> {
  const { sourceId, runId, staging } = input
  const staged = sql.table(`${staging}.staged_person`)
  const before = await queries.selectFrom('hr_person').select('id').where('source_id', '=', sourceId).limit(1).executeTakeFirst()
  if (before !== undefined) await recordEvents(store, queries, input)
  await pause()
  const isSame = sql.raw(fields.map((field) => `s.${field} IS hr_person.${field}`).join(' AND '))
  const missing = await sql<{ n: number }>`
    SELECT count(*) AS n FROM hr_person WHERE source_id = ${sourceId} AND to_run IS NULL
      AND employee_id NOT IN (SELECT employee_id FROM ${staged})`.execute(queries)
  await sql`
    UPDATE hr_person SET to_run = ${runId} WHERE source_id = ${sourceId} AND to_run IS NULL
      AND NOT EXISTS (SELECT 1 FROM ${staged} s WHERE s.employee_id = hr_person.employee_id AND ${isSame})`.execute(queries)
  const counted = await sql<{ people: number; added: number }>`
    SELECT count(*) AS people, coalesce(sum(NOT EXISTS (SELECT 1 FROM hr_person p WHERE p.source_id = ${sourceId}
      AND p.employee_id = s.employee_id AND (p.to_run IS NULL OR p.to_run = ${runId}))), 0) AS added FROM ${staged} s`.execute(queries)
  const columns = sql.raw(fields.join(', '))
  await sql`
    INSERT INTO hr_person (source_id, employee_id, from_run, to_run, ${columns})
    SELECT ${sourceId}, employee_id, ${runId}, NULL, ${columns} FROM ${staged} s
    WHERE NOT EXISTS (SELECT 1 FROM hr_person p WHERE p.source_id = ${sourceId} AND p.employee_id = s.employee_id AND p.to_run IS NULL)
    ORDER BY employee_id`.execute(queries)
  await pause()
  await mergeIdentities(queries, staging)
  return { people: counted.rows[0]?.people ?? 0, added: counted.rows[0]?.added ?? 0, removed: missing.rows[0]?.n ?? 0 }
}

/** HR's word on each identity. Who is in no connected HR source any more is gone, with what was last known of them. */
async function mergeIdentities(queries: Queries, staging: string): Promise<void> {
  const copied = ['display_name', 'email', 'email_key', 'employee_id', 'employee_key', 'kind', 'status', 'title', 'department', 'division',
    'cost_center', 'location', 'hire_date', 'termination_date']
  const columns = sql.raw(copied.join(', '))
  await sql`
    INSERT INTO identity (origin, ${columns}, manager_id) SELECT 'hr:' || employee_id, ${columns}, NULL
      FROM ${sql.table(`${staging}.staged_person`)}
    WHERE true ORDER BY employee_id
    ON CONFLICT (origin) DO UPDATE SET ${sql.raw(copied.map((column) => `${column} = excluded.${column}`).join(', '))}`.execute(queries)
  await markMissingGone(queries)
  await sql`
    UPDATE identity SET manager_id = m.id
    FROM (SELECT s.employee_id, (SELECT id FROM identity WHERE origin = 'hr:' || s.manager_employee_id) AS id
      FROM ${sql.table(`${staging}.staged_person`)} s) m
    WHERE identity.origin = 'hr:' || m.employee_id AND identity.manager_id IS NOT m.id`.execute(queries)
}

async function markMissingGone(queries: Queries): Promise<void> {
  await sql`
    UPDATE identity SET status = 'gone' WHERE origin LIKE 'hr:%' AND status <> 'gone'
      AND NOT EXISTS (SELECT 1 FROM hr_person p JOIN source s ON s.id = p.source_id
        WHERE p.employee_id = identity.employee_id AND p.to_run IS NULL AND s.removed_at IS NULL)`.execute(queries)
}

interface ChangedRow {
  employee_id: string
  was_status: HrState['status'] | null; was_title: string | null; was_department: string | null; was_location: string | null
  was_manager: string | null; was_hire_date: string | null; was_termination_date: string | null; was_present: number
  status: HrState['status'] | null; title: string | null; department: string | null; location: string | null
  manager: string | null; hire_date: string | null; termination_date: string | null
}

/** Only people whose record differs, or who appear or disappear, leave SQLite; the core says what that means. */
async function recordEvents(store: Store, queries: Queries, { sourceId, runId, asOf, staging }: HrMergeInput): Promise<void> {
  const carried = await carriedAttributes(queries, sourceId, staging)
  const staged = `${staging}.staged_person`
  // The latest interval of each person: open, or closed by an earlier run for somebody who was gone until now.
  const known = `(SELECT p.* FROM hr_person p JOIN (SELECT employee_id, max(from_run) AS from_run FROM hr_person WHERE source_id = @source
    GROUP BY employee_id) l ON l.employee_id = p.employee_id AND l.from_run = p.from_run WHERE p.source_id = @source)`
  const changed = store.sqlite.prepare<[{ source: number }], ChangedRow>(
    `SELECT coalesce(s.employee_id, k.employee_id) AS employee_id,
       k.status AS was_status, k.title AS was_title, k.department AS was_department, k.location AS was_location,
       k.manager_employee_id AS was_manager, k.hire_date AS was_hire_date, k.termination_date AS was_termination_date,
       k.employee_id IS NOT NULL AND k.to_run IS NULL AS was_present,
       s.status, s.title, s.department, s.location, s.manager_employee_id AS manager, s.hire_date, s.termination_date
     FROM ${known} k FULL OUTER JOIN ${staged} s ON s.employee_id = k.employee_id
     WHERE (s.employee_id IS NULL AND k.to_run IS NULL) OR (s.employee_id IS NOT NULL AND (k.employee_id IS NULL OR k.to_run IS NOT NULL
       OR s.status <> k.status OR s.title IS NOT k.title OR s.department IS NOT k.department OR s.location IS NOT k.location
       OR s.manager_employee_id IS NOT k.manager_employee_id))
     ORDER BY 1`,
  )
  const insert = store.sqlite.prepare(
    `INSERT INTO hr_event (source_id, run_id, employee_id, kind, attribute, from_value, to_value, effective_on, seen_as_of)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const row of changed.all({ source: sourceId })) {
    for (const event of hrChanges(stateBefore(row), stateAfter(row), { asOf, carried })) {
      insert.run(sourceId, runId, event.employeeId, event.kind, event.attribute, event.from, event.to, event.effectiveOn, event.seenAsOf)
    }
  }
}

async function carriedAttributes(queries: Queries, sourceId: number, staging: string): Promise<ReadonlySet<HrAttribute>> {
  const carried = new Set<HrAttribute>()
  for (const [attribute, column] of Object.entries(attributeColumns) as [HrAttribute, string][]) {
    const ref = sql.ref(column)
    const { rows } = await sql<{ carried: number }>`
      SELECT EXISTS (SELECT 1 FROM ${sql.table(`${staging}.staged_person`)} WHERE ${ref} IS NOT NULL)
        AND EXISTS (SELECT 1 FROM hr_person WHERE source_id = ${sourceId} AND to_run IS NULL
          AND ${ref} IS NOT NULL) AS carried`.execute(queries)
    if (rows[0]?.carried === 1) carried.add(attribute)
  }
  return carried
}

function stateBefore(row: ChangedRow): HrState | null {
  if (row.was_status === null) return null
  return {
    employeeId: row.employee_id, status: row.was_present === 1 ? row.was_status : 'gone', title: row.was_title,
    department: row.was_department,
    location: row.was_location, managerEmployeeId: row.was_manager, hireDate: row.was_hire_date, terminationDate: row.was_termination_date,
  }
}

function stateAfter(row: ChangedRow): HrState | null {
  if (row.status === null) return null
  return {
    employeeId: row.employee_id, status: row.status, title: row.title, department: row.department, location: row.location,
    managerEmployeeId: row.manager, hireDate: row.hire_date, terminationDate: row.termination_date,
  }
}

/** Employee ids of a source's current state. */
export async function currentEmployeeIds(queries: Queries, sourceId: number): Promise<readonly string[]> {
  const rows = await queries.selectFrom('hr_person').select('employee_id').where('source_id', '=', sourceId).where('to_run', 'is', null).execute()
  return rows.map((row) => row.employee_id)
}

/** People of the source's current state who are not in the staged list. */
export async function countMissingPeople(queries: Queries, sourceId: number, staging: string): Promise<number> {
  const { rows } = await sql<{ missing: number }>`
    SELECT count(*) AS missing FROM hr_person
    WHERE source_id = ${sourceId} AND to_run IS NULL
      AND employee_id NOT IN (SELECT employee_id FROM ${sql.table(`${staging}.staged_person`)})`.execute(queries)
  return rows[0]?.missing ?? 0
}
