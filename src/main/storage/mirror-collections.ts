import type { RunCollection } from '../../shared/model/live-source.ts'
import type { Reject } from '../../shared/model/source.ts'
import type { Mirror } from './mirror-file.ts'
import type { HalfOpenSpan } from './mirror-usage.ts'

/** Where a collection stands. `cursor` null = it is read from its beginning. */
export interface CollectionState {
  readonly number: number
  readonly name: string
  readonly generation: number
  /** A reading of it was begun and is not complete yet. */
  readonly isReading: boolean
  /** That reading began at the collection's beginning. */
  readonly isWhole: boolean
  readonly cursor: string | null
  /** When, and by which run, it was read to its end in a reading the inventory has not taken over yet. */
  readonly completed: { readonly at: string; readonly by: string } | null
  /** For a log: what it covers that the inventory has not taken over yet, `to` exclusive. */
  readonly window: HalfOpenSpan | null
}

interface CollectionRow {
  number: number; name: string; generation: number; is_reading: number; cursor: string | null; completed_at: string | null; completed_by: string | null
  window_from: string | null; window_to: string | null
}

export function collectionState({ sqlite }: Mirror, name: string): CollectionState {
  sqlite.prepare('INSERT OR IGNORE INTO collection (name, generation, is_reading) VALUES (?, 0, 0)').run(name)
  const row = sqlite.prepare<[string], CollectionRow>('SELECT * FROM collection WHERE name = ?').get(name)
  if (row === undefined) throw new Error(`the mirror has no collection ${name}`)
  return {
    number: row.number, name, generation: row.generation, isReading: row.is_reading > 0, isWhole: row.is_reading === 2, cursor: row.cursor,
    completed: row.completed_at === null || row.completed_by === null ? null : { at: row.completed_at, by: row.completed_by },
    window: row.window_from === null || row.window_to === null ? null : { from: row.window_from, to: row.window_to },
  }
}

/** Begins a reading, from where the last complete one ended or, `fromStart`, from the collection's beginning. What a log had added up is void then. */
export function beginCollection(mirror: Mirror, name: string, fromStart: boolean): CollectionState {
  const { sqlite } = mirror
  sqlite.transaction(() => {
    const { number, cursor } = collectionState(mirror, name)
    if (fromStart) forgetSums(mirror, number)
    sqlite.prepare('UPDATE collection SET generation = generation + 1, is_reading = ?, cursor = ? WHERE number = ?').run(fromStart ? 2 : 1, fromStart ? null : cursor, number)
  })()
  return collectionState(mirror, name)
}

export function advanceCollection({ sqlite }: Mirror, number: number, cursor: string): void {
  sqlite.prepare('UPDATE collection SET cursor = ? WHERE number = ?').run(cursor, number)
}

export interface CollectionDone {
  readonly nextCursor: string | null
  readonly at: string
  readonly reader: string
  readonly window: HalfOpenSpan | null
}

export function endCollection({ sqlite }: Mirror, number: number, { nextCursor, at, reader, window }: CollectionDone): void {
  sqlite
    .prepare(
      `UPDATE collection SET is_reading = 0, cursor = ?, completed_at = ?, completed_by = ?,
         window_from = min(coalesce(window_from, ?), coalesce(?, window_from)), window_to = max(coalesce(window_to, ?), coalesce(?, window_to))
       WHERE number = ?`,
    )
    .run(nextCursor, at, reader, window?.from, window?.from, window?.to, window?.to, number)
}

/** No collection may stand as it is: what was read is doubted, so the next run asks again. */
export function doubtCollections({ sqlite }: Mirror): void {
  sqlite.exec('UPDATE collection SET completed_at = NULL, completed_by = NULL')
}

function forgetSums({ sqlite }: Mirror, number: number): void {
  sqlite.prepare('DELETE FROM usage_sum WHERE collection = ?').run(number)
  sqlite.prepare('UPDATE collection SET window_from = NULL, window_to = NULL WHERE number = ?').run(number)
}

/** The next reading begins at the beginning: for a cursor that leads nowhere. */
export function abandonCollection(mirror: Mirror, number: number): void {
  mirror.sqlite.prepare('UPDATE collection SET is_reading = 0, cursor = NULL, completed_at = NULL, completed_by = NULL WHERE number = ?').run(number)
  forgetSums(mirror, number)
}

