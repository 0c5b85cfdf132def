import { mixed } from './pair-counts.ts'
import { PEERS_NEEDED } from './peer-groups.ts'
import type { Population } from './population.ts'
import { contains, isPeer } from './rights.ts'
import type { Rights } from './rights.ts'

// Peers where HR says nothing: people who hold much the same rights. The right under test must not help to choose the people it is
// then compared with, and the cost must not grow with the crowd. Both come from min-hashing (Broder 1997):
//
// - A band hashes all rights of a person three times and keeps each time the right with the lowest hash. People with the same three
//   rights in a band stand in the same bucket; the more alike two people are, the more buckets they share.
// - A band is *touched* by a right if that right is one of the person's three lowest. In an untouched band the bucket is exactly the
//   one that would exist had nobody that right: anyone standing in it has the same three lowest rights, so theirs is higher too; and
//   whoever stands elsewhere because that right is their lowest lacks one of the bucket's three. So leaving out the right under test
//   is choosing candidates from untouched bands only: exact, and free.
// - From each bucket at most MEMBERS_PER_BAND candidates are looked at, in a fixed scrambled order; likeness is then computed exactly
//   (Jaccard, without the right under test). So a person costs BANDS × MEMBERS_PER_BAND set comparisons, whatever the crowd.

const BANDS = 24
const ROWS = 3
const MEMBERS_PER_BAND = 6
/** Candidates at least this alike (percent of all rights either holds) are peers; the most alike PEERS_KEPT of them are counted. */
const LIKENESS_NEEDED = 40
const PEERS_KEPT = 30
const CLOSEST = 10
/** Fewer other rights than this say too little about what somebody's work is. */
export const OTHER_RIGHTS_NEEDED = 5
/** Candidates take about 3 kB a person: at most 200 MB are kept. */
const REMEMBERED_PEOPLE = 65_536

/** People most alike in everything but one right, and how many of them hold it. */
export interface SimilarPeople {
  /** Up to PEERS_KEPT of them; below PEERS_NEEDED = nobody similar. */
  readonly peers: number
  readonly holders: number
  /** The very closest of them; `likeness` in percent is that of the least alike. */
  readonly closest: { readonly people: number; readonly holders: number; readonly likeness: number }
}

export interface SimilarAccess {
  readonly compare: (identity: number, entitlement: number) => SimilarPeople
}

const nobody: SimilarPeople = { peers: 0, holders: 0, closest: { people: 0, holders: 0, likeness: 0 } }

/** Candidates of one person. Per candidate: size of their rights, rights in common, bands that found them. */
interface Candidates {
  readonly ids: Int32Array
  readonly sizes: Int32Array
  readonly common: Int32Array
  readonly foundBy: Int32Array
  /** The few rights that are lowest somewhere, and the bands each of them touches. */
  readonly touching: Int32Array
  readonly touched: Int32Array
}

