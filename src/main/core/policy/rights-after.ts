// What somebody would hold after losing and getting rights, with whatever hangs on them: members of a group that is taken away lose
// what they held through it, unless they hold it another way.

/** One hold of one account: `steps` are what stands between, the one held directly first; none = held directly. Live sources write ids, files names. */
export interface Hold {
  readonly right: number
  readonly source: number
  readonly steps: readonly string[]
}

export interface LostRight {
  readonly right: number
  readonly source: number
  readonly nativeId: string
  readonly name: string
}

export interface RightsAfter {
  /** Rights no hold is left of: those named, and what was held only through them. */
  readonly lost: ReadonlySet<number>
  /** Of these, the ones nobody named, in the order of the holds. */
  readonly lostAlong: readonly number[]
}

/** However it is held, a right that is named goes; so does every hold that passes through it. Ids mean something within one source only. */
export function rightsAfter(holds: readonly Hold[], loses: readonly LostRight[]): RightsAfter {
  const named = new Set(loses.map(({ right }) => right))
  const cut = new Set(loses.flatMap(({ source, nativeId, name }) => [`${source}\n${nativeId}`, `${source}\n${name}`]))
  const stands = ({ right, source, steps }: Hold): boolean => !named.has(right) && !steps.some((step) => cut.has(`${source}\n${step}`))
  const left = new Set(holds.filter(stands).map(({ right }) => right))
  const lost = new Set(holds.map(({ right }) => right).filter((right) => !left.has(right)))
  return { lost, lostAlong: [...lost].filter((right) => !named.has(right)) }
}
