import type { Queries } from './database.ts'

export interface MatchableAccount {
  readonly id: number
  readonly nativeId: string
  readonly nativeKey: string
  readonly sourceId: number
  readonly sourceName: string
}

export async function accountToMatch(queries: Queries, accountId: number): Promise<MatchableAccount | undefined> {
  return queries
    .selectFrom('account').innerJoin('source', 'source.id', 'account.source_id')
    .select(['account.id', 'account.native_id as nativeId', 'account.native_key as nativeKey', 'account.source_id as sourceId',
      'source.name as sourceName'])
    .where('account.id', '=', accountId).executeTakeFirst()
}

/** Kept by the account's name and the identity's origin, which stay the same when either is read anew. */
export async function insertConfirmedMatch(
  queries: Queries, match: { readonly account: MatchableAccount; readonly identityId: number; readonly by: string; readonly at: string },
): Promise<void> {
  const { origin } = await queries.selectFrom('identity').select('origin').where('id', '=', match.identityId).executeTakeFirstOrThrow()
  const values = { identity_origin: origin, confirmed_by: match.by, confirmed_at: match.at }
  await queries
    .insertInto('confirmed_match').values({ source_id: match.account.sourceId, native_key: match.account.nativeKey, ...values })
    .onConflict((conflict) => conflict.columns(['source_id', 'native_key']).doUpdateSet(values)).execute()
}

/** False when there was none. */
export async function deleteConfirmedMatch(queries: Queries, account: MatchableAccount): Promise<boolean> {
  const { numDeletedRows } = await queries.deleteFrom('confirmed_match')
    .where('source_id', '=', account.sourceId).where('native_key', '=', account.nativeKey).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