/** How many things the collection named last: accounts, else entitlements, else people, else holds. Null: it names nothing (a log). */
export function heldCount({ sqlite }: Mirror, number: number): number | null {
  for (const table of ['account', 'entitlement', 'person', 'hold']) {
    const count = sqlite.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE collection = ?`).pluck(true).get(number) ?? 0
    if (count > 0) return count
  }
  return null
}

/** `repeated`: entities a full listing named twice, and sign-ins from a time that had been counted before. */
export type PageRecord = RunCollection & { readonly repeated: number }

/** Logs that were read to their end, with what they cover that the inventory has not taken over yet. */
export function readLogs({ sqlite }: Mirror): readonly { readonly number: number; readonly window: HalfOpenSpan }[] {
  const rows = sqlite.prepare<[], { number: number; from: string; to: string }>(
    `SELECT number, window_from AS "from", window_to AS "to" FROM collection
     WHERE is_reading = 0 AND window_from IS NOT NULL AND window_to IS NOT NULL ORDER BY number`,
  )
  return rows.all().map(({ number, from, to }) => ({ number, window: { from, to } }))
}

/** How many of these people the source does not name (any more). */
export function countUnnamed({ sqlite }: Mirror, employeeIds: readonly string[]): number {
  return sqlite
    .prepare<[string], number>('SELECT count(*) FROM json_each(?) WHERE value NOT IN (SELECT employee_id FROM person)')
    .pluck(true).get(JSON.stringify(employeeIds)) ?? 0
}

export function mirrorCounts({ sqlite }: Mirror): { readonly accounts: number; readonly people: number } {
  const count = (table: string): number => sqlite.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck(true).get() ?? 0
  return { accounts: count('account'), people: count('person') }
}

/** What a run's pages of each collection said so far, in reading order. */
export function pageRecords({ sqlite }: Mirror, reader: string): readonly PageRecord[] {
  return sqlite
    .prepare<[string], string>('SELECT record FROM page_record WHERE reader = ? ORDER BY position').pluck(true).all(reader)
    .map((record) => JSON.parse(record) as PageRecord)
}

export function savePageRecord({ sqlite }: Mirror, reader: string, position: number, record: PageRecord): void {
  sqlite
    .prepare(
      `INSERT INTO page_record (reader, name, position, record) VALUES (?, ?, ?, ?)
       ON CONFLICT (reader, name) DO UPDATE SET record = excluded.record`,
    )
    .run(reader, record.name, position, JSON.stringify(record))
}

export function savePageRejects({ sqlite }: Mirror, reader: string, rejects: readonly Reject[]): void {
  const insert = sqlite.prepare(
    'INSERT INTO page_reject (reader, row_number, column_name, code, reason, effect, raw) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { row, column, code, reason, effect, raw } of rejects) insert.run(reader, row, column, code, reason, effect, raw)
}

type RejectRow = Pick<Reject, 'code' | 'reason' | 'effect' | 'raw'> & { row_number: number; column_name: string | null }

export function* pageRejects({ sqlite }: Mirror, reader: string): Generator<Reject> {
  const rows = sqlite.prepare<[string], RejectRow>(
    'SELECT row_number, column_name, code, reason, effect, raw FROM page_reject WHERE reader = ? ORDER BY id',
  )
  for (const { row_number: row, column_name: column, ...rest } of rows.iterate(reader)) yield { row, column, ...rest }
}

/** Records of runs that have ended and are in the store are not needed here any longer. */
export function forgetOtherReaders({ sqlite }: Mirror, reader: string): void {
  sqlite.prepare('DELETE FROM page_record WHERE reader <> ?').run(reader)
  sqlite.prepare('DELETE FROM page_reject WHERE reader <> ?').run(reader)
}

/** Ids of what is in the mirror, in the order of their bytes, after a given one. */
export function nodeIds(
  { sqlite }: Mirror, of: 'account' | 'entitlement', range: { readonly prefix: string; readonly after: string | null; readonly limit: number },
): readonly string[] {
  const after = range.after ?? ''
  // Beyond every id with the prefix: no id contains the last code point.
  const end = `${range.prefix}\u{10FFFF}`
  return sqlite
    .prepare<[string, string, string, string, number], string>(
      `SELECT node.id FROM node JOIN ${of} ON ${of}.n = node.n
       WHERE of_kind = ? AND node.id > ? AND node.id >= ? AND node.id < ? ORDER BY node.id LIMIT ?`,
    )
    .pluck(true).all(of, after, range.prefix, end, range.limit)
}
