// From who holds what directly to what an account can really use: through nested groups, groups assigned to applications, roles given
// to groups. One grant per account, entitlement and direct holding it hangs on, by the shortest way; a right reached through two direct
// holdings is two grants, because taking one away leaves the other. Cycles end where they began.

/** An entitlement whose holders thereby hold another. Entitlements are indexes in the order of their ids, so that ties fall the same way every time. */
export interface NestedHold {
  readonly holder: number
  readonly entitlement: number
  readonly grantedAt: string | null
  readonly expiresAt: string | null
  /** Only the holder's own members get it, not those of groups nested in it: how Entra assigns applications to groups. */
  readonly isForDirectMembers: boolean
}

/** Nested holds by holder: those of `h` are at `start[h]` up to `start[h + 1]` of the other columns, ascending by entitlement. */
export interface AccessGraph {
  readonly count: number
  readonly start: Uint32Array
  readonly to: Uint32Array
  readonly grantedAt: readonly (string | null)[]
  readonly expiresAt: readonly (string | null)[]
  readonly isForDirectMembers: readonly boolean[]
}

/** An account's own hold. */
export interface DirectHold {
  readonly entitlement: number
  readonly grantedAt: string | null
  readonly expiresAt: string | null
}

/** `path`: entitlements from the directly held one to the last before the right; empty = held directly. Dates as known of the whole way. */
export interface EffectiveGrant extends DirectHold {
  readonly path: readonly number[]
}

/** What everybody who holds an entitlement holds through it, nearest first, the entitlement itself left out. */
export interface Reach {
  readonly entitlements: readonly number[]
  /** For each, the way there: starts with the entitlement asked about. */
  readonly paths: readonly (readonly number[])[]
  readonly grantedAt: readonly (string | null)[]
  readonly expiresAt: readonly (string | null)[]
}

export function accessGraph(count: number, holds: readonly NestedHold[]): AccessGraph {
  const sorted = holds.toSorted((one, two) => one.holder - two.holder || one.entitlement - two.entitlement)
  const start = new Uint32Array(count + 1)
  for (const { holder } of sorted) start[holder + 1] = (start[holder + 1] ?? 0) + 1
  for (let index = 1; index <= count; index++) start[index] = (start[index] ?? 0) + (start[index - 1] ?? 0)
  return {
    count, start, to: Uint32Array.from(sorted, ({ entitlement }) => entitlement), grantedAt: sorted.map(({ grantedAt }) => grantedAt),
    expiresAt: sorted.map(({ expiresAt }) => expiresAt), isForDirectMembers: sorted.map(({ isForDirectMembers }) => isForDirectMembers),
  }
}

/** Steps of remembered reaches: beyond it they are worked out again, so that a deep graph cannot fill the memory. */
const rememberedSteps = 4_000_000

/**
 * Says what can be reached from an entitlement. The answer is the same for each of its holders, so it is worked out once:
 * all accounts together cost their holds and what comes of them, not a search each.
 */
export function reachFinder(graph: AccessGraph): (start: number) => Reach {
  const seen = new Uint32Array(graph.count)
  const known = new Map<number, Reach>()
  let search = 0
  let steps = 0
  return (start) => {
    const before = known.get(start)
    if (before !== undefined) return before
    const reach = walk(graph, start, seen, ++search)
    steps += reach.entitlements.length + 1
    if (steps > rememberedSteps) {
      known.clear()
      steps = reach.entitlements.length + 1
    }
    known.set(start, reach)
    return reach
  }
}

function walk({ start: first, to, grantedAt, expiresAt, isForDirectMembers }: AccessGraph, from: number, seen: Uint32Array, search: number): Reach {
  const reach = { entitlements: [] as number[], paths: [] as number[][], grantedAt: [] as (string | null)[], expiresAt: [] as (string | null)[] }
  seen[from] = search
  const enter = (holder: number, via: readonly number[], granted: string | null | undefined, expires: string | null): void => {
    for (let at = first[holder] ?? 0; at < (first[holder + 1] ?? 0); at++) {
      const next = to[at] as number
      if (seen[next] === search || (isForDirectMembers[at] === true && holder !== from)) continue
      seen[next] = search
      reach.entitlements.push(next)
      reach.paths.push([...via, holder])
      reach.grantedAt.push(granted === undefined ? (grantedAt[at] ?? null) : sinceWhen(granted, grantedAt[at] ?? null))
      reach.expiresAt.push(untilWhen(expires, expiresAt[at] ?? null))
    }
  }
  enter(from, [], undefined, null)
  for (let at = 0; at < reach.entitlements.length; at++) {
    enter(reach.entitlements[at] as number, reach.paths[at] as number[], reach.grantedAt[at] ?? null, reach.expiresAt[at] ?? null)
  }
  return reach
}

/** A way exists since its last piece does, and nobody knows since when if one piece is not dated. */
function sinceWhen(one: string | null, two: string | null): string | null {
  if (one === null || two === null) return null
  return one > two ? one : two
}

/** A way ends with the first of its pieces that ends. */
function untilWhen(one: string | null, two: string | null): string | null {
  if (one === null || two === null) return one ?? two
  return one < two ? one : two
}

/** Everything an account holds: its own holds first, each followed by what hangs on it. */
export function* effectiveGrants(direct: readonly DirectHold[], reachOf: (start: number) => Reach): Generator<EffectiveGrant> {
  for (const hold of direct) {
    yield { ...hold, path: [] }
    const { entitlements, paths, grantedAt, expiresAt } = reachOf(hold.entitlement)
    for (let at = 0; at < entitlements.length; at++) {
      yield {
        entitlement: entitlements[at] as number, path: paths[at] as readonly number[], grantedAt: sinceWhen(hold.grantedAt, grantedAt[at] ?? null),
        expiresAt: untilWhen(hold.expiresAt, expiresAt[at] ?? null),
      }
    }
  }
}

const separator = ' > '

/** A grant's path as it is stored: `direct`, or the ids of the entitlements it comes through; `pathSteps` reads it back. */
export function pathText(ids: readonly string[]): string {
  return ids.length === 0 ? 'direct' : ids.join(separator)
}
