import type { SignalOf } from '../../../shared/model/signal.ts'
import { pairCounts } from './pair-counts.ts'
import type { PairCounts } from './pair-counts.ts'
import type { MovedAttribute, Population } from './population.ts'
import { contains, isPeer } from './rights.ts'
import type { Rights } from './rights.ts'

export type PeerBasis = SignalOf<'peer-prevalence'>['facts']['basis']
type AttributeBasis = Exclude<PeerBasis, 'similar-access'> | 'location'

/** How many others a group must have before its habits say anything. */
export const PEERS_NEEDED = 5

export interface PeerShare {
  readonly basis: PeerBasis
  readonly group: string
  /** Others in the group, and how many of them hold the right; the person judged is in neither. */
  readonly peers: number
  readonly holders: number
}

/** Groups by HR attribute. Sizes and holder counts are prepared once, so that one look-up costs the same for any group size. */
export interface PeerGroups {
  /** The comparison to judge by; or, where no group is large enough, the size of the largest. */
  readonly compare: (identity: number, entitlement: number) => PeerShare | { readonly largest: number }
  /** Share in the group with this attribute value, whether or not the person is in it. Null: too few others to say. */
  readonly shareWithin: (
    attribute: MovedAttribute, label: number, identity: number, entitlement: number
  ) => { peers: number; holders: number } | null
}

interface Basis {
  /** Group of each identity, -1 = none. */
  readonly group: Int32Array
  readonly size: Int32Array
  readonly holders: PairCounts
}

/** Prepares every basis in one pass over the rights. `peer`: 1 for identities that count as somebody's colleague. */
export function peerGroups(population: Population, rights: Rights): PeerGroups {
  const { identities, labels } = population
  const peer = Uint8Array.from({ length: identities.count }, (_, identity) => Number(isPeer(population, identity)))
  const held = (identity: number): Int32Array => rights.entitlement.subarray(rights.start[identity], rights.start[identity + 1])

  const basisOf = (group: Int32Array, groups: number): Basis => {
    const size = new Int32Array(groups)
    const holders = pairCounts(rights.entitlement.length / 2)
    for (let identity = 0; identity < identities.count; identity++) {
      const own = group[identity] as number
      if (own < 0 || peer[identity] === 0) continue
      size[own] = (size[own] as number) + 1
      for (const entitlement of held(identity)) holders.add(own, entitlement)
    }
    return { group, size, holders }
  }
  const pair = pairedGroups(identities.department, identities.title)
  const bases: Record<AttributeBasis, Basis> = {
    'department-and-title': basisOf(pair.group, pair.count),
    department: basisOf(identities.department, labels.length),
    title: basisOf(identities.title, labels.length),
    manager: basisOf(identities.manager, identities.count),
    location: basisOf(identities.location, labels.length),
  }

  /** Leave one out: the person judged is taken out of the group before it is measured. */
  const shareIn = (basis: Basis, group: number, identity: number, entitlement: number): { peers: number; holders: number } => {
    const isMember = basis.group[identity] === group && peer[identity] === 1
    const self = isMember ? 1 : 0
    const selfHolds = isMember && contains(held(identity), entitlement) ? 1 : 0
    return { peers: (basis.size[group] as number) - self, holders: basis.holders.count(group, entitlement) - selfHolds }
  }
  const groupName = (name: AttributeBasis, identity: number): string => {
    const [department, title] = [
      labels[identities.department[identity] as number] ?? '', labels[identities.title[identity] as number] ?? '',
    ]
    if (name === 'department-and-title') return `${title}, ${department}`
    if (name === 'manager') return `identity ${identities.id[identities.manager[identity] as number] ?? ''}`
    return name === 'department' ? department : title
  }

  return {
    compare: (identity, entitlement) => {
      let largest = 0
      let best: PeerShare | null = null
      for (const name of ['department-and-title', 'manager', 'title', 'department'] as const) {
        const group = bases[name].group[identity] as number
        if (group < 0) continue
        const share = shareIn(bases[name], group, identity, entitlement)
        largest = Math.max(largest, share.peers)
        if (share.peers < PEERS_NEEDED) continue
        // Same job in the same place settles it. The wider groups each explain another kind of right (the team's, the job's, the
        // department's), so a right counts as usual if any one of them makes it so.
        if (best === null || smoothedShare(share) > smoothedShare(best)) best = { basis: name, group: groupName(name, identity), ...share }
        if (name === 'department-and-title') break
      }
      return best ?? { largest }
    },
    shareWithin: (attribute, label, identity, entitlement) => {
      const share = shareIn(bases[attribute], label, identity, entitlement)
      return share.peers >= PEERS_NEEDED ? share : null
    },
  }
}

/**
 * Share in thousandths, drawn towards the middle for small groups: none of 5 is weaker evidence than none of 50. Source: Laplace's rule
 * of succession.
 */
export function smoothedShare(share: { readonly peers: number; readonly holders: number }): number {
  return Math.floor((1000 * (share.holders + 1)) / (share.peers + 2))
}

export function percentOf(share: { readonly peers: number; readonly holders: number }): number {
  return share.peers === 0 ? 0 : Math.round((100 * share.holders) / share.peers)
}

/** Groups of those who share both values; -1 where either is unknown. */
export function pairedGroups(first: Int32Array, second: Int32Array): { group: Int32Array; count: number } {
  const known = new Map<string, number>()
  const group = first.map((one, at) => {
    const other = second[at] as number
    if (one < 0 || other < 0) return -1
    const key = `${one} ${other}`
    const there = known.get(key) ?? known.size
    known.set(key, there)
    return there
  })
  return { group, count: known.size }
}
