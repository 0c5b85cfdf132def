import type { HrRecord } from '../core/inventory/records.ts'
import { foldKey } from '../core/inventory/fold-key.ts'
import type { StagingFile } from './staging-file.ts'
import type { StagedTotals } from './staging-grants.ts'

const columns = [
  'employee_id', 'display_name', 'email', 'email_key', 'employee_key', 'kind', 'status', 'title', 'department', 'division', 'cost_center',
  'location', 'manager_employee_id', 'hire_date', 'termination_date',
] as const

/**
 * Takes an HR list into the staging file. A connector gives each employee id once; should one come again all the same, the first
 * record stands: a row that repeats it is merged, and a contradiction is counted, never blended into a person nobody wrote down.
 */
export function peopleStaging({ sqlite }: StagingFile): { take: (records: readonly HrRecord[]) => void; finish: () => StagedTotals } {
  const insert = sqlite.prepare<unknown[]>(
    `INSERT OR IGNORE INTO staged_person (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const same = sqlite
    .prepare<unknown[], number>(`SELECT count(*) FROM staged_person WHERE ${columns.map((column) => `${column} IS ?`).join(' AND ')}`)
    .pluck(true)
  const totals = { imported: 0, repeated: 0, records: 0, conflicts: 0 }

  function take(records: readonly HrRecord[]): void {
    for (const person of records) {
      const values = [
        person.employeeId, person.displayName, person.email, foldKey(person.email), foldKey(person.employeeId), person.kind, person.status,
        person.title, person.department, person.division, person.costCenter, person.location, person.managerEmployeeId, person.hireDate,
        person.terminationDate,
      ]
      if (insert.run(values).changes === 1) {
        totals.imported++
        totals.records++
      } else {
        totals.repeated++
        if (same.get(values) === 0) totals.conflicts++
      }
    }
  }

  return { take, finish: () => ({ ...totals }) }
}
