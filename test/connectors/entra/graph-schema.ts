/** What Microsoft's description says of one property: its JSON type, whether it may be null, and the entity it holds. */
export interface PropertyShape {
  readonly type: 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object'
  readonly nullable?: true
  readonly of?: string
}

export type GraphSchema = Readonly<Record<string, Readonly<Record<string, PropertyShape>>>>

interface OpenApiProperty {
  readonly type?: string
  readonly nullable?: boolean
  readonly $ref?: string
  readonly allOf?: readonly OpenApiProperty[]
  readonly items?: OpenApiProperty
  readonly enum?: readonly string[]
  readonly properties?: unknown
}

export interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, OpenApiProperty & { readonly properties?: Readonly<Record<string, OpenApiProperty>> }>> }
}

/** The same as the fixture holds, taken from the published description. */
export function shapeFrom(api: OpenApi, type: string, property: string): PropertyShape | undefined {
  const found = api.components.schemas[`microsoft.graph.${type}`]?.properties?.[property]
  return found === undefined ? undefined : shapeOf(api, found)
}

function shapeOf(api: OpenApi, property: OpenApiProperty): PropertyShape {
  const nullable = property.nullable === true ? { nullable: true as const } : {}
  const reference = property.$ref ?? property.allOf?.[0]?.$ref
  if (reference !== undefined) {
    const name = reference.split('/').at(-1) ?? ''
    const isEnum = api.components.schemas[name]?.enum !== undefined
    return isEnum ? { type: 'string', ...nullable } : { type: 'object', ...nullable, of: name.replace('microsoft.graph.', '') }
  }
  if (property.type === 'array') {
    const items = property.items === undefined ? undefined : shapeOf(api, property.items)
    return { type: 'array', ...nullable, of: items?.of ?? items?.type ?? 'string' }
  }
  return { type: (property.type ?? 'object') as PropertyShape['type'], ...nullable }
}

/** One sentence per property the description does not know or describes otherwise. Annotations (`@odata.type`, `members@delta`) are not described. */
export function misfits(schema: GraphSchema, type: string, value: unknown, at = type): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  // What stands in for a directory object says which kind it is.
  const said = (value as { readonly '@odata.type'?: unknown })['@odata.type']
  const shapes = schema[typeof said === 'string' ? said.replace('#microsoft.graph.', '') : type]
  if (shapes === undefined) return []
  return Object.entries(value).filter(([name]) => !name.includes('@')).flatMap(([name, held]): readonly string[] => {
    const shape = shapes[name]
    const here = `${at}.${name}`
    if (shape === undefined) return [`${here} is not described`]
    if (held === null) return shape.nullable === true ? [] : [`${here} may not be null`]
    const kind = Array.isArray(held) ? 'array' : Number.isInteger(held) ? 'integer' : typeof held
    if (kind !== shape.type) return [`${here} is ${kind}, described as ${shape.type}`]
    if (shape.of === undefined) return []
    return Array.isArray(held) ? held.flatMap((one, index) => misfits(schema, shape.of ?? '', one, `${here}[${index}]`)) : misfits(schema, shape.of, held, here)
  })
}
