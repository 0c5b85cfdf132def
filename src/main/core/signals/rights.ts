import { firstAtLeast } from './columns.ts'
import { identityKinds, statuses, subjectCount, subjectOf } from './population.ts'
import type { Population } from './population.ts'

/** Which different entitlements each subject holds, through whichever accounts and paths; ascending per subject. */
export interface Rights {
  readonly start: Int32Array
  readonly entitlement: Int32Array
  /** Grants of subject `s` are `grantStart[s]` to `grantStart[s + 1] - 1`: grants are sorted by subject. */
  readonly grantStart: Int32Array
}

export function rightsOf(population: Population): Rights {
  const subjects = subjectCount(population)
  const { account, entitlement, count } = population.grants
  const grantStart = new Int32Array(subjects + 1)
  for (let grant = 0; grant < count; grant++) {
    const subject = subjectOf(population, account[grant] as number)
    grantStart[subject + 1] = (grantStart[subject + 1] as number) + 1
  }
  for (let subject = 0; subject < subjects; subject++) {
    grantStart[subject + 1] = (grantStart[subject + 1] as number) + (grantStart[subject] as number)
  }
  const start = new Int32Array(subjects + 1)
  const distinct = new Int32Array(count)
  let length = 0
  for (let subject = 0; subject < subjects; subject++) {
    const held = entitlement.slice(grantStart[subject], grantStart[subject + 1]).sort()
    let last = -1
    for (const right of held) {
      if (right !== last) distinct[length++] = right
      last = right
    }
    start[subject + 1] = length
  }
  return { start, entitlement: distinct.slice(0, length), grantStart }
}

/** People only: services and shared logins are never judged as people, nor counted among anybody's colleagues. */
export function isPersonKind(kind: number): boolean {
  const name = identityKinds[kind]
  return name !== 'service' && name !== 'shared'
}

/** Who can be somebody's peer: a person who has not left. */
export function isPeer(population: Population, identity: number): boolean {
  const status = statuses[population.identities.status[identity] as number]
  return isPersonKind(population.identities.kind[identity] as number) && status !== 'inactive' && status !== 'gone'
}

/** Is `value` in an ascending list. */
export function contains(sorted: Int32Array, value: number): boolean {
  return sorted[firstAtLeast(sorted, value)] === value
}
