import { createHash } from 'node:crypto'
import { contentLine } from '../core/inventory/snapshot-content.ts'
import { sourceKind, type Snapshot, type SourceKind } from '../../shared/model/source.ts'
import type { Queries, Store } from './database.ts'

/** A field as it stands in a content line (see core/inventory/snapshot-content). */
const escaped = (column: string): string =>
  `CASE WHEN ${column} GLOB '*[' || char(92, 9, 10, 13) || ']*'
   THEN replace(replace(replace(replace(${column}, char(92), '\\\\'), char(9), '\\t'), char(10), '\\n'), char(13), '\\r')
     ELSE ${column} END`

/**
 * The lines of an entitlement snapshot, one account's lines at a time, in content order. Joined inside SQLite: a million single rows
 * through JavaScript would cost more than everything else the hash needs. The store must not be written while it runs.
 */
function* accountLines(
  store: Store, sourceId: number, snapshotId: number, only = '',
): Generator<{ account: string; grants: number; lines: string }> {
  const { sqlite } = store
  sqlite.exec('DROP TABLE IF EXISTS temp.ranked_entitlement')
  sqlite.exec('CREATE TEMP TABLE ranked_entitlement (id INTEGER PRIMARY KEY, place INTEGER NOT NULL, line TEXT NOT NULL)')
  sqlite
    .prepare(
      `INSERT INTO temp.ranked_entitlement SELECT id, row_number() OVER (ORDER BY native_id), ${escaped('native_id')}
       FROM entitlement WHERE source_id = ?`,
    )
    .run(sourceId)
  const statement = sqlite
    .prepare<[number, number, number], { account: string; grants: number; lines: string }>(
      `SELECT a.native_id AS account, count(*) AS grants, group_concat(a.line || char(9) || e.line || char(9) || ${escaped('g.path')} || char(10), '' ORDER BY e.place, g.path) AS lines
       FROM (SELECT id, native_id, ${escaped('native_id')} AS line FROM account WHERE source_id = ? ${only}) a
       JOIN access_grant g ON g.account_id = a.id AND g.from_snapshot <= ? AND (g.to_snapshot IS NULL OR g.to_snapshot > ?)
       JOIN temp.ranked_entitlement e ON e.id = g.entitlement_id
       GROUP BY a.native_id ORDER BY a.native_id`,
    )
  yield* statement.iterate(sourceId, snapshotId, snapshotId)
}

/** SHA-256 of an entitlement snapshot's content, from the intervals. */
export function grantsContentHash(store: Store, sourceId: number, snapshotId: number): string {
  const hash = createHash('sha256')
  for (const { lines } of accountLines(store, sourceId, snapshotId)) hash.update(lines)
  return hash.digest('hex')
}

/** One account's part of a live source's snapshot: how many lines it has, and their SHA-256. */
export interface AccountContent { readonly grants: number; readonly hash: string }

export interface AccessContent {
  readonly hash: string
  readonly grants: number
  /** What was not among the known and had to be hashed. */
  readonly computed: ReadonlyMap<string, AccountContent>
}

/**
 * The content hash of a live source's snapshot (its form: core/inventory/snapshot-content), from the intervals. `known` spares the lines of
 * accounts that did not change since; without it every line is read, with the same result. People follow where the source names them.
 */
export function accessContent(
  store: Store, of: { readonly sourceId: number; readonly snapshotId: number; readonly runId: number }, known: ReadonlyMap<string, AccountContent>,
): AccessContent {
  const { sourceId, snapshotId, runId } = of
  const accounts = store.sqlite
    .prepare<[number], { id: number; account: string }>('SELECT id, native_id AS account FROM account WHERE source_id = ? ORDER BY native_id').all(sourceId)
  let only = ''
  if (known.size > 0) {
    store.sqlite.exec('DROP TABLE IF EXISTS temp.unhashed; CREATE TEMP TABLE unhashed (id INTEGER PRIMARY KEY)')
    const insert = store.sqlite.prepare('INSERT INTO temp.unhashed (id) VALUES (?)')
    for (const { id, account } of accounts) if (!known.has(account)) insert.run(id)
    only = 'AND id IN (SELECT id FROM temp.unhashed)'
  }
  const computed = new Map<string, AccountContent>()
  for (const { account, grants, lines } of accountLines(store, sourceId, snapshotId, only)) {
    computed.set(account, { grants, hash: createHash('sha256').update(lines).digest('hex') })
  }
  const hash = createHash('sha256')
  let grants = 0
  for (const { account } of accounts) {
    const content = computed.get(account) ?? known.get(account)
    if (content === undefined) continue
    grants += content.grants
    hash.update(`${contentLine([account, String(content.grants), content.hash])}\n`)
  }
  for (const line of peopleLines(store, sourceId, runId)) hash.update(`${line}\n`)
  return { hash: hash.digest('hex'), grants, computed }
}

const personFields = [
  'employee_id', 'status', 'kind', 'display_name', 'email', 'title', 'department', 'division', 'cost_center', 'location',
  'manager_employee_id', 'hire_date', 'termination_date',
] as const

/** SHA-256 of an HR state's content: the people of the source as its run `runId` left them. */
export function peopleContentHash(store: Store, sourceId: number, runId: number): string {
  const hash = createHash('sha256')
  for (const line of peopleLines(store, sourceId, runId)) hash.update(`${line}\n`)
  return hash.digest('hex')
}

function* peopleLines(store: Store, sourceId: number, runId: number): Generator<string> {
  const statement = store.sqlite
    .prepare<[number, number, number], (string | null)[]>(
      `SELECT ${personFields.join(', ')} FROM hr_person
       WHERE source_id = ? AND from_run <= ? AND (to_run IS NULL OR to_run > ?) ORDER BY employee_id`,
    )
    .raw(true)
  for (const row of statement.iterate(sourceId, runId, runId)) yield contentLine(row)
}

/** The content hash of any snapshot, recomputed from the store's rows; equal to `contentHash` unless somebody changed the store. */
export async function recomputeContentHash(store: Store, snapshot: Snapshot): Promise<string> {
  return store.db.connection().execute(async (connection) => {
    const kind = await kindOfSource(connection, snapshot.sourceId)
    const { id, sourceId, runId } = snapshot
    return contentHashOf(store, kind, { sourceId, snapshotId: id, runId })
  })
}

/** The content hash of a source's snapshot, in the form its kind of source has. */
export function contentHashOf(
  store: Store, kind: SourceKind, of: { readonly sourceId: number; readonly snapshotId: number; readonly runId: number },
): string {
  switch (kind) {
    case 'hr':
    case 'scim': return peopleContentHash(store, of.sourceId, of.runId)
    case 'entra':
    case 'okta': return accessContent(store, of, new Map()).hash
    case 'csv-entitlements':
    case 'csv-sign-ins': return grantsContentHash(store, of.sourceId, of.snapshotId)
  }
}

/** Sources whose snapshots are people and no access. */
export function isOfPeople(kind: SourceKind): boolean {
  return kind === 'hr' || kind === 'scim'
}

export async function kindOfSource(queries: Queries, sourceId: number): Promise<SourceKind> {
  const { kind } = await queries.selectFrom('source').select('kind').where('id', '=', sourceId).executeTakeFirstOrThrow()
  return sourceKind.parse(kind)
}
