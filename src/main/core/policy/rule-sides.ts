import type { EntitlementRef, SodRule, SodSide } from '../../../shared/model/sod-rule.ts'
import { foldedText } from '../signals/columns.ts'

/** An entitlement as rules may name it. `id` is whatever number the caller counts by: the store's id or a place in columns. */
export interface CatalogueEntry {
  readonly id: number
  readonly nativeId: string
  /** The source's name. */
  readonly source: string
  readonly application: string
  readonly tags: readonly string[]
}

export type SideName = 'left' | 'right' | 'compensating'

interface Place { readonly rule: number; readonly side: SideName }

/** Rules with their sides looked up: from a right to every place it stands in, so that one pass over somebody's rights finds all. */
export interface ResolvedRules {
  readonly rules: readonly SodRule[]
  readonly placesOf: ReadonlyMap<number, readonly Place[]>
  /** Rights only meet within the same group; 0 for rules that reach anywhere. */
  readonly groupOf: (rule: number, entitlement: number) => number
  /** Rights of a side that exist, ascending. */
  readonly members: (rule: number, side: SideName) => readonly number[]
}

/** Looks up every rule's sides. Cost: one step per entitlement and place, whatever the number of rules. */
export function resolveRules(rules: readonly SodRule[], catalogue: Iterable<CatalogueEntry>): ResolvedRules {
  const wanted = wantedPlaces(rules)
  const placesOf = new Map<number, readonly Place[]>()
  const members = new Map<string, number[]>()
  const groups = { source: new Map<number, number>(), application: new Map<number, number>() }
  const names = new Map<string, number>()
  const numberOf = (name: string): number => {
    const known = names.get(name) ?? names.size + 1
    names.set(name, known)
    return known
  }
  for (const entry of catalogue) {
    const places = placesNaming(wanted, entry)
    if (places.length === 0) continue
    placesOf.set(entry.id, places)
    groups.source.set(entry.id, numberOf(entry.source))
    groups.application.set(entry.id, numberOf(`${entry.source}\n${foldedText(entry.application)}`))
    for (const { rule, side } of places) {
      const list = members.get(`${rule} ${side}`)
      if (list === undefined) members.set(`${rule} ${side}`, [entry.id])
      else list.push(entry.id)
    }
  }
  for (const list of members.values()) list.sort((a, b) => a - b)
  return {
    rules, placesOf,
    groupOf: (rule, entitlement) => {
      const within = rules[rule]?.within ?? 'anywhere'
      return within === 'anywhere' ? 0 : (groups[within].get(entitlement) ?? 0)
    },
    members: (rule, side) => members.get(`${rule} ${side}`) ?? [],
  }
}

/** Entries of a side that nothing in the catalogue answers to: a typing error, or a right that is gone. */
export function unknownRefs(side: SodSide, catalogue: Iterable<CatalogueEntry>): { readonly entitlements: readonly EntitlementRef[]; readonly tags: readonly string[] } {
  const [ids, tags] = [new Set<string>(), new Set<string>()]
  for (const entry of catalogue) {
    ids.add(refKey(entry.nativeId, null)).add(refKey(entry.nativeId, entry.source))
    for (const tag of entry.tags) tags.add(tag)
  }
  return {
    entitlements: side.entitlements.filter((ref) => !ids.has(refKey(ref.id, ref.source))),
    tags: side.tags.filter((tag) => !tags.has(tag)),
  }
}

interface Wanted { readonly byRef: ReadonlyMap<string, readonly Place[]>; readonly byTag: ReadonlyMap<string, readonly Place[]> }

function wantedPlaces(rules: readonly SodRule[]): Wanted {
  const [byRef, byTag] = [new Map<string, Place[]>(), new Map<string, Place[]>()]
  const add = (places: Map<string, Place[]>, key: string, place: Place): void => {
    const there = places.get(key)
    if (there === undefined) places.set(key, [place])
    else there.push(place)
  }
  rules.forEach((rule, index) => {
    for (const side of ['left', 'right', 'compensating'] as const) {
      for (const ref of rule[side]?.entitlements ?? []) add(byRef, refKey(ref.id, ref.source), { rule: index, side })
      for (const tag of rule[side]?.tags ?? []) add(byTag, tag, { rule: index, side })
    }
  })
  return { byRef, byTag }
}

/** A right may answer to a rule's side by its id and by a tag at once; it stands there once. */
function placesNaming(wanted: Wanted, entry: CatalogueEntry): readonly Place[] {
  const found = [
    ...(wanted.byRef.get(refKey(entry.nativeId, null)) ?? []), ...(wanted.byRef.get(refKey(entry.nativeId, entry.source)) ?? []),
    ...entry.tags.flatMap((tag) => wanted.byTag.get(tag) ?? []),
  ]
  const once = new Map(found.map((place) => [`${place.rule} ${place.side}`, place]))
  return [...once.values()]
}

/** Ids are compared as people read them: case, width and spacing do not matter. */
function refKey(id: string, source: string | null): string {
  return source === null ? foldedText(id) : `${foldedText(id)}\n${source}`
}
