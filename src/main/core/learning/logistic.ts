/** One family of indicator features: each row has at most one of its `size` values. */
export interface FeatureGroup {
  /** Value of each row, -1 = none of them. */
  readonly codes: Int32Array
  readonly size: number
}

export interface LogisticModel {
  /** Log-odds of approval before anything is known. */
  readonly bias: number
  /** Log-odds each value adds, per group. */
  readonly weights: readonly Float64Array[]
  /** What each group's weights were held back with (the inverse of their spread). */
  readonly penalties: readonly number[]
}

export interface LogisticOptions {
  readonly rounds: number
  /** Passes over all features between two estimates of the penalties. */
  readonly passes: number
  readonly firstPenalty: number
}

const LARGEST_STEP = 1
const SMALLEST_STEP = 1e-4
const [LEAST_PENALTY, MOST_PENALTY] = [0.5, 1e4]

/**
 * Logistic regression on indicator features, fitted by Newton steps one weight at a time. Each group's weights come from a normal
 * distribution around 0 whose spread is itself estimated from the data (empirical Bayes with a diagonal Laplace approximation), so a
 * cross that tells nothing is drawn to 0 without anybody choosing it away. No chance: same rows, same weights.
 * Cost: rounds × passes × groups × rows.
 */
export function fitLogistic(groups: readonly FeatureGroup[], approved: Uint8Array, options: LogisticOptions): LogisticModel {
  const count = approved.length
  let yes = 0
  for (const label of approved) yes += label
  let bias = Math.log((yes + 0.5) / (count - yes + 0.5))
  const margin = new Float64Array(count).fill(bias)
  const chance = new Float64Array(count).fill(chanceOf(bias))
  const indexed = groups.map((group) => ({ ...rowsByValue(group), weights: new Float64Array(group.size), penalty: options.firstPenalty }))

  for (let round = 0; round < options.rounds; round++) {
    for (let pass = 0; pass < options.passes; pass++) {
      const isEstimating = pass === options.passes - 1 && round < options.rounds - 1
      let [slope, curve] = [0, 1e-9]
      for (let row = 0; row < count; row++) {
        const now = chance[row] as number
        slope += now - (approved[row] as number)
        curve += now * (1 - now)
      }
      const shift = limited(-slope / curve)
      bias += shift
      for (let row = 0; row < count; row++) chance[row] = chanceOf((margin[row] = (margin[row] as number) + shift))
      for (const group of indexed) {
        const spread = fitGroup(group, approved, margin, chance)
        if (!isEstimating || spread.values === 0) continue
        group.penalty = Math.min(MOST_PENALTY, Math.max(LEAST_PENALTY, spread.values / spread.squares))
      }
    }
  }
  return { bias, weights: indexed.map(({ weights }) => weights), penalties: indexed.map(({ penalty }) => penalty) }
}

interface IndexedGroup {
  readonly start: Int32Array
  readonly rows: Int32Array
  readonly weights: Float64Array
  readonly penalty: number
}

/** One Newton step for each weight of a group. Returns how far the weights spread: the sum of their expected squares. */
function fitGroup(
  group: IndexedGroup, approved: Uint8Array, margin: Float64Array, chance: Float64Array,
): { readonly values: number; readonly squares: number } {
  const { start, rows, weights, penalty } = group
  let [values, squares] = [0, 0]
  for (let value = 0; value < weights.length; value++) {
    const [from, to] = [start[value] as number, start[value + 1] as number]
    if (from === to) continue
    const weight = weights[value] as number
    let [slope, curve] = [penalty * weight, penalty]
    for (let at = from; at < to; at++) {
      const row = rows[at] as number
      const now = chance[row] as number
      slope += now - (approved[row] as number)
      curve += now * (1 - now)
    }
    const step = limited(-slope / curve)
    let moved = weight
    if (Math.abs(step) >= SMALLEST_STEP) {
      moved = weight + step
      weights[value] = moved
      for (let at = from; at < to; at++) {
        const row = rows[at] as number
        chance[row] = chanceOf((margin[row] = (margin[row] as number) + step))
      }
    }
    values += 1
    squares += moved * moved + 1 / curve
  }
  return { values, squares }
}

function rowsByValue({ codes, size }: FeatureGroup): { readonly start: Int32Array; readonly rows: Int32Array } {
  const start = new Int32Array(size + 1)
  for (const code of codes) if (code >= 0) start[code + 1] = (start[code + 1] as number) + 1
  for (let code = 0; code < size; code++) start[code + 1] = (start[code + 1] as number) + (start[code] as number)
  const next = start.slice()
  const rows = new Int32Array(start[size] as number)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code < 0) continue
    const at = next[code] as number
    rows[at] = row
    next[code] = at + 1
  }
  return { start, rows }
}

function limited(step: number): number {
  return Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step))
}

export function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}
