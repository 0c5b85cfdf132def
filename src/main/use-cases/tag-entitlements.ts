import type { EventBody } from '../../shared/model/evidence.ts'
import type { SodLibrary, TagSuggestion, TagUse } from '../../shared/model/policy.ts'
import { suggestTags as suggested } from '../core/policy/suggest-tags.ts'
import { inTransaction } from '../storage/database.ts'
import { deleteTag, insertTag, policyCatalogue } from '../storage/policy-catalogue.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvents } from './record-event.ts'

const PER_EVENT = 500

/** Puts a tag on rights, or takes it off. Rules that name the tag cover them from now on; every change is recorded. Returns how many changed. */
export async function setTag(
  context: Context, actor: Actor, input: { readonly tag: string; readonly entitlements: readonly number[]; readonly isAssigned: boolean },
): Promise<{ changed: number }> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const known = new Map((await policyCatalogue(queries)).map((entry) => [entry.id, entry]))
    const at = context.clock.now()
    const changed: { source: string; entitlement: string }[] = []
    for (const id of input.entitlements) {
      const entry = known.get(id)
      if (entry === undefined) throw new Refusal('not-found', `There is no entitlement ${id} in the sources connected now. Nothing was changed.`)
      const key = { source: entry.source, nativeId: entry.nativeId, tag: input.tag }
      const isNew = input.isAssigned ? await insertTag(queries, { ...key, by: actor.email, at }) : await deleteTag(queries, key)
      if (isNew) changed.push({ source: entry.source, entitlement: entry.nativeId })
    }
    const events: EventBody[] = []
    for (let from = 0; from < changed.length; from += PER_EVENT) {
      events.push({ kind: 'entitlements-tagged', body: { tag: input.tag, isAssigned: input.isAssigned, entitlements: changed.slice(from, from + PER_EVENT) } })
    }
    if (events.length > 0) await recordEvents(context, queries, actor.email, events)
    return { changed: changed.length }
  })
}

/** Every tag that is known, given or asked for by a rule, with how many rights carry it. */
export async function listTags(context: Context, library: SodLibrary): Promise<TagUse[]> {
  const counts = new Map<string, number>()
  for (const { tags } of await policyCatalogue(context.store.db)) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const rulesOf = new Map<string, string[]>()
  for (const rule of await allSodRules(context.store.db)) {
    for (const tag of new Set([rule.left, rule.right, rule.compensating].flatMap((side) => side?.tags ?? []))) {
      rulesOf.set(tag, [...(rulesOf.get(tag) ?? []), rule.id])
    }
  }
  const described = new Map(library.tags.map((tag) => [tag.tag, tag]))
  return [...new Set([...described.keys(), ...counts.keys(), ...rulesOf.keys()])].sort().map((tag) => ({
    tag, name: described.get(tag)?.name ?? tag, description: described.get(tag)?.description ?? '', entitlements: counts.get(tag) ?? 0, rules: rulesOf.get(tag) ?? [],
  }))
}

/** Rights whose names look like a tag they do not carry: for an officer to confirm or leave. */
export async function suggestTags(context: Context, library: SodLibrary, tag: string | null): Promise<TagSuggestion[]> {
  const catalogue = await policyCatalogue(context.store.db)
  const byId = new Map(catalogue.map((entry) => [entry.id, entry]))
  return suggested(library.tags.filter((one) => tag === null || one.tag === tag), catalogue).flatMap(({ tag: found, id, because }) => {
    const entry = byId.get(id)
    return entry === undefined ? []
      : [{ tag: found, entitlementId: id, nativeId: entry.nativeId, name: entry.name, application: entry.application, source: entry.source, because }]
  })
}
