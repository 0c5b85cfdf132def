import { oktaRule, readAll, type OktaRule } from './answers.ts'
import type { Org } from './org.ts'
import { holdsFor, type Verdict } from './rule-expression.ts'
import { walk } from './walk.ts'

/**
 * Which groups are filled by rules, and whether a rule explains a member. Okta's public interface does not say who put a member into a group
 * (only the administrators' console shows "managed by"), so the rule's own condition is put to the member's profile.
 */
export interface GroupRules {
  readonly isTarget: (groupId: string) => boolean
  /** Same text, same rules: whoever keeps it sees when a rule began or ceased to fill a group. */
  readonly fingerprint: string
  /** The rule that puts this user into the group; `unknown` names one whose condition only Okta can evaluate. */
  readonly explain: (groupId: string, user: { readonly id: string; readonly profile: Readonly<Record<string, unknown>> }) => Explanation
}

export type Explanation =
  | { readonly is: 'by-rule'; readonly rule: OktaRule }
  | { readonly is: 'unknown'; readonly rule: OktaRule }
  | { readonly is: 'not-by-rule' }

/** Reads all rules; only active ones fill groups. `asked` and `body`: for the record of the reading. */
export async function readGroupRules(org: Org): Promise<GroupRules & { readonly asked: string; readonly body: string }> {
  const rules: OktaRule[] = []
  let asked = ''
  for await (const page of walk(org, 'okta.groups.read', (client) => client.groupApi.listGroupRules({ limit: 200 }), null)) {
    rules.push(...readAll(page.items, oktaRule, 'a group rule').taken)
    asked = page.asked
  }
  return { ...groupRulesOf(rules), asked, body: JSON.stringify(rules) }
}

export function groupRulesOf(rules: readonly OktaRule[]): GroupRules {
  const byGroup = new Map<string, OktaRule[]>()
  for (const rule of rules) {
    if (rule.status !== 'ACTIVE') continue
    for (const groupId of rule.actions?.assignUserToGroups?.groupIds ?? []) byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), rule])
  }
  return {
    isTarget: (groupId) => byGroup.has(groupId),
    fingerprint: [...byGroup.keys()].sort().join(' '),
    explain(groupId, user) {
      let unknown: OktaRule | null = null
      for (const rule of byGroup.get(groupId) ?? []) {
        const verdict = verdictOf(rule, user)
        if (verdict === 'yes') return { is: 'by-rule', rule }
        if (verdict === 'unknown') unknown ??= rule
      }
      return unknown === null ? { is: 'not-by-rule' } : { is: 'unknown', rule: unknown }
    },
  }
}

function verdictOf(rule: OktaRule, user: { readonly id: string; readonly profile: Readonly<Record<string, unknown>> }): Verdict {
  if ((rule.conditions?.people?.users?.exclude ?? []).includes(user.id)) return 'no'
  const verdict = holdsFor(rule.conditions?.expression?.value ?? '', user.profile)
  // Who is left out by group cannot be seen from the member alone.
  return verdict === 'yes' && (rule.conditions?.people?.groups?.exclude ?? []).length > 0 ? 'unknown' : verdict
}
