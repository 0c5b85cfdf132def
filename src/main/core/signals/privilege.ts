import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { privileges, risks } from './population.ts'

/** How much damage the right could do in the wrong hands: it raises what keeping it has to be worth. */
export function privilegeSignals(context: GrantContext): readonly Draft[] {
  const { entitlements } = context.population
  const privilege = privileges[entitlements.privilege[context.entitlement] as number]
  const risk = risks[entitlements.risk[context.entitlement] as number]
  const rows = [context.rows.entitlement]
  const signals: Draft[] = []
  if (privilege === 'elevated' || privilege === 'admin') {
    signals.push({ kind: 'privilege', facts: { privilege }, quality: 'observed', rows, weighs: `privilege.${privilege}` })
  }
  if (risk === 'high' || risk === 'critical') {signals.push(
    { kind: 'risk', facts: { risk }, quality: 'observed', rows, weighs: `risk.${risk}` },
  )}
  return signals
}
