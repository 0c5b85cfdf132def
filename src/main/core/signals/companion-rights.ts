import { groupRows } from './columns.ts'
import { PEERS_NEEDED, smoothedShare } from './peer-groups.ts'
import type { Population } from './population.ts'
import { contains, isPeer } from './rights.ts'
import type { Rights } from './rights.ts'
import { OTHER_RIGHTS_NEEDED } from './similar-access.ts'

// Who holds too little to have people of similar access can still be told a little: of the others who hold another right of theirs, how
// many hold the right under test too. The other right with which it goes most often is the companion. The person is left out of both
// counts, so that a right nobody else combines like this cannot vouch for itself. Among many rights one goes with anything by chance, so
// nobody with enough for a comparison of whole profiles is judged like this.

const REMEMBERED_PAIRS = 1_000_000

export interface Companion {
  /** The other right. */
  readonly right: number
  /** Others who hold the companion, and how many of them hold the right under test. */
  readonly others: number
  readonly holders: number
  /** Of everybody else, whatever they hold: what a share has to be above to say that the two go together. */
  readonly everybody: { readonly people: number; readonly holders: number }
}

export interface CompanionRights {
  /**
   * Null: the person has rights enough for similar access, no other of them is held by enough others, or nobody else at all holds the
   * right under test, which then goes with nothing.
   */
  readonly companionOf: (identity: number, entitlement: number) => Companion | null
}

/** One pass over the rights. A look-up walks the shorter of two lists of holders for each companion, each pair of rights once. */
export function companionRights(population: Population, rights: Rights): CompanionRights {
  const count = population.entitlements.count
  const held = (identity: number): Int32Array => rights.entitlement.subarray(rights.start[identity], rights.start[identity + 1])
  const people = population.identities.count
  const counted: number[] = []
  for (let identity = 0; identity < people; identity++) if (isPeer(population, identity)) counted.push(identity)
  const rowCount = counted.reduce((sum, identity) => sum + held(identity).length, 0)
  const [right, holder] = [new Int32Array(rowCount), new Int32Array(rowCount)]
  let row = 0
  for (const identity of counted) {
    for (const one of held(identity)) {
      right[row] = one
      holder[row++] = identity
    }
  }
  const byRight = groupRows(right, count)
  const sizeOf = (one: number): number => (byRight.start[one + 1] as number) - (byRight.start[one] as number)

  const joint = new Map<number, number>()
  const holdersOfBoth = (first: number, second: number): number => {
    const [few, many] = sizeOf(first) <= sizeOf(second) ? [first, second] : [second, first]
    const key = few * count + many
    const known = joint.get(key)
    if (known !== undefined) return known
    let both = 0
    for (let at = byRight.start[few] as number; at < (byRight.start[few + 1] as number); at++) {
      if (contains(held(holder[byRight.rows[at] as number] as number), many)) both += 1
    }
    if (joint.size >= REMEMBERED_PAIRS) joint.clear()
    joint.set(key, both)
    return both
  }

  return {
    companionOf: (identity, entitlement) => {
      const self = isPeer(population, identity) ? 1 : 0
      const own = held(identity)
      const isOwn = contains(own, entitlement)
      const others = own.filter((one) => one !== entitlement)
      const everybody = { people: counted.length - self, holders: sizeOf(entitlement) - (isOwn ? self : 0) }
      if (others.length >= OTHER_RIGHTS_NEEDED || everybody.holders === 0) return null
      let best: Companion | null = null
      let bestShare = -1
      for (const one of others) {
        const found = { right: one, others: sizeOf(one) - self, holders: holdersOfBoth(one, entitlement) - (isOwn ? self : 0), everybody }
        if (found.others < PEERS_NEEDED) continue
        const share = smoothedShare({ peers: found.others, holders: found.holders })
        if (share > bestShare || (share === bestShare && found.others > (best?.others ?? 0))) [best, bestShare] = [found, share]
      }
      return best
    },
  }
}
