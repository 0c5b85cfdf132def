import type { ConflictLine, EntitlementName, HeldSide, WhatIf } from '../../shared/model/policy.ts'
import { pathText } from '../core/inventory/effective-access.ts'
import { rightsAfter } from '../core/policy/rights-after.ts'
import { resolveRules } from '../core/policy/rule-sides.ts'
import { whatIf as outlookOf, type StandingHit } from '../core/policy/what-if.ts'
import { holdsOf, reachedThrough, type ReachedRight } from '../storage/nested-rights.ts'
import { policyCatalogue } from '../storage/policy-catalogue.ts'
import { identityById } from '../storage/inventory-rows.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Context } from './context.ts'
import { asConflictLines, exemptionsAsOf, gravestFirst } from './find-conflicts.ts'

/**
 * "If this person gets and loses these, then …": which conflicts would come, end or change. What is held through a group comes and goes
 * with it. Nothing is written.
 */
export async function whatIf(
  context: Context, input: { readonly identityId: number; readonly gets: readonly number[]; readonly loses: readonly number[] }, asOf: string,
): Promise<WhatIf> {
  const { store } = context
  const identity = await identityById(store.db, input.identityId)
  if (identity === undefined) throw new Refusal('not-found', `There is no identity ${input.identityId}.`)
  const catalogue = await policyCatalogue(store.db)
  const byId = new Map(catalogue.map((entry) => [entry.id, entry]))
  const byNativeId = new Map(catalogue.map((entry) => [`${entry.source}\n${entry.nativeId}`, entry]))
  const named = (ids: readonly number[]): EntitlementName[] => ids.map((id) => {
    const entry = byId.get(id)
    if (entry === undefined) throw new Refusal('not-found', `There is no entitlement ${id} in the sources connected now.`)
    return { id, nativeId: entry.nativeId, name: entry.name, application: entry.application, source: entry.source }
  })
  const [gets, loses] = [named(input.gets), named(input.loses)]
  const rules = await allSodRules(store.db)
  const exemptUntil = await exemptionsAsOf(store, asOf)
  const holds = await holdsOf(store.db, identity.id)
  const sourceOf = new Map(holds.map(({ right, source }) => [right, source]))
  const after = rightsAfter(holds, loses.flatMap(({ id, nativeId, name }) => {
    const source = sourceOf.get(id)
    return source === undefined ? [] : [{ right: id, source, nativeId, name }]
  }))
  const reached = new Map<number, ReachedRight>()
  for (const { id } of gets) for (const one of await reachedThrough(store.db, id)) if (!reached.has(one.right)) reached.set(one.right, one)
  const change = { gets: [...input.gets, ...reached.keys()], loses: after.lost }
  const outlook = outlookOf(resolveRules(rules, catalogue), sourceOf.keys(), change, (ruleId) => exemptUntil(ruleId, identity.id))

  /** A right that is not held yet has no account, and no path unless it comes through another. */
  const wayOf = (id: number): HeldSide | undefined => {
    const entry = byId.get(id)
    const steps = (reached.get(id)?.steps ?? []).map((step) => byNativeId.get(`${entry?.source}\n${step}`)?.name ?? step)
    return entry === undefined ? undefined : {
      entitlementId: id, nativeId: entry.nativeId, name: entry.name, application: entry.application, source: entry.source, account: '',
      path: steps.length === 0 ? '' : pathText(steps),
    }
  }
  const lines = (hits: readonly StandingHit[]): Promise<ConflictLine[]> =>
    asConflictLines(store, rules, gravestFirst(rules, hits.map((one) => ({ ...one, subject: identity.id }))), wayOf)
  const changes = []
  for (const pair of outlook.changes) {
    const [before] = await lines([pair.before])
    const [after] = await lines([pair.after])
    if (before !== undefined && after !== undefined) changes.push({ before, after })
  }
  return {
    identityId: identity.id, subject: identity.displayName, gets, loses,
    getsAlong: named([...reached.keys()].filter((id) => !sourceOf.has(id) && !input.gets.includes(id))),
    losesAlong: named(after.lostAlong.filter((id) => byId.has(id) && !change.gets.includes(id))),
    appears: await lines(outlook.appears), ends: await lines(outlook.ends), changes, stays: await lines(outlook.stays),
  }
}
