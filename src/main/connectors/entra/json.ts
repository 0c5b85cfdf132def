export type JsonObject = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : null
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value as readonly unknown[] : []
}

/** Trimmed text; null for what is empty or no text. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : text
}

export function flagOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** A calendar day of an ISO moment; null for what is none and for the years directories write for "none" (0001, 9999). */
export function dayOf(value: unknown): string | null {
  const moment = momentOf(value)
  return moment === null ? null : moment.slice(0, 10)
}

/**
 * A moment in UTC as ISO 8601 with milliseconds. Takes what Microsoft's logs write: up to nine digits of a second, a blank for the T,
 * no zone (then UTC). Null for what is none and for the years that stand for "none".
 */
export function momentOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(value.trim())
  if (found === null) return null
  const [, day, time, fraction = '', zone = 'Z'] = found
  const text = `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`
  const at = Date.parse(text)
  if (Number.isNaN(at)) return null
  const year = Number(text.slice(0, 4))
  if (year < 1900 || year > 2900) return null
  // Millions of events are in UTC already: what was written is what would come out.
  return zone === 'Z' ? text : new Date(at).toISOString()
}
