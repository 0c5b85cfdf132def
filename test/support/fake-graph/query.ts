import type { Entity, Json } from './tenant.ts'

export interface Asked {
  readonly method: string
  /** Behind the version, without query. */
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
}

export interface Answered {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export function fault(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Answered {
  return { status, headers, body: { error: { code, message, innerError: { 'request-id': '00000000-0000-0000-0000-000000000001', date: '2026-11-22T00:00:00' } } } }
}

export function asked(method: string, url: string, headers: Asked['headers'], body: unknown): Asked {
  const at = url.indexOf('?')
  const query = new Map<string, string>()
  for (const part of at < 0 ? [] : url.slice(at + 1).split('&')) {
    const equals = part.indexOf('=')
    query.set(decodeURIComponent(part.slice(0, equals)), decodeURIComponent(part.slice(equals + 1).replaceAll('+', ' ')))
  }
  return { method, path: decodeURIComponent(at < 0 ? url : url.slice(0, at)), query, headers, body }
}

/** Only the named properties, as `$select` asks; everything without it. */
export function select(entity: Entity, fields: string | undefined): Json {
  if (fields === undefined) return entity
  return Object.fromEntries(fields.split(',').filter((field) => field in entity).map((field) => [field, entity[field]]))
}

/** `id in ('a','b')` → the ids; undefined where the filter says something else. */
export function idsIn(filter: string): readonly string[] | undefined {
  const found = /^id in \(([^)]*)\)$/.exec(filter)
  return found?.[1]?.split(',').map((id) => id.trim().replaceAll('\'', ''))
}

/** `field eq 'value'` or `field eq guid` → the value. */
export function equals(filter: string, field: string): string | undefined {
  return new RegExp(`^${field} eq '?([^']+)'?$`).exec(filter)?.[1]
}

export function token(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

export function untoken(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown
  } catch {
    return null
  }
}
