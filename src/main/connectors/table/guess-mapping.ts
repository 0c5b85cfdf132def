import { mappableFields, type Mapping, type FileSourceKind } from '../../../shared/model/source.ts'
import { headerKey } from './normalise-name.ts'
import type { Table } from './open-table.ts'
import { isProtectedHeader } from './protected-columns.ts'
import { membershipNames, synonyms } from './synonyms.ts'

const SEPARATORS = [';', '|', ','] as const

/** A first mapping from the header's names, each column used once; without a header, the first columns in their usual order. */
export function guessMapping(kind: FileSourceKind, table: Table): Mapping {
  const columns = table.hasHeader ? byName(kind, table) : byPosition(kind, table.header)
  return {
    columns,
    delimiter: table.delimiter,
    hasHeader: table.hasHeader,
    splitEntitlementsAt: guessSeparator(columns['entitlement'], table),
    dateOrder: 'auto',
    constants: {},
  }
}

function byName(kind: FileSourceKind, table: Table): Record<string, string> {
  const { header } = table
  const names = header.filter((name, index) => name !== '' && header.indexOf(name) === index && !isProtectedHeader(name))
  const byKey = new Map<string, string>()
  for (const name of names) if (!byKey.has(headerKey(name))) byKey.set(headerKey(name), name)
  const wishes: { field: string; name: string; rank: number }[] = []
  const ranked: Readonly<Record<string, readonly string[]>> = synonyms[kind]
  for (const field of mappableFields[kind]) {
    ranked[field]?.forEach((synonym, rank) => {
      const name = byKey.get(synonym)
      if (name === undefined) return
      const isList = field === 'entitlement' && membershipNames.has(synonym) && separatorIn(name, table) !== null
      wishes.push({ field, name, rank: isList ? -1 : rank })
    })
  }
  // The best-known name wins; at equal rank the field that comes first in `mappableFields`. A column that holds lists beats them all.
  const columns: Record<string, string> = {}
  const taken = new Set<string>()
  for (const { field, name } of wishes.sort((a, b) => a.rank - b.rank)) {
    if (columns[field] !== undefined || taken.has(name)) continue
    columns[field] = name
    taken.add(name)
  }
  return columns
}

function byPosition(kind: FileSourceKind, header: readonly string[]): Record<string, string> {
  const usual = kind === 'csv-entitlements' ? ['account', 'entitlement'] : kind === 'csv-sign-ins' ? ['account', 'at'] : ['employeeId']
  const columns: Record<string, string> = {}
  usual.forEach((field, index) => {
    const name = header[index]
    if (name !== undefined) columns[field] = name
  })
  return columns
}

/** Only a column named in the plural is split, and at the sign most of its cells hold. */
function guessSeparator(name: string | undefined, table: Table): string | null {
  if (name === undefined || !membershipNames.has(headerKey(name))) return null
  return separatorIn(name, table) ?? ';'
}

function separatorIn(name: string, table: Table): string | null {
  const column = table.header.indexOf(name)
  const counts = SEPARATORS.map((sign) => table.sample.filter((row) => row.cells[column]?.includes(sign) === true).length)
  const best = Math.max(...counts)
  return best === 0 ? null : (SEPARATORS[counts.indexOf(best)] ?? null)
}
