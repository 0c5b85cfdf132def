import type { EventBody } from '../../shared/model/evidence.ts'
import type { SodRule } from '../../shared/model/sod-rule.ts'
import { toHex, utf8Bytes, type Hash } from '../core/evidence/bytes.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { catchesTheSame, ruleProblem } from '../core/policy/rule-problems.ts'
import { inTransaction } from '../storage/database.ts'
import { endExemption, exemptionsInForce } from '../storage/sod-exemptions.ts'
import { allSodRules, replaceSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvents } from './record-event.ts'

/** What names a set of rules: the hash its event carries. */
export function rulesHashOf(hash: Hash, rules: readonly SodRule[]): string {
  return toHex(hash(utf8Bytes(canonicalJson(rules))))
}

/**
 * Puts a set of separation-of-duties rules in force. Campaigns launched before keep the conflicts they were launched with. Exemptions end
 * with their rule, and when it catches other rights than those they were given for. `basedOn`: the hash of the rules the caller changed;
 * if others are in force by now nothing is written. Refused: two rules of one name, a right on both sides.
 */
export async function setSodRules(
  context: Context, actor: Actor, input: { readonly rules: readonly SodRule[]; readonly basedOn: string | null },
): Promise<{ rules: number; exemptionsEnded: number; rulesHash: string }> {
  mustBeOfficer(actor)
  const rules = input.rules.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const problem = ruleProblem(rules)
  if (problem !== null) throw new Refusal('invalid', `${problem} Nothing was changed.`)
  const rulesHash = rulesHashOf(context.hash, rules)
  return inTransaction(context.store, async (queries) => {
    const before = await allSodRules(queries)
    if (input.basedOn !== null && rulesHashOf(context.hash, before) !== input.basedOn) {
      throw new Refusal('conflict', 'Somebody else has changed the rules since you opened them. Nothing was changed; look at them again.')
    }
    await replaceSodRules(queries, rules)
    const events: EventBody[] = [{ kind: 'sod-rules-set', body: { rules: rules.length, rulesHash } }]
    const at = context.clock.now()
    for (const { id, ruleId, identityId } of await exemptionsInForce(queries)) {
      const was = before.find((rule) => rule.id === ruleId)
      const is = rules.find((rule) => rule.id === ruleId)
      if (was !== undefined && is !== undefined && catchesTheSame(was, is)) continue
      const reason = is === undefined ? 'The rule is no longer in force.' : 'The rule now catches other rights than those it was given for.'
      await endExemption(queries, { id, by: actor.email, at, why: reason })
      events.push({ kind: 'sod-exemption-ended', body: { exemption: id, rule: ruleId, identity: identityId, reason } })
    }
    await recordEvents(context, queries, actor.email, events)
    return { rules: rules.length, exemptionsEnded: events.length - 1, rulesHash }
  })
}
