import { createWriteStream, existsSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sealedForm, type FileSeals } from './sealed-files.ts'

/** Behind the name by which the store knows a kept original. */
const sealedEnding = '.age'
const draftEnding = '.sealing'

export interface RawFolder {
  /** Null = files are kept plain. */
  readonly seals: FileSeals | null
  /** Where a file that is kept from now on lies. */
  readonly placeFor: (storedAs: string) => string
  /** Where a kept file lies; encrypted, with its bytes as they were kept (compressed). */
  readonly find: (storedAs: string) => string | KeptFilePlace
}

export interface KeptFilePlace {
  readonly path: string
  readonly bytes: () => AsyncIterable<Uint8Array>
}

export function rawFolder(folder: string, seals: FileSeals | null): RawFolder {
  return {
    seals,
    placeFor: (storedAs) => join(folder, seals === null ? storedAs : `${storedAs}${sealedEnding}`),
    find: (storedAs) => {
      const [plain, sealed] = [join(folder, storedAs), join(folder, `${storedAs}${sealedEnding}`)]
      if (seals === null || !existsSync(sealed)) return plain
      return { path: sealed, bytes: () => seals.read(sealed) }
    },
  }
}

/**
 * Seals every kept original to the present key: plain ones, and those under an earlier one. Each is there whole, one way or the other, at
 * every moment; cut off, it goes on where it was. `present` opens what is under the present key already; `tell` hears which share is done.
 */
export async function sealRawFolder(folder: string, seals: FileSeals, present: FileSeals, tell: (share: number) => void = () => undefined): Promise<number> {
  let sealed = 0
  const names = await readdir(folder).catch(() => [])
  for (const [at, name] of names.entries()) {
    const path = join(folder, name)
    tell(at / names.length)
    if (name.endsWith(draftEnding)) await rm(path, { force: true })
    else if (name.endsWith(sealedEnding)) {
      if (await isUnder(path, present)) continue
      await replace(path, path, seals)
      sealed += 1
    } else if (!name.startsWith('.')) {
      await replace(path, `${path}${sealedEnding}`, seals)
      await rm(path)
      sealed += 1
    }
  }
  return sealed
}

/** Reads the first bytes only: that much already needs the right key. */
async function isUnder(path: string, present: FileSeals): Promise<boolean> {
  try {
    for await (const _ of present.read(path)) return true
    return true
  } catch {
    return false
  }
}

async function replace(from: string, to: string, seals: FileSeals): Promise<void> {
  const draft = `${to}${draftEnding}`
  await rm(draft, { force: true })
  await pipeline(seals.seal(seals.read(from)), createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }))
  await rename(draft, to)
  const parent = await open(join(to, '..'), 'r').catch(() => null)
  await parent?.sync().catch(() => undefined)
  await parent?.close()
}

/** Whether anything of a folder of kept originals still lies there plain. */
export async function hasPlainFiles(folder: string): Promise<boolean> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith('.') && !name.endsWith(draftEnding) && (await sealedForm(join(folder, name))) === 'plain') return true
  }
  return false
}
