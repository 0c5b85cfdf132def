import { requiredFields, type Mapping, type FileSourceKind } from '../../../shared/model/source.ts'
import type { SourceFile } from '../text/source-file.ts'
import { guessMapping } from './guess-mapping.ts'
import { layOut, type Layout } from './layout.ts'
import { openTable, type Table } from './open-table.ts'

/** A file opened with a saved mapping. Throws `SourceError` when file or mapping cannot be worked with. */
export async function openMapped<K extends FileSourceKind>(
  kind: K, path: SourceFile, mapping: Mapping, signal?: AbortSignal,
): Promise<{ readonly table: Table; readonly layout: Layout<K> }> {
  const { delimiter, hasHeader, columns } = mapping
  const table = await openTable(path, { delimiter, hasHeader, mappedHeaders: Object.values(columns) }, signal)
  return { table, layout: layOut(kind, mapping, table) }
}

/** A file opened for the mapping screen: with the mapping given, else with a guess; `layout` null when the guess lacks a required field. */
export async function openForPreview<K extends FileSourceKind>(
  kind: K, path: string, mapping: Mapping | null,
): Promise<{ readonly table: Table; readonly guess: Mapping; readonly layout: Layout<K> | null }> {
  const delimiter = mapping?.delimiter ?? 'auto'
  const mappedHeaders = Object.values(mapping?.columns ?? {})
  const table = await openTable(path, { delimiter, hasHeader: mapping?.hasHeader ?? null, mappedHeaders })
  const guess = guessMapping(kind, table)
  if (mapping !== null) return { table, guess, layout: layOut(kind, mapping, table) }
  return { table, guess, layout: isComplete(kind, guess) ? layOut(kind, guess, table) : null }
}

function isComplete(kind: FileSourceKind, guess: Mapping): boolean {
  const required: readonly string[] = requiredFields[kind]
  return required.every((field) => guess.columns[field] !== undefined)
}
