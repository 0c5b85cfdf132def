import { constants, existsSync } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { removeCopy } from './backup.ts'

const draftName = /^restore-[0-9a-f-]+\.draft$/

/** Where a backup is made ready before it takes the database's place: in the same folder, so that taking it is one rename. */
export function restoreDraft(folder: string, id: string): string {
  return join(folder, `restore-${id}.draft`)
}

/** Drafts of restores that died before the swap. */
export async function removeRestoreDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const draft = name.replace(/-(wal|shm|journal)$/, '')
    if (draftName.test(draft)) await removeCopy(join(folder, draft))
  }
}

/**
 * Puts `draft` in the database's place and keeps the former one in `aside`. Whenever this is cut off, the folder holds the former database
 * or the new one, whole: the former gets a second name first, a write-ahead log that is not its own never lies beside either, and the swap
 * is one rename.
 */
export async function swapDatabase(database: string, draft: string, aside: string): Promise<{ readonly kept: string | null }> {
  const former = ['', '-wal', '-shm', '-journal'].filter((part) => existsSync(`${database}${part}`))
  if (former.length > 0) await mkdir(aside, { recursive: true, mode: 0o700 })
  if (former.includes('')) await secondName(database, join(aside, 'muster.db'))
  // Only where the former one could not be opened: closing a sound database leaves none of these.
  for (const part of former) if (part !== '') await rename(`${database}${part}`, join(aside, `muster.db${part}`))
  if (former.length > 0) await flushFolder(aside)
  await rename(draft, database)
  await flushFolder(dirname(database))
  return { kept: former.length > 0 ? aside : null }
}

async function secondName(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch {
    // Some file systems (FAT, some network shares) have no second names.
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    const copy = await open(to, 'r+')
    await copy.sync().finally(() => copy.close())
  }
}

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
