import type { SignalWeights } from '../../../shared/model/recommendation.ts'

/** Every weight the engine asks for, by signal kind and case. The values and their reasons live in `resources/signal-weights.json`. */
export const weightKeys = [
  'last-use.month', 'last-use.quarter', 'last-use.half-year', 'last-use.year', 'last-use.longer', 'last-use.within-rhythm',
  'last-use.on-leave', 'last-use.stale',
  'never-used.month', 'never-used.quarter', 'never-used.half-year', 'never-used.on-leave',
  'usage-frequency.frequent', 'usage-frequency.regular', 'usage-frequency.broken', 'usage-frequency.context',
  'usage-vs-peers.as-others', 'usage-vs-peers.below', 'usage-vs-peers.far-below', 'usage-vs-peers.own-rhythm', 'usage-vs-peers.others-idle',
  'usage-vs-peers.stale',
  'dormant-account.half-year', 'dormant-account.year', 'dormant-account.on-leave', 'dormant-account.stale',
  'peer-prevalence.close.nearly-all', 'peer-prevalence.close.most', 'peer-prevalence.close.some', 'peer-prevalence.close.few',
  'peer-prevalence.close.hardly',
  'peer-prevalence.broad.nearly-all', 'peer-prevalence.broad.most', 'peer-prevalence.broad.some', 'peer-prevalence.broad.few',
  'peer-prevalence.broad.hardly',
  'similar-identities.nearly-all', 'similar-identities.most', 'similar-identities.some', 'similar-identities.few', 'similar-identities.none',
  'no-peer-group',
  'companion-right.nearly-all', 'companion-right.most', 'companion-right.some', 'companion-right.few', 'companion-right.hardly',
  'mover.left-over', 'mover.unusual-now', 'mover.still-usual', 'mover.unclear', 'mover.place',
  'manager-change', 'leaver', 'account-disabled', 'orphan-account.no-candidate', 'orphan-account.two-candidates',
  'privilege.elevated', 'privilege.admin', 'risk.high', 'risk.critical',
  'sod-conflict.medium', 'sod-conflict.high', 'sod-conflict.critical', 'sod-conflict.mitigated', 'sod-conflict.exempt',
  'past-decision.kept', 'past-decision.kept-long-ago', 'past-decision.revoked', 'past-decision.mixed',
  'unreviewed-streak.once', 'unreviewed-streak.repeated',
  'new-grant', 'grant-age.recent', 'grant-age.old', 'grant-path.indirect', 'expiring.past', 'expiring.ahead',
  'service-account', 'outsider.guest', 'outsider.contractor',
  'data-gap.usage-none', 'data-gap.usage-short', 'data-gap.usage-quarter', 'data-gap.usage-half-year', 'data-gap.hr', 'data-gap.granted-at',
] as const

export type WeightKey = (typeof weightKeys)[number]

/** Looks a weight up. Throws, naming them, if the file lacks any: a silently missing weight would be a silently wrong verdict. */
export function weightLookup(weights: SignalWeights): (key: WeightKey) => number {
  const missing = weightKeys.filter((key) => weights.weights[key] === undefined)
  if (missing.length > 0) throw new Error(`The signal weights (version ${weights.version}) lack ${missing.join(', ')}`)
  const values = new Map<WeightKey, number>(weightKeys.map((key) => [key, weights.weights[key]?.value ?? 0]))
  return (key) => values.get(key) ?? 0
}
