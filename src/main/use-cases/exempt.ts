import type { EventBody } from '../../shared/model/evidence.ts'
import type { SodExemption } from '../../shared/model/policy.ts'
import type { Queries } from '../storage/database.ts'
import { inTransaction } from '../storage/database.ts'
import { identityById } from '../storage/inventory-rows.ts'
import { endExemption as markEnded, exemptionsInForce, insertExemption, listExemptions } from '../storage/sod-exemptions.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvents } from './record-event.ts'

export interface NewExemption {
  readonly ruleId: string
  readonly identityId: number
  /** Who answers for the risk. */
  readonly owner: string
  readonly reason: string
  /** The last day it counts. */
  readonly until: string
}

/** Longer than two years nobody can answer for a risk without looking again. */
const LONGEST_DAYS = 731

/** Accepts one person's conflict for a time. Refused without a future end within two years. Replaces a running one of the same rule and person. */
export async function grantExemption(context: Context, actor: Actor, input: NewExemption, asOf: string): Promise<SodExemption> {
  mustBeOfficer(actor)
  if (input.until < asOf) throw new Refusal('invalid', `The last day, ${input.until}, has passed. Nothing was changed.`)
  if (daysBetween(asOf, input.until) > LONGEST_DAYS) throw new Refusal('invalid', 'An exemption runs for two years at most. Nothing was changed.')
  return inTransaction(context.store, async (queries) => {
    if (!(await allSodRules(queries)).some((rule) => rule.id === input.ruleId)) throw new Refusal('not-found', `There is no rule "${input.ruleId}" in force.`)
    if ((await identityById(queries, input.identityId)) === undefined) throw new Refusal('not-found', `There is no identity ${input.identityId}.`)
    const at = context.clock.now()
    const events: EventBody[] = []
    for (const old of await exemptionsInForce(queries)) {
      if (old.ruleId !== input.ruleId || old.identityId !== input.identityId) continue
      const why = 'Replaced by a new one.'
      await markEnded(queries, { id: old.id, by: actor.email, at, why })
      events.push({ kind: 'sod-exemption-ended', body: { exemption: old.id, rule: old.ruleId, identity: old.identityId, reason: why } })
    }
    const id = await insertExemption(queries, { ...input, by: actor.email, at })
    const { ruleId: rule, identityId: identity, owner, reason, until } = input
    await recordEvents(context, queries, actor.email, [...events, { kind: 'sod-exemption-granted', body: { exemption: id, rule, identity, owner, reason, until } }])
    return exemptionById(queries, id, asOf)
  })
}

/** Takes an exemption back before its day; the conflict counts again at once. */
export async function endExemption(
  context: Context, actor: Actor, input: { readonly id: number; readonly reason: string }, asOf: string,
): Promise<SodExemption> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const running = (await exemptionsInForce(queries)).find((one) => one.id === input.id)
    if (running === undefined) throw new Refusal('not-found', `There is no exemption ${input.id} that could be ended.`)
    await markEnded(queries, { id: input.id, by: actor.email, at: context.clock.now(), why: input.reason })
    await recordEvents(context, queries, actor.email, [
      { kind: 'sod-exemption-ended', body: { exemption: running.id, rule: running.ruleId, identity: running.identityId, reason: input.reason } },
    ])
    return exemptionById(queries, input.id, asOf)
  })
}

async function exemptionById(queries: Queries, id: number, asOf: string): Promise<SodExemption> {
  const found = (await listExemptions(queries, asOf)).find((one) => one.id === id)
  if (found === undefined) throw new Error(`exemption ${id} was written and is not there`)
  return found
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}
