import type { Snapshot } from '../../shared/model/source.ts'
import { addMonths, usageByMonth } from '../core/inventory/usage-by-month.ts'
import { hitsOf, rightsOn, standingOf } from '../core/policy/rule-hits.ts'
import { resolveRules } from '../core/policy/rule-sides.ts'
import { entitlementDetail, type EntitlementFacts } from '../storage/entitlement-detail.ts'
import { holdersUse, usageKnownSince } from '../storage/entitlement-usage.ts'
import { exemptionsOf, heldRights, personDecisions, personDetail, personUsage } from '../storage/person-detail.ts'
import { recomputeContentHash } from '../storage/snapshot-hash.ts'
import { snapshotById, snapshotPage, type SnapshotRow } from '../storage/snapshots.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Context } from './context.ts'

const monthsShown = 12
const decisionsShown = 200

/** One identity: accounts, access, use by month, HR history, conflicts and what was decided about it. */
export async function showPerson(context: Context, identityId: number, asOf: string) {
  const { db } = context.store
  const person = await personDetail(db, identityId)
  if (person === undefined) throw new Refusal('not-found', `There is no identity ${identityId}.`)
  const toMonth = asOf.slice(0, 7)
  const { rows, covered } = await personUsage(db, identityId, addMonths(toMonth, 1 - monthsShown), toMonth)
  return {
    ...person,
    usage: { months: [...usageByMonth(rows)], covered: [...covered] },
    conflicts: await conflictsOf(context, identityId, asOf),
    decisions: await personDecisions(db, identityId, decisionsShown),
  }
}

/** Rules that what one identity holds now breaks: the same rules and the same reading of them as in a campaign, for one person. */
async function conflictsOf(context: Context, identityId: number, asOf: string) {
  const { db } = context.store
  const rules = await allSodRules(db)
  if (rules.length === 0) return []
  const rights = await heldRights(db, identityId)
  const exempt = await exemptionsOf(db, identityId, asOf)
  const resolved = resolveRules(rules, rights)
  const nameOf = new Map(rights.map((right) => [right.id, right.name]))
  const names = (ids: readonly number[]): string[] => ids.flatMap((id) => nameOf.get(id) ?? [])
  return hitsOf(resolved, rights.map(({ id }) => id)).flatMap((hit) => {
    const rule = rules[hit.rule]
    if (rule === undefined) return []
    const standing = standingOf(hit, exempt.get(rule.id) ?? null)
    const because = standing.state === 'mitigated' ? (nameOf.get(standing.by) ?? null) : standing.state === 'exempt' ? standing.until : null
    const { id, name, severity, description } = rule
    return [{ rule: { id, name, severity, description }, left: names(rightsOn(hit, 'left')), right: names(rightsOn(hit, 'right')), state: standing.state, because }]
  })
}

export async function showEntitlement(context: Context, entitlementId: number): Promise<EntitlementFacts> {
  const found = await entitlementDetail(context.store.db, entitlementId)
  if (found === undefined) throw new Refusal('not-found', `There is no entitlement ${entitlementId}.`)
  return found
}

/** Holders looked at before others get their turn: a few milliseconds' worth. */
const holdersAtOnce = 1_000

/** How long ago an entitlement's holders last used it, as of a day. Looks at them a thousand at a time, so that nobody waits for it. */
export async function showEntitlementUsage(context: Context, entitlementId: number, asOf: string) {
  const { db } = context.store
  const { entitlement } = await showEntitlement(context, entitlementId)
  const knownSince = await usageKnownSince(db, entitlement.sourceId)
  const counts = { holders: 0, within30Days: 0, within90Days: 0, within365Days: 0, longer: 0, notSeen: 0 }
  const day = Date.parse(`${asOf}T00:00:00Z`)
  for (let after = 0; ;) {
    const page = await holdersUse(db, { entitlementId, application: entitlement.application, after, limit: holdersAtOnce })
    for (const { lastUsed } of page) {
      counts.holders++
      counts[lastUsed === null ? 'notSeen' : ageOf((day - Date.parse(`${lastUsed.slice(0, 10)}T00:00:00Z`)) / 86_400_000)]++
    }
    const last = page.at(-1)
    if (last === undefined || page.length < holdersAtOnce) return { ...counts, knownSince }
    after = last.accountId
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function ageOf(days: number): 'within30Days' | 'within90Days' | 'within365Days' | 'longer' {
  return days <= 30 ? 'within30Days' : days <= 90 ? 'within90Days' : days <= 365 ? 'within365Days' : 'longer'
}

/** A page of a past snapshot, and its content hash computed anew from what the store holds. */
export async function showSnapshot(
  context: Context, input: { readonly snapshot: number; readonly from: number; readonly limit: number },
): Promise<{ snapshot: Snapshot; recomputedHash: string; rows: SnapshotRow[] }> {
  const snapshot = await snapshotById(context.store.db, input.snapshot)
  if (snapshot === undefined) throw new Refusal('not-found', `There is no snapshot ${input.snapshot}.`)
  return { snapshot, recomputedHash: await recomputeContentHash(context.store, snapshot), rows: [...(await snapshotPage(context.store, snapshot, input))] }
}
