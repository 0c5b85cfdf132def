import { LiveSourceError } from '../live-connector.ts'
import { API_VERSION, type Answer } from './graph.ts'
import { listOf, objectOf, textOf, type JsonObject } from './json.ts'

/** One answer of a list, taken apart. */
export interface AnsweredPage {
  readonly entities: readonly JsonObject[]
  readonly next: string | null
  readonly delta: string | null
}

/** Null where the answer is no list at all, or points to another host. */
export function pageOf(answer: Answer, origin: string): AnsweredPage | null {
  const body = objectOf(answer.json)
  if (body === null || !Array.isArray(body['value'])) return null
  const next = textOf(body['@odata.nextLink'])
  const delta = textOf(body['@odata.deltaLink'])
  for (const link of [next, delta]) if (link !== null && !isOurs(link, origin)) return null
  const entities = listOf(body['value']).map((one) => objectOf(one) ?? {})
  return { entities, next, delta }
}

/** A continuation may carry a token that opens everything: it is followed only to where we asked in the first place. */
function isOurs(link: string, origin: string): boolean {
  try {
    return new URL(link).origin === new URL(origin).origin
  } catch {
    return false
  }
}

/** As shown and kept: decoded, without the host, paging tokens replaced by three points. */
export function requestText(method: string, path: string): string {
  const bare = path.startsWith('https://') ? path.replace(/^https:\/\/[^/]+/, '') : `/${API_VERSION}${path}`
  const [place = bare, query = ''] = splitOnce(bare, '?')
  const shown = query === '' ? [] : query.split('&').map((part) => {
    const [name = '', value = ''] = splitOnce(part, '=')
    return /token/i.test(name) ? `${decoded(name)}=…` : `${decoded(name)}=${decoded(value)}`
  })
  return `${method} ${decoded(place)}${shown.length === 0 ? '' : `?${shown.join('&')}`}`
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + at.length)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A query value as Graph reads it. */
export function query(parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%24', '$')}`).join('&')
}

/** Cursors are ours alone; one that cannot be read means reading anew. */
export function readCursor<T>(cursor: string, check: (value: JsonObject) => T | null): T {
  let value: T | null = null
  try {
    value = check(objectOf(JSON.parse(cursor) as unknown) ?? {})
  } catch {
    value = null
  }
  if (value === null) throw new LiveSourceError('expired-cursor', 'Where the last reading ended is not known any more.')
  return value
}
