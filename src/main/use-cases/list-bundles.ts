import type { BundleTime } from '../reports/time-stamp/bundle-stamp.ts'
import { allSeals } from '../storage/seals.ts'
import { believedRootsPem } from '../storage/time-authority.ts'
import type { Context } from './context.ts'

export interface ListedBundle {
  readonly campaign: number
  readonly name: string
  readonly version: number
  /** When it was sealed, as this machine claims. */
  readonly at: string
  readonly by: string
  readonly path: string
  readonly exceptions: number
  /** Whose word there is on that, read from the stamp that lies in the bundle now. */
  readonly time: BundleTime
}

/** Every bundle sealed here, newest first. */
export async function listBundles(context: Context): Promise<ListedBundle[]> {
  const roots = context.timeStamps.certificatesIn(await believedRootsPem(context.store.db))
  const trust = { roots: roots.length === 0 ? undefined : roots }
  return Promise.all((await allSeals(context.store.db)).map(async ({ campaign, name, version, at, by, path, exceptions }) => (
    { campaign, name, version, at, by, path, exceptions, time: await context.timeStamps.timeOf(path, trust) }
  )))
}
