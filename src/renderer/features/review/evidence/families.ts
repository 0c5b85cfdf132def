import type { Signal, SignalKind } from '../../../../shared/model/signal.ts'

/** Signals that belong on one card, because they are looked at together. */
export type Family = 'conflict' | 'hr' | 'usage' | 'peers' | 'history' | 'access' | 'sensitivity' | 'account'

const familyOfKind: Record<Exclude<SignalKind, 'data-gap'>, Family> = {
  'last-use': 'usage', 'never-used': 'usage', 'usage-frequency': 'usage', 'usage-vs-peers': 'usage',
  'dormant-account': 'usage',
  'peer-prevalence': 'peers', 'no-peer-group': 'peers', 'similar-identities': 'peers', 'companion-right': 'peers',
  'past-decision': 'history', 'unreviewed-streak': 'history',
  mover: 'hr', 'manager-change': 'hr', leaver: 'hr',
  'sod-conflict': 'conflict',
  'new-grant': 'access', 'grant-age': 'access', 'grant-path': 'access', expiring: 'access',
  privilege: 'sensitivity', risk: 'sensitivity',
  'account-disabled': 'account', 'orphan-account': 'account', 'service-account': 'account', outsider: 'account',
}

export const familyOf = (signal: Signal): Family => {
  if (signal.kind !== 'data-gap') return familyOfKind[signal.kind]
  if (signal.facts.about === 'usage') return 'usage'
  return signal.facts.about === 'hr' ? 'hr' : 'access'
}

export interface EvidenceFamily {
  readonly family: Family
  readonly signals: readonly Signal[]
}

/** Conflicts and people first, then what was done with the access, then how it came about. */
const order: readonly Family[] = ['conflict', 'account', 'hr', 'usage', 'peers', 'history', 'sensitivity', 'access']

/** One card per family. With `isWeightShown` the heaviest evidence comes first; else the order gives nothing away. */
export const toFamilies = (signals: readonly Signal[], isWeightShown: boolean): readonly EvidenceFamily[] => {
  const families = new Map<Family, Signal[]>()
  for (const signal of signals) {
    const family = familyOf(signal)
    families.set(family, [...(families.get(family) ?? []), signal])
  }
  const heaviest = (family: EvidenceFamily): number => Math.max(...family.signals.map((signal) => Math.abs(signal.weight)))
  const cards = [...families].map(([family, members]): EvidenceFamily => ({ family, signals: members }))
  return cards.toSorted((a, b) => {
    const fixed = order.indexOf(a.family) - order.indexOf(b.family)
    return isWeightShown ? heaviest(b) - heaviest(a) || fixed : fixed
  })
}
