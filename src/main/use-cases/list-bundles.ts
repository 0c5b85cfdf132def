import { allSeals } from '../storage/seals.ts'
import type { Context } from './context.ts'

/** Every bundle sealed here, newest first. */
export async function listBundles(
  context: Context,
): Promise<{ campaign: number; name: string; version: number; at: string; by: string; path: string; exceptions: number }[]> {
  return (await allSeals(context.store.db)).map(({ campaign, name, version, at, by, path, exceptions }) => ({ campaign, name, version, at, by, path, exceptions }))
}
