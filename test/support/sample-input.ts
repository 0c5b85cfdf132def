// A small valid input for any of the contract's schemas, so that a test can call every procedure there is, also those written later.
import type { z } from 'zod'

interface Def {
  readonly type: string
  readonly format?: string
  readonly innerType?: z.ZodType
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly entries?: Readonly<Record<string, string>>
  readonly values?: readonly unknown[]
  readonly in?: z.ZodType
  readonly left?: z.ZodType
  readonly right?: z.ZodType
}

const texts: Readonly<Record<string, string>> = {
  email: 'nobody@example.com', date: '2026-03-31', datetime: '2026-03-31T12:00:00.000Z', url: 'https://example.com', uuid: '00000000-0000-4000-8000-000000000000', base64: 'eA==',
}

/** Tries texts of some common forms where a plain one is refused; throws where it finds none. */
export function sampleInput(schema: z.ZodType): unknown {
  const made = sample(schema)
  if (schema.safeParse(made).success) return made
  throw new Error(`no valid input was found: ${JSON.stringify(made)} ${schema.safeParse(made).error?.message ?? ''}`)
}

function sample(schema: z.ZodType): unknown {
  const def = schema._zod.def as unknown as Def
  switch (def.type) {
    case 'object': return Object.fromEntries(Object.entries(def.shape ?? {}).flatMap(([key, inner]) => {
      const value = sample(inner)
      return value === undefined ? [] : [[key, value]]
    }))
    case 'optional': case 'nonoptional': return def.innerType === undefined ? undefined : sample(def.innerType)
    case 'default': case 'prefault': return undefined
    case 'nullable': return null
    case 'union': return (def.options ?? []).map((option) => sample(option)).find((value, at) => def.options?.[at]?.safeParse(value).success === true)
    case 'intersection': return { ...(def.left === undefined ? {} : (sample(def.left) as object)), ...(def.right === undefined ? {} : (sample(def.right) as object)) }
    case 'pipe': return def.in === undefined ? undefined : sample(def.in)
    case 'lazy': return undefined
    case 'enum': return Object.values(def.entries ?? {})[0]
    case 'literal': return def.values?.[0]
    case 'boolean': return true
    case 'record': return {}
    case 'unknown': case 'any': return 'x'
    // One of each where it may be: what is empty is often refused for the whole it is part of.
    case 'array': return [def.element === undefined ? [] : [sample(def.element)], []].find((one) => schema.safeParse(one).success)
    case 'number': case 'int': return [1, 0, 50, 100].find((one) => schema.safeParse(one).success)
    case 'string': return [texts[def.format ?? ''], 'long enough text', 'x', ...Object.values(texts), 'ab'.repeat(32), '12:00', '2026-03', 'template'].find((one) => one !== undefined && schema.safeParse(one).success)
    default: return undefined
  }
}
