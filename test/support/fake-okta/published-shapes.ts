/** As much of a published schema as is compared with answers: types, allowed words, which of them may be null. */
export interface Shape {
  readonly type?: string
  readonly words?: readonly string[]
  readonly isNullable?: true
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
}

export const PUBLISHED = [
  'User', 'Group', 'GroupRule', 'Application', 'AppUser', 'ApplicationGroupAssignment', 'StandardRole', 'CustomRole', 'LogEvent',
  'RoleAssignedUsers', 'IamRoles', 'ResourceSets',
] as const

const DEEPEST = 4

type Json = Readonly<Record<string, unknown>>
const asJson = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})

/** Derives the shapes from Okta's OpenAPI description. */
export function shapesOf(description: unknown): Record<string, Shape> {
  const schemas = asJson(asJson(asJson(description)['components'])['schemas'])

  function shape(given: unknown, depth: number): Shape {
    let schema = asJson(given)
    for (let steps = 0; typeof schema['$ref'] === 'string' && steps < 10; steps += 1) schema = asJson(schemas[schema['$ref'].split('/').at(-1) ?? ''])
    const parts = [schema, ...(Array.isArray(schema['allOf']) ? schema['allOf'] : []).map((part) => part as unknown)]
    let merged: Shape = {}
    for (const [index, part] of parts.entries()) {
      const one = index === 0 ? own(schema, depth) : shape(part, depth)
      merged = { ...one, ...merged, ...(merged.properties ?? one.properties ? { properties: { ...one.properties, ...merged.properties } } : {}) }
    }
    return depth > DEEPEST && merged.properties !== undefined ? { type: 'object' } : merged
  }

  function own(schema: Json, depth: number): Shape {
    const properties = asJson(schema['properties'])
    return {
      ...(typeof schema['type'] === 'string' ? { type: schema['type'] } : {}),
      ...(Array.isArray(schema['enum']) ? { words: schema['enum'].filter((word) => typeof word === 'string') } : {}),
      ...(schema['nullable'] === true ? { isNullable: true } : {}),
      ...(depth <= DEEPEST && Object.keys(properties).length > 0
        ? { properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, shape(inner, depth + 1)])) }
        : {}),
      ...(schema['items'] === undefined ? {} : { items: shape(schema['items'], depth + 1) }),
    }
  }

  return Object.fromEntries(PUBLISHED.map((name) => [name, shape(schemas[name], 0)]))
}

/** Where a value is not of its shape, in words; properties the description does not know are none of its business only inside profiles. */
export function differences(value: unknown, shape: Shape, path = ''): readonly string[] {
  if (value === null || value === undefined) return []
  const kind = Array.isArray(value) ? 'array' : typeof value === 'number' ? 'number' : typeof value
  const wanted = shape.type === 'integer' ? 'number' : shape.type
  if (wanted !== undefined && wanted !== kind) return [`${path} is ${kind}, published as ${wanted}`]
  if (typeof value === 'string' && shape.words !== undefined && !shape.words.includes(value)) return [`${path} is "${value}", none of the published words`]
  if (Array.isArray(value)) return shape.items === undefined ? [] : value.flatMap((one, index) => differences(one, shape.items ?? {}, `${path}.${String(index)}`))
  const { properties } = shape
  if (typeof value !== 'object' || properties === undefined) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = properties[name]
    if (known === undefined) return path.endsWith('profile') || path.endsWith('_links') || path.endsWith('_embedded') ? [] : [`${path}.${name} is not published`]
    return differences(inner, known, `${path}.${name}`)
  })
}
