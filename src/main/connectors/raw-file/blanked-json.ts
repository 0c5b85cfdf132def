import { isProtectedHeader } from '../table/protected-columns.ts'

/** What a JSON answer looks like once it may be kept, and which protected attributes it carried. */
export interface BlankedJson {
  readonly text: string
  readonly blanked: readonly string[]
}

/**
 * An answer as received, with the values of protected attributes emptied at any depth; byte for byte the same where it has none. `json` is
 * the parsed `text`, which the caller has at hand. Objects under a protected name are emptied as a whole.
 */
export function blankJson(text: string, json: unknown): BlankedJson {
  const blanked = new Set<string>()
  const copy = blank(json, blanked)
  return blanked.size === 0 ? { text, blanked: [] } : { text: JSON.stringify(copy), blanked: [...blanked].sort() }
}

function blank(value: unknown, blanked: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => blank(item, blanked))
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    if (isEmpty(inner) || !isProtectedName(name)) {
      set(copy, name, blank(inner, blanked))
      continue
    }
    blanked.add(name)
    set(copy, name, null)
  }
  return copy
}

/** `__proto__` is a name like any other in somebody else's JSON. */
function set(into: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(into, name, { value, enumerable: true, writable: true, configurable: true })
}

/** The same names turn up in every entity of a listing; words are taken apart once. */
const known = new Map<string, boolean>()
function isProtectedName(name: string): boolean {
  let answer = known.get(name)
  if (answer === undefined) {
    answer = isProtectedHeader(name)
    if (known.size < 10_000) known.set(name, answer)
  }
  return answer
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
