import { appendFile, open, readFile, rename, rm, stat } from 'node:fs/promises'

/** Thrown where a file of that name is there already. */
export class FileThereError extends Error {
  constructor(path: string) {
    super(`${path} is there already; nothing was overwritten.`)
    this.name = 'FileThereError'
  }
}

const draftOf = (path: string): string => `${path}.draft`

/** On the disk under another name, until `publish` gives it its own. Mode 0600. */
export async function writeDraft(path: string, content: Uint8Array | string): Promise<void> {
  if (await isThere(path)) throw new FileThereError(path)
  await writeBeside(path, content)
}

async function writeBeside(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(draftOf(path), 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

export const publish = (path: string): Promise<void> => rename(draftOf(path), path)

export const discardDraft = (path: string): Promise<void> => rm(draftOf(path), { force: true })

export const isThere = (path: string): Promise<boolean> => stat(path).then(() => true, () => false)

export const hasDraft = (path: string): Promise<boolean> => isThere(draftOf(path))

/** Whole or not at all. */
export async function writeFileOnce(path: string, content: Uint8Array | string): Promise<void> {
  await writeDraft(path, content)
  await publish(path)
}

/** The same in the place of one that is there. */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await writeBeside(path, content)
  await publish(path)
}

/** One line at the end of a file only its owner can read. */
export async function addLine(path: string, line: string): Promise<void> {
  await appendFile(path, `${line}\n`, { mode: 0o600, flush: true })
}

/** Undefined where it is not there or larger than `most` bytes. */
export async function readBounded(path: string, most: number): Promise<Uint8Array | undefined> {
  const size = await stat(path).then((found) => (found.isFile() ? found.size : undefined), () => undefined)
  return size === undefined || size > most ? undefined : new Uint8Array(await readFile(path))
}
