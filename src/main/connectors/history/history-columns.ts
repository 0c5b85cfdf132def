import { historyFields, requiredHistoryFields, type HistoryField, type HistoryMapping } from '../../../shared/model/learning.ts'
import { SourceError } from '../connector.ts'
import { headerKey } from '../table/normalise-name.ts'
import type { Table } from '../table/open-table.ts'
import { isProtectedHeader } from '../table/protected-columns.ts'

/** Header names by field, words run together, best first: what access request and review tools write. */
const synonyms: Readonly<Record<HistoryField, readonly string[]>> = {
  account: [
    'account', 'accountid', 'employee', 'employeeid', 'user', 'username', 'userid', 'login', 'identity', 'subject', 'requestedfor', 'email',
    'konto', 'benutzer',
  ],
  entitlement: ['entitlement', 'entitlementid', 'resource', 'access', 'accessitem', 'permission', 'role', 'group', 'right', 'berechtigung', 'recht'],
  outcome: ['outcome', 'decision', 'action', 'result', 'verdict', 'approved', 'status', 'entscheidung', 'ergebnis'],
  decidedOn: [
    'decidedon', 'decidedat', 'decisiondate', 'date', 'completedat', 'completedon',
    'completed', 'closedon', 'closedat', 'signedoffon', 'reviewdate', 'reviewedon', 'timestamp', 'datum', 'entschiedenam',
  ],
  department: ['department', 'departmentname', 'dept', 'deptname', 'abteilung'],
  title: ['title', 'jobtitle', 'position', 'funktion', 'stelle'],
  manager: ['manager', 'managerid', 'mgrid', 'manageremail', 'supervisor', 'vorgesetzter', 'vorgesetzte'],
}

/** A first mapping from the header's names, each column used once; parts somebody chose come first. A column set to '' is unmapped. */
export function historyMappingOf(table: Table, chosen: Partial<HistoryMapping> | null): HistoryMapping {
  const given = chosen?.columns ?? {}
  const columns: Record<string, string> = Object.fromEntries(Object.entries(given).filter(([, name]) => name !== ''))
  const taken = new Set(Object.values(columns))
  for (const field of historyFields) {
    if (given[field] !== undefined) continue
    const found = synonyms[field]
      .map((synonym) => table.header.find((name) => headerKey(name) === synonym && !taken.has(name) && !isProtectedHeader(name)))
      .find((name) => name !== undefined)
    if (found === undefined) continue
    columns[field] = found
    taken.add(found)
  }
  return { columns, delimiter: chosen?.delimiter ?? 'auto', dateOrder: chosen?.dateOrder ?? 'auto' }
}

/** Place of each field's column, -1 where it has none. Throws `SourceError` naming what is wrong with the mapping. */
export function historyLayout(table: Table, mapping: HistoryMapping): Readonly<Record<HistoryField, number>> {
  const at = Object.fromEntries(historyFields.map((field) => [field, -1])) as Record<HistoryField, number>
  for (const [field, name] of Object.entries(mapping.columns)) {
    const known = historyFields.find((one) => one === field)
    if (known === undefined) throw new SourceError('mapping-incomplete', `A history of decisions has no field “${field}”; it has ${historyFields.join(', ')}.`)
    const column = table.header.indexOf(name)
    if (column < 0) throw new SourceError('column-missing', `The file has no column “${name}”. Its columns are: ${table.header.slice(0, 40).join(', ')}.`)
    if (isProtectedHeader(name)) {
      throw new SourceError('mapping-incomplete', `The column “${name}” holds a protected attribute; it is never read. Choose another column or none.`)
    }
    at[known] = column
  }
  const missing = missingHistoryFields(mapping)
  if (missing.length > 0) {
    throw new SourceError('mapping-incomplete', `No column is chosen for ${missing.join(', ')}. The file's columns are: ${table.header.slice(0, 40).join(', ')}.`)
  }
  return at
}

export function missingHistoryFields(mapping: HistoryMapping): HistoryField[] {
  return requiredHistoryFields.filter((field) => mapping.columns[field] === undefined)
}
