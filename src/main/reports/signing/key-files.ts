// keys/root.pem, keys/root.key.json, keys/people/<person>.pem and .key.json: certificates in the open, keys encrypted.
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type KeyPaths = { readonly certificate: string; readonly key: string }

export function rootPaths(keysFolder: string): KeyPaths {
  return { certificate: join(keysFolder, 'root.pem'), key: join(keysFolder, 'root.key.json') }
}

export function personPaths(keysFolder: string, email: string): KeyPaths {
  const name = fileNameOf(email)
  return { certificate: join(keysFolder, 'people', `${name}.pem`), key: join(keysFolder, 'people', `${name}.key.json`) }
}

/** E-mail addresses come from directories: no separators, no leading dot, no names of endless length, and no two people in one file. */
export function fileNameOf(email: string): string {
  const plain = email.toLowerCase()
  const safe = plain.replace(/[^a-z0-9@._-]/g, '_').replace(/^\.|\.{2,}/g, '_')
  if (safe === plain && safe.length <= 100 && safe !== '') return safe
  return `${safe.slice(0, 80)}-${createHash('sha256').update(plain).digest('hex').slice(0, 16)}`
}

/** Whole or not at all: written beside, flushed, then renamed. Mode 0600. */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** Makes a rename last through a power cut. Windows cannot open folders; there the file system sees to it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Undefined when there is no such file; every other error is the caller's to tell. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
