import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { changeFileKey, keyOf, rekeyDraft, type KeyStep } from './change-file-key.ts'
import { StoreError } from './database.ts'
import type { StoreKey } from './store-key.ts'

export interface SettledFiles {
  /** What the store opens with. */
  readonly key: StoreKey | null
  /** Why not everything is under the wanted key yet, as a sentence; null = it is. Nothing is lost, the next opening goes on. */
  readonly unfinished: string | null
}

export interface EncryptedPlaces {
  readonly folder: string
  readonly database: string
  readonly staging: string
  readonly mirrors: string
}

/** How far bringing the files under a key is. `share`: from 0 to 1, of the databases and then of the originals; `bytes`: of the file at hand. */
export interface Settling {
  readonly change: 'encrypt' | 'rekey'
  readonly step: KeyStep | 'originals'
  readonly share: number
  readonly bytes: number
}

export type TellSettling = (progress: Settling) => void

/** Where each step begins, as a share of what one file takes. */
const begins = { copying: 0, rewriting: 0.15, comparing: 0.75 } as const

type Telling = (path: string, change: Settling['change']) => (step: KeyStep) => Promise<void>

async function tellingOf(paths: readonly string[], tell: TellSettling): Promise<Telling> {
  const sizes = await Promise.all(paths.map((path) => stat(path).then(({ size }) => size, () => 0)))
  const all = Math.max(1, sizes.reduce((sum, size) => sum + size, 0))
  return (path, change) => {
    const at = paths.indexOf(path)
    const [before, bytes] = [sizes.slice(0, at).reduce((sum, size) => sum + size, 0), sizes[at] ?? 0]
    return async (step) => {
      tell({ change, step, bytes, share: (before + bytes * begins[step]) / all })
      // What was told has to get out before this thread is held up.
      await setImmediate()
    }
  }
}

/**
 * Brings every database file of a closed workspace under the first of `keys`: plain ones and those under a later one. Can be cut off
 * anywhere and called again. Only for whoever holds the workspace's lock.
 */
export async function settleFiles(places: EncryptedPlaces, keys: readonly [StoreKey, ...StoreKey[]], tell: TellSettling = () => undefined): Promise<SettledFiles> {
  const aside = (await namesIn(join(places.folder, 'set-aside'))).map((name) => join(places.folder, 'set-aside', name))
  for (const folder of [places.folder, places.staging, places.mirrors, ...aside]) {
    for (const name of await namesIn(folder)) if (rekeyDraft.test(name)) await rm(join(folder, name), { force: true })
  }
  const found = keyOf(places.database, keys)
  if (found === undefined) throw new StoreError('not-a-store', `${places.database} is not under any key of this workspace. Nothing was changed; put the keys folder back that belongs to it, or restore a backup.`)
  const others = [
    ...(await filesIn(places.mirrors, /^source-\d+\.db$/)), ...(await filesIn(places.staging, /^run-\d+\.db$/)),
    ...aside.map((folder) => join(folder, 'muster.db')).filter((path) => existsSync(path)),
  ]
  const telling = await tellingOf([places.database, ...others], tell)
  const unfinished = await settled(places.database, found, keys[0], telling)
  if (unfinished !== null) return { key: found, unfinished }
  for (const path of others) {
    const why = await settledCache(path, keys, telling)
    if (why !== null) return { key: keys[0], unfinished: why }
  }
  return { key: keys[0], unfinished: null }
}

/** A full disk is a reason to go on as before; anything else has to be looked at first. */
async function settled(path: string, found: StoreKey | null, wanted: StoreKey, telling: Telling): Promise<string | null> {
  if (found === wanted) return null
  try {
    await changeFileKey(path, found, wanted, telling(path, found === null ? 'encrypt' : 'rekey'))
    return null
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'disk-full') throw error
    const before = found === null ? 'plain as it was' : 'under its former key'
    return `The disk is full, so ${path} stays ${before}; nothing is lost. Make room for two more copies of it and open the workspace again.`
  }
}

/** A scratch file that its process left half-written, or a damaged one that was set aside, is not worth stopping for. */
async function settledCache(path: string, keys: readonly [StoreKey, ...StoreKey[]], telling: Telling): Promise<string | null> {
  try {
    const found = keyOf(path, keys)
    return found === undefined ? null : await settled(path, found, keys[0], telling)
  } catch (error) {
    if (error instanceof StoreError && (error.code === 'damaged' || error.code === 'not-a-store')) return null
    throw error
  }
}

async function filesIn(folder: string, form: RegExp): Promise<readonly string[]> {
  return (await namesIn(folder)).filter((name) => form.test(name)).map((name) => join(folder, name))
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}
