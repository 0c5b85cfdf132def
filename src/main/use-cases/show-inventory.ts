import type { Snapshot } from '../../shared/model/source.ts'
import { personDetail, type PersonDetail } from '../storage/search.ts'
import { recomputeContentHash, snapshotById, snapshotPage, type SnapshotRow } from '../storage/snapshots.ts'
import { Refusal, type Context } from './context.ts'

export async function showPerson(context: Context, identityId: number): Promise<PersonDetail> {
  const person = await personDetail(context.store.db, identityId)
  if (person === undefined) throw new Refusal('not-found', `There is no identity ${identityId}.`)
  return person
}

/** A page of a past snapshot, and its content hash computed anew from what the store holds. */
export async function showSnapshot(
  context: Context, input: { readonly snapshot: number; readonly from: number; readonly limit: number },
): Promise<{ snapshot: Snapshot; recomputedHash: string; rows: SnapshotRow[] }> {
  const snapshot = await snapshotById(context.store.db, input.snapshot)
  if (snapshot === undefined) throw new Refusal('not-found', `There is no snapshot ${input.snapshot}.`)
  return { snapshot, recomputedHash: await recomputeContentHash(context.store, snapshot), rows: [...(await snapshotPage(context.store, snapshot, input))] }
}
