/** Most steps a number is cut into before the trees see it. */
export const MOST_BINS = 64

/** Cuts between steps: quantiles of the training rows, each different value at most once. Ascending. */
export function cutsOf(values: Float64Array): Float64Array {
  const sorted = values.slice().sort()
  const cuts: number[] = []
  for (let bin = 1; bin < MOST_BINS - 1; bin++) {
    const cut = sorted[Math.floor((bin * sorted.length) / (MOST_BINS - 1))]
    if (cut !== undefined && (cuts.length === 0 || cut > (cuts.at(-1) as number))) cuts.push(cut)
  }
  return Float64Array.from(cuts)
}

/** Step of each value: how many cuts are at or below it. */
export function binned(values: Float64Array, cuts: Float64Array): Uint8Array {
  return Uint8Array.from(values, (value) => {
    let [low, high] = [0, cuts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cuts[middle] as number) <= value) low = middle + 1
      else high = middle
    }
    return low
  })
}
