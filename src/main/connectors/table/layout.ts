import { mappableFields, requiredFields, type Mapping, type FileSourceKind } from '../../../shared/model/source.ts'
import { SourceError } from '../connector.ts'
import { headerKey } from './normalise-name.ts'
import type { Table } from './open-table.ts'
import { isProtectedHeader } from './protected-columns.ts'
import type { Field } from './synonyms.ts'

/** Where each field's value stands in a row, or the constant that stands in for it. */
export interface Layout<K extends FileSourceKind> {
  /** Column by field, -1 where the file has none. */
  readonly at: Readonly<Record<Field<K>, number>>
  readonly constants: Readonly<Partial<Record<Field<K>, string>>>
  readonly header: readonly string[]
  readonly protectedAt: readonly number[]
  readonly mapping: Mapping
}

/** Binds a mapping to a file. Throws `SourceError` naming the field or column that is missing, and what the file has instead. */
export function layOut<K extends FileSourceKind>(kind: K, mapping: Mapping, table: Table): Layout<K> {
  const fields: readonly string[] = mappableFields[kind]
  const at: Record<string, number> = {}
  for (const field of fields) at[field] = -1
  for (const [field, name] of Object.entries(mapping.columns)) {
    if (!fields.includes(field)) {
      throw new SourceError('mapping-incomplete', `The mapping names a field “${field}” that this kind of source does not have.`)
    }
    at[field] = columnOf(name, table)
  }
  const constants: Record<string, string> = {}
  for (const [field, value] of Object.entries(mapping.constants)) if (fields.includes(field) && at[field] === -1) constants[field] = value
  for (const field of requiredFields[kind]) {
    if (at[field] === -1 && (constants[field] ?? '').trim() === '') {
      throw new SourceError('mapping-incomplete', `No column is chosen for ${fieldLabel(field)}, which is required. ${inventory(table)}`)
    }
  }
  return {
    at: at as Layout<K>['at'],
    constants: constants as Layout<K>['constants'],
    header: table.header,
    protectedAt: table.hasHeader ? table.header.flatMap((name, index) => (isProtectedHeader(name) ? [index] : [])) : [],
    mapping,
  }
}

function columnOf(name: string, table: Table): number {
  const exact = table.header.indexOf(name)
  const column = exact !== -1 ? exact : table.header.findIndex((one) => headerKey(one) === headerKey(name) && headerKey(one) !== '')
  if (column === -1) throw new SourceError('column-missing', `The file has no column “${name}”. ${inventory(table)}`)
  const found = table.header[column] ?? name
  if (table.hasHeader && isProtectedHeader(found)) {
    const reason = `The column “${found}” holds a protected attribute; it is never read. Choose another column or none.`
    throw new SourceError('mapping-incomplete', reason)
  }
  return column
}

function inventory(table: Table): string {
  const names = table.header.filter((name) => name !== '').map((name) => `“${name.slice(0, 60)}”`)
  const shown = names.slice(0, 40).join(', ') + (names.length > 40 ? ` and ${names.length - 40} more` : '')
  return `Its columns are: ${shown}.`
}

const labels: Readonly<Record<string, string>> = {
  account: 'the account', entitlement: 'the entitlement', at: 'the time', employeeId: 'the employee id',
}

const fieldLabel = (field: string): string => labels[field] ?? field
