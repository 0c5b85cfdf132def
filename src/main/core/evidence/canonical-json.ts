// RFC 8785 (JSON Canonicalization Scheme), restricted to values whose spelling nobody can argue about: strings, booleans, null,
// integers below 2^53, arrays and objects. Fractions are left out because number formatting is where implementations differ.

export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue }

/** Hostile input must not overflow the stack; nothing Muster records nests deeper than a dozen levels. */
const MAX_DEPTH = 64

/** A value that has no canonical form. `path` names the place, like `body.items[3].score`. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonicalError'
  readonly path: string
  constructor(path: string, why: string) {
    super(`${path === '' ? 'The value' : path} ${why}`)
    this.path = path
  }
}

/** The one canonical text of a value. Throws NotCanonicalError for anything outside the restricted set. Source: RFC 8785 section 3.2. */
export function canonicalJson(value: unknown): string {
  return write(value, [])
}

// `trail` holds the keys on the way to the value and is only read when something is refused: this runs for every line verified.
function write(value: unknown, trail: (string | number)[]): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return writeString(value, trail)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isSafeInteger(value)) throw refused(trail, `is ${value}: only integers below 2^53 are allowed`)
      return String(value)
    case 'object':
      if (trail.length >= MAX_DEPTH) throw refused(trail, `is nested more than ${MAX_DEPTH} levels deep`)
      return Array.isArray(value) ? writeArray(value, trail) : writeObject(value, trail)
    default:
      throw refused(trail, `is of type ${typeof value}, which JSON does not have`)
  }
}

function writeString(text: string, trail: readonly (string | number)[]): string {
  // A lone surrogate has no UTF-8 form, so two different strings would end up with the same bytes.
  if (!text.isWellFormed()) throw refused(trail, 'holds half of a character (a lone surrogate)')
  return JSON.stringify(text)
}

function writeArray(items: readonly unknown[], trail: (string | number)[]): string {
  let out = '['
  for (let index = 0; index < items.length; index++) {
    trail.push(index)
    out += `${index === 0 ? '' : ','}${write(items[index], trail)}`
    trail.pop()
  }
  return `${out}]`
}

function writeObject(value: object, trail: (string | number)[]): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw refused(trail, 'is not a plain object')
  let out = '{'
  // Array.prototype.sort compares UTF-16 code units, which is exactly the order RFC 8785 asks for.
  for (const key of Object.keys(value).sort()) {
    trail.push(key)
    out += `${out === '{' ? '' : ','}${writeString(key, trail)}:${write((value as Record<string, unknown>)[key], trail)}`
    trail.pop()
  }
  return `${out}}`
}

function refused(trail: readonly (string | number)[], why: string): NotCanonicalError {
  const path = trail.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`)).join('')
  return new NotCanonicalError(path, why)
}

export type CanonicalParse = { ok: true; value: CanonicalValue } | { ok: false; reason: 'not-json' | 'not-canonical'; detail: string }

/** Parses a text and accepts it only if it is already canonical: doubled keys, spaces, 1.0 and other spellings are refused. */
export function parseCanonical(text: string): CanonicalParse {
  let value: CanonicalValue
  try {
    value = JSON.parse(text) as CanonicalValue
  } catch (error) {
    return { ok: false, reason: 'not-json', detail: error instanceof Error ? error.message : 'not JSON' }
  }
  if (isSpelledAlike(value, text)) return { ok: true, value }
  try {
    if (canonicalJson(value) === text) return { ok: true, value }
    return { ok: false, reason: 'not-canonical', detail: 'the text is JSON, but not spelled in the canonical way' }
  } catch (error) {
    return { ok: false, reason: 'not-canonical', detail: error instanceof Error ? error.message : 'no canonical form' }
  }
}

/**
 * The quick answer for nearly every line, three times as fast as writing it anew: the engine's own spelling differs from the canonical one
 * in nothing but the order of keys and the numbers, which are looked at, and the escapes of lone surrogates, which are left to the writer.
 */
function isSpelledAlike(value: CanonicalValue, text: string): boolean {
  return !text.includes('\\ud') && JSON.stringify(value) === text && isOrdered(value, 0)
}

function isOrdered(value: CanonicalValue, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  if (Array.isArray(value)) {
    for (const item of value as readonly CanonicalValue[]) if (!isOrdered(item, depth + 1)) return false
    return true
  }
  const object = value as { readonly [key: string]: CanonicalValue }
  let before: string | undefined
  for (const key of Object.keys(object)) {
    if ((before !== undefined && key <= before) || !isOrdered(object[key] ?? null, depth + 1)) return false
    before = key
  }
  return true
}
