import type { Recommendation } from '../../../shared/model/recommendation.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

/**
 * "Decide, then reveal": advice stays hidden until the reviewer has chosen on high-risk items and on a control share drawn from the
 * packet's hash, so that anyone can re-draw it and nobody can pick it.
 * @param packetHash SHA-256 in hex; its first 32 bits decide.
 */
export function hidesAdvice(
  item: { readonly privilege: Privilege; readonly risk: Risk; readonly action: Recommendation['action'] }, packetHash: string, sharePercent: number,
): boolean {
  if (item.privilege === 'admin' || item.risk === 'critical') return true
  return (Number.parseInt(packetHash.slice(0, 8), 16) % 10_000) / 100 < sharePercent
}
