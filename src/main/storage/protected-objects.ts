import { protectedKind, protectionBasis, type ProtectedKind, type ProtectedObject, type ProtectionBasis } from '../../shared/model/protected-object.ts'
import type { Queries } from './database.ts'

/**
 * What no machine may take away in one source, by the source's own ids (as the source writes them). Whoever carries out removals asks this
 * right before each one, inside its own transaction, and refuses what is in here.
 */
export async function protectedObjects(
  queries: Queries, sourceId: number,
): Promise<{ readonly accounts: ReadonlySet<string>; readonly entitlements: ReadonlySet<string> }> {
  const rows = await queries.selectFrom('protected_object as p').innerJoin('source as s', 's.name', 'p.source')
    .where('s.id', '=', sourceId).where('p.released_at', 'is', null).select(['p.kind', 'p.native_id as nativeId']).execute()
  const named = (kind: ProtectedKind): ReadonlySet<string> => new Set(rows.filter((row) => row.kind === kind).map((row) => row.nativeId))
  return { accounts: named('account'), entitlements: named('entitlement') }
}

/** Everything protected now, by source and id, with whether the source still has it. */
export async function listProtected(queries: Queries): Promise<ProtectedObject[]> {
  const rows = await queries.selectFrom('protected_object as p')
    .leftJoin('source as s', (join) => join.onRef('s.name', '=', 'p.source').on('s.removed_at', 'is', null))
    .leftJoin('account as a', (join) =>
      join.onRef('a.source_id', '=', 's.id').onRef('a.native_id', '=', 'p.native_id').on('p.kind', '=', 'account').on('a.to_snapshot', 'is', null))
    .leftJoin('entitlement as e', (join) =>
      join.onRef('e.source_id', '=', 's.id').onRef('e.native_id', '=', 'p.native_id').on('p.kind', '=', 'entitlement').on('e.to_snapshot', 'is', null))
    .where('p.released_at', 'is', null)
    .select([
      'p.id', 'p.kind', 'p.source', 'p.native_id as nativeId', 'p.basis', 'p.reason', 'p.protected_by as protectedBy', 'p.protected_at as protectedAt',
      'a.id as accountId', 'a.display_name as accountName', 'e.id as entitlementId', 'e.name as entitlementName',
    ]).orderBy('p.source').orderBy('p.kind').orderBy('p.native_id').execute()
  return rows.map(({ accountId, accountName, entitlementId, entitlementName, ...row }) => ({
    ...row, kind: protectedKind.parse(row.kind), basis: protectionBasis.parse(row.basis), name: accountName ?? entitlementName,
    isMissing: accountId === null && entitlementId === null,
  }))
}

export async function protectedById(queries: Queries, id: number): Promise<{ kind: ProtectedKind; source: string; nativeId: string } | undefined> {
  const row = await queries.selectFrom('protected_object').where('id', '=', id).where('released_at', 'is', null)
    .select(['kind', 'source', 'native_id as nativeId']).executeTakeFirst()
  return row === undefined ? undefined : { ...row, kind: protectedKind.parse(row.kind) }
}

/** The new row's id; undefined if it is protected already. */
export async function insertProtected(
  queries: Queries,
  row: {
    readonly kind: ProtectedKind; readonly source: string; readonly nativeId: string; readonly basis: ProtectionBasis; readonly reason: string
    readonly by: string; readonly at: string
  },
): Promise<number | undefined> {
  const inserted = await queries.insertInto('protected_object').values({
    kind: row.kind, source: row.source, native_id: row.nativeId, basis: row.basis, reason: row.reason, protected_by: row.by, protected_at: row.at,
    released_by: null, released_at: null,
  }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
  return inserted?.id
}

export async function releaseProtected(queries: Queries, end: { readonly id: number; readonly by: string; readonly at: string }): Promise<void> {
  await queries.updateTable('protected_object').set({ released_by: end.by, released_at: end.at }).where('id', '=', end.id).execute()
}
