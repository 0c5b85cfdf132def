import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'
import type { RemediationSettings } from '../../../shared/model/remediation.ts'

const dayMs = 86_400_000

/** The day by which a snapshot has to prove it gone: sooner where the right can do more harm. */
export function dueDay(plannedOn: string, right: { readonly privilege: Privilege; readonly risk: Risk }, days: RemediationSettings['slaDays']): string {
  const isUrgent = right.privilege !== 'none' || right.risk === 'high' || right.risk === 'critical'
  return new Date(Date.parse(`${plannedOn}T00:00:00Z`) + (isUrgent ? days.urgent : days.standard) * dayMs).toISOString().slice(0, 10)
}
