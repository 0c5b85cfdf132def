import { uploadLimit } from '../../../shared/model/incoming.ts'

/** What the guard looks at. Header values as Node gives them. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly fetchMode: string | undefined
  readonly contentLength: string | undefined
  readonly contentType: string | undefined
}

export interface Refused {
  readonly status: 400 | 403 | 405 | 413 | 415 | 421
  readonly why: string
}

/** Largest request body taken, in bytes. The largest honest one is a set of conflict rules. */
export const bodyLimit = 4 * 1024 * 1024

export const isCall = (path: string): boolean => path === '/rpc' || path.startsWith('/rpc/')

/** Where a page puts a file it was given, to be read as a source. */
export const isUpload = (path: string): boolean => path === '/incoming'

/** Where a page asks about a packet that has no workspace yet. */
export const isDoor = (path: string): boolean => path === '/door'

const refused = (status: Refused['status'], why: string): Refused => ({ status, why })

/**
 * Refuses what can only come from somewhere else than our own page on this machine, before anything is read or looked up:
 * - a Host that is not ours: another name was made to point at 127.0.0.1 (DNS rebinding);
 * - an Origin that is not ours, or `Sec-Fetch-Site` saying so: another page in the same browser is asking;
 * - methods other than GET and HEAD for files and POST for calls and uploads, and oversized bodies.
 * A link followed from elsewhere may open the page itself: it carries no session and reads nothing.
 */
export const guard = (asked: Asked, port: number): Refused | null => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (asked.host === undefined || !hosts.includes(asked.host)) return refused(421, 'This server answers only as 127.0.0.1 or localhost.')
  if (!asked.path.startsWith('/')) return refused(400, 'The address is not a path.')
  if (asked.origin !== undefined && asked.origin !== `http://${asked.host}`) return refused(403, 'The request comes from another page.')
  if (isUpload(asked.path)) return guardUpload(asked)
  if (isDoor(asked.path)) return guardDoor(asked)
  return isCall(asked.path) ? guardCall(asked) : guardFile(asked)
}

const guardCall = (asked: Asked): Refused | null => guardPost(asked, bodyLimit)

/** A type no form can send: another page's browser would have to ask first, and is refused. */
const guardUpload = (asked: Asked): Refused | null => {
  const refusal = guardPost(asked, uploadLimit)
  if (refusal !== null) return refusal
  return asked.contentType === 'application/octet-stream' ? null : refused(415, 'Files are sent as application/octet-stream.')
}

/** JSON by its own name, which no form can send either. */
const guardDoor = (asked: Asked): Refused | null => {
  const refusal = guardPost(asked, bodyLimit)
  if (refusal !== null) return refusal
  return asked.contentType === 'application/json' ? null : refused(415, 'Questions are sent as application/json.')
}

const guardPost = (asked: Asked, limit: number): Refused | null => {
  if (asked.method !== 'POST') return refused(405, 'Calls are made with POST.')
  if (asked.fetchSite !== undefined && asked.fetchSite !== 'same-origin') return refused(403, 'The request comes from another page.')
  if (asked.contentLength !== undefined && !(Number(asked.contentLength) <= limit)) return refused(413, 'The request is too large.')
  return null
}

const guardFile = (asked: Asked): Refused | null => {
  if (asked.method !== 'GET' && asked.method !== 'HEAD') return refused(405, 'Files are read with GET.')
  const isForeign = asked.fetchSite !== undefined && !['same-origin', 'none'].includes(asked.fetchSite)
  if (isForeign && asked.fetchMode !== 'navigate') return refused(403, 'The request comes from another page.')
  return null
}
