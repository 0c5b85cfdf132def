import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'
import type { AutomaticRule, RemediationBasis } from '../../../shared/model/remediation.ts'

export interface AutomaticFacts {
  readonly basis: RemediationBasis
  readonly byConnector: boolean
  readonly privilege: Privilege
  readonly risk: Risk
  readonly alsoLost: number
  readonly hasLeft: boolean
  readonly isDisabled: boolean
}

/**
 * The first of the rules an officer switched on that lets this go without asking again; null = a person has to approve. Never for
 * privileged or high-risk rights, never where more than the reviewed right would go, and only for what a person decided.
 */
export function automaticRuleFor(facts: AutomaticFacts, switchedOn: readonly AutomaticRule[]): AutomaticRule | null {
  const isHarmless = facts.privilege === 'none' && (facts.risk === 'low' || facts.risk === 'medium')
  if (!facts.byConnector || facts.basis !== 'decision' || !isHarmless || facts.alsoLost > 0) return null
  const fits: Readonly<Record<AutomaticRule, boolean>> = {
    'low-risk-direct': facts.risk === 'low', 'left-the-organisation': facts.hasLeft, 'disabled-account': facts.isDisabled,
  }
  return switchedOn.find((rule) => fits[rule]) ?? null
}
