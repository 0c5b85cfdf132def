import { readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { cachingOf, contentTypeOf } from './page-policy.ts'

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
  readonly caching: string
}

/** `/` is index.html. Null for anything that does not decode to a plain relative path. */
const pathWithin = (urlPath: string): string | null => {
  const decoded = decode(urlPath)
  if (decoded === null || !decoded.startsWith('/') || decoded.includes('\0') || decoded.includes('\\')) return null
  const parts = decoded.split('/').slice(1)
  if (parts.some((part) => part === '..' || part === '.' || part.includes(':') || part.startsWith('.'))) return null
  return decoded === '/' ? 'index.html' : parts.join('/')
}

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const isInside = (folder: string, file: string): boolean => {
  const way = relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === file
}

/**
 * A file of the built screens, or null. Links are resolved before the check, so that neither `..` nor a symbolic link leads out of
 * the folder; only known kinds of files are given out.
 */
export const readPageFile = async (folder: string, urlPath: string): Promise<PageFile | null> => {
  const path = pathWithin(urlPath)
  const contentType = path === null ? null : contentTypeOf(path)
  if (path === null || contentType === null) return null
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, path))
    if (!isInside(root, file) || !(await stat(file)).isFile()) return null
    return { bytes: new Uint8Array(await readFile(file)), contentType, caching: cachingOf(path) }
  } catch {
    return null
  }
}
