import type { ConflictLine, EntitlementName, HeldSide, WhatIf } from '../../shared/model/policy.ts'
import { resolveRules } from '../core/policy/rule-sides.ts'
import { whatIf as outlookOf, type StandingHit } from '../core/policy/what-if.ts'
import { policyCatalogue, rightsHeldBy } from '../storage/policy-catalogue.ts'
import { identityById } from '../storage/inventory-rows.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Context } from './context.ts'
import { asConflictLines, exemptionsAsOf, gravestFirst } from './find-conflicts.ts'

/** "If this person gets and loses these, then …": which conflicts would come, end or change. Nothing is written. */
export async function whatIf(
  context: Context, input: { readonly identityId: number; readonly gets: readonly number[]; readonly loses: readonly number[] }, asOf: string,
): Promise<WhatIf> {
  const { store } = context
  const identity = await identityById(store.db, input.identityId)
  if (identity === undefined) throw new Refusal('not-found', `There is no identity ${input.identityId}.`)
  const catalogue = await policyCatalogue(store.db)
  const byId = new Map(catalogue.map((entry) => [entry.id, entry]))
  const named = (ids: readonly number[]): EntitlementName[] => ids.map((id) => {
    const entry = byId.get(id)
    if (entry === undefined) throw new Refusal('not-found', `There is no entitlement ${id} in the sources connected now.`)
    return { id, nativeId: entry.nativeId, name: entry.name, application: entry.application, source: entry.source }
  })
  const [gets, loses] = [named(input.gets), named(input.loses)]
  const rules = await allSodRules(store.db)
  const exemptUntil = await exemptionsAsOf(store, asOf)
  const outlook = outlookOf(resolveRules(rules, catalogue), await rightsHeldBy(store.db, identity.id), input, (ruleId) => exemptUntil(ruleId, identity.id))

  /** A right that is not held yet has no account and no path. */
  const wayOf = (id: number): HeldSide | undefined => {
    const entry = byId.get(id)
    return entry === undefined ? undefined
      : { entitlementId: id, nativeId: entry.nativeId, name: entry.name, application: entry.application, source: entry.source, account: '', path: '' }
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
    appears: await lines(outlook.appears), ends: await lines(outlook.ends), changes, stays: await lines(outlook.stays),
  }
}