/** Hashes everybody's rights once (BANDS × ROWS hashes per right). Needs 4 bytes × BANDS per identity. */
export function similarAccess(population: Population, rights: Rights): SimilarAccess {
  const count = population.identities.count
  const held = (identity: number): Int32Array => rights.entitlement.subarray(rights.start[identity], rights.start[identity + 1])
  const buckets = Array.from({ length: BANDS }, () => new Map<number, number[]>())
  const position = new Int32Array(count * BANDS)
  for (const identity of scrambledOrder(count)) {
    if (!isPeer(population, identity)) continue
    const own = held(identity)
    if (own.length === 0) continue
    for (let band = 0; band < BANDS; band++) {
      const key = bandKey(lowestRights(own, band))
      const bucket = buckets[band]?.get(key)
      position[identity * BANDS + band] = bucket?.length ?? 0
      if (bucket === undefined) buckets[band]?.set(key, [identity])
      else bucket.push(identity)
    }
  }

  const marks = new Uint8Array(population.entitlements.count)
  const candidatesOf = (identity: number): Candidates => {
    const own = held(identity)
    const touched = new Map<number, number>()
    const foundBy = new Map<number, number>()
    for (let band = 0; band < BANDS; band++) {
      const lowest = lowestRights(own, band)
      for (const right of lowest) touched.set(right, (touched.get(right) ?? 0) | (1 << band))
      const bucket = buckets[band]?.get(bandKey(lowest)) ?? []
      const from = position[identity * BANDS + band] as number
      for (let step = 1; step <= MEMBERS_PER_BAND && step < bucket.length; step++) {
        // Each band begins one further on, else people with the very same rights would find the same few in every band.
        const other = bucket[(from + band + step) % bucket.length] as number
        if (other !== identity) foundBy.set(other, (foundBy.get(other) ?? 0) | (1 << band))
      }
    }
    for (const right of own) marks[right] = 1
    const ids = Int32Array.from(foundBy.keys()).sort()
    const common = ids.map((other) => {
      let shared = 0
      for (const right of held(other)) shared += marks[right] as number
      return shared
    })
    for (const right of own) marks[right] = 0
    return {
      ids, common, sizes: ids.map((other) => held(other).length), foundBy: ids.map((other) => foundBy.get(other) ?? 0),
      touching: Int32Array.from(touched.keys()), touched: Int32Array.from(touched.values()),
    }
  }

  // Queues are walked riskiest first, so one person comes up many times, far apart.
  const remembered = new Map<number, Candidates>()
  const candidatesFor = (identity: number): Candidates => {
    const known = remembered.get(identity)
    if (known !== undefined) return known
    if (remembered.size >= REMEMBERED_PEOPLE) remembered.clear()
    const found = candidatesOf(identity)
    remembered.set(identity, found)
    return found
  }
  return {
    compare: (identity, entitlement) => {
      const own = held(identity)
      const ownOthers = own.length - (contains(own, entitlement) ? 1 : 0)
      if (ownOthers < OTHER_RIGHTS_NEEDED) return nobody
      const candidates = candidatesFor(identity)
      const isOwn = ownOthers < own.length
      const place = candidates.touching.indexOf(entitlement)
      const untouched = ~(place < 0 ? 0 : (candidates.touched[place] as number))
      const alike: { likeness: number; holds: boolean; id: number }[] = []
      for (let at = 0; at < candidates.ids.length; at++) {
        if (((candidates.foundBy[at] as number) & untouched) === 0) continue
        const id = candidates.ids[at] as number
        const holds = contains(held(id), entitlement)
        const common = (candidates.common[at] as number) - (holds && isOwn ? 1 : 0)
        const size = (candidates.sizes[at] as number) - (holds ? 1 : 0)
        const likeness = Math.floor((100 * common) / (ownOthers + size - common))
        if (likeness >= LIKENESS_NEEDED) alike.push({ likeness, holds, id })
      }
      alike.sort((a, b) => b.likeness - a.likeness || mixed(a.id, 0) - mixed(b.id, 0) || a.id - b.id)
      const peers = alike.slice(0, PEERS_KEPT)
      if (peers.length < PEERS_NEEDED) return { ...nobody, peers: peers.length }
      const closest = peers.slice(0, CLOSEST)
      const holdersAmong = (people: readonly { readonly holds: boolean }[]): number => people.filter((one) => one.holds).length
      return {
        peers: peers.length, holders: holdersAmong(peers),
        closest: { people: closest.length, holders: holdersAmong(closest), likeness: closest.at(-1)?.likeness ?? 0 },
      }
    },
  }
}

/** The rights with the lowest hash, one per row of the band. */
function lowestRights(rights: Int32Array, band: number): readonly number[] {
  const lowest: number[] = []
  for (let row = 0; row < ROWS; row++) {
    let [best, bestHash] = [-1, Infinity]
    for (const right of rights) {
      const hash = mixed(right, band * ROWS + row + 1)
      if (hash < bestHash) [best, bestHash] = [right, hash]
    }
    lowest.push(best)
  }
  return lowest
}

/** Exact for up to 131,072 entitlements; beyond, two buckets may rarely merge, which only adds candidates that likeness then rejects. */
function bandKey(lowest: readonly number[]): number {
  return lowest.reduce((key, right) => (key * 131_072 + right) % 2_251_799_813_685_248, 0)
}

/** A fixed order unrelated to names, ids or sources, so that "the first few" of a bucket are a fair draw. */
function scrambledOrder(count: number): Int32Array {
  const hash = Uint32Array.from({ length: count }, (_, identity) => mixed(identity, 77))
  return Int32Array.from({ length: count }, (_, identity) => identity).sort((a, b) => (hash[a] as number) - (hash[b] as number) || a - b)
}
