import type { SodRule } from '../../shared/model/sod-rule.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { inTransaction } from '../storage/database.ts'
import { replaceSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Puts a set of separation-of-duties rules in force. Campaigns launched before keep the conflicts they were launched with. */
export async function setSodRules(context: Context, actor: Actor, rules: readonly SodRule[]): Promise<{ rules: number }> {
  mustBeOfficer(actor)
  const ids = new Set<string>()
  for (const rule of rules) {
    if (ids.has(rule.id)) throw new Refusal('invalid', `Two rules are called "${rule.id}". Nothing was changed.`)
    ids.add(rule.id)
    const both = rule.left.find((entitlement) => rule.right.includes(entitlement))
    if (both !== undefined) throw new Refusal('invalid', `Rule "${rule.id}" has "${both}" on both sides, so nobody could hold it. Nothing was changed.`)
  }
  const rulesHash = toHex(context.hash(utf8Bytes(canonicalJson(rules))))
  await inTransaction(context.store, async (queries) => {
    await replaceSodRules(queries, rules)
    await recordEvent(context, queries, actor.email, { kind: 'sod-rules-set', body: { rules: rules.length, rulesHash } })
  })
  return { rules: rules.length }
}
