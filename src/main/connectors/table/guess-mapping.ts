import { mappableFields, type Mapping, type SourceKind } from '../../../shared/model/source.ts'
import { headerKey } from './normalise-name.ts'
import type { Table } from './open-table.ts'
import { isProtectedHeader } from './protected-columns.ts'
import { membershipNames, synonyms } from './synonyms.ts'

const SEPARATORS = [';', '|', ','] as const

/** A first mapping from the header's names, each column used once; without a header, the first columns in their usual order. */
export function guessMapping(kind: SourceKind, table: Table): Mapping {
  const columns = table.hasHeader ? byName(kind, table.header) : byPosition(kind, table.header)
  return {
    columns,
    delimiter: table.delimiter,
    hasHeader: table.hasHeader,
    splitEntitlementsAt: guessSeparator(columns['entitlement'], table),
    dateOrder: 'auto',
    constants: {},
  }
}

function byName(kind: SourceKind, header: readonly string[]): Record<string, string> {
  const names = header.filter((name, index) => name !== '' && header.indexOf(name) === index && !isProtectedHeader(name))
  const byKey = new Map<string, string>()
  for (const name of names) if (!byKey.has(headerKey(name))) byKey.set(headerKey(name), name)
  const wishes: { field: string; name: string; rank: number }[] = []
  const ranked: Readonly<Record<string, readonly string[]>> = synonyms[kind]
  for (const field of mappableFields[kind]) {
    ranked[field]?.forEach((synonym, rank) => {
      const name = byKey.get(synonym)
      if (name !== undefined) wishes.push({ field, name, rank })
    })
  }
  // Required fields come first in `mappableFields`; a better-ranked name wins over an earlier field.
  const columns: Record<string, string> = {}
  const taken = new Set<string>()
  for (const { field, name } of wishes.sort((a, b) => a.rank - b.rank)) {
    if (columns[field] !== undefined || taken.has(name)) continue
    columns[field] = name
    taken.add(name)
  }
  return columns
}

function byPosition(kind: SourceKind, header: readonly string[]): Record<string, string> {
  const usual = kind === 'csv-entitlements' ? ['account', 'entitlement'] : kind === 'csv-sign-ins' ? ['account', 'at'] : ['employeeId']
  const columns: Record<string, string> = {}
  usual.forEach((field, index) => {
    const name = header[index]
    if (name !== undefined) columns[field] = name
  })
  return columns
}

/** Only a column named in the plural is split, and only at a sign its cells really hold. */
function guessSeparator(name: string | undefined, table: Table): string | null {
  if (name === undefined || !membershipNames.has(headerKey(name))) return null
  const column = table.header.indexOf(name)
  const counts = SEPARATORS.map((sign) => table.sample.filter((row) => row.cells[column]?.includes(sign) === true).length)
  const best = Math.max(...counts)
  return best === 0 ? ';' : SEPARATORS[counts.indexOf(best)] ?? ';'
}
