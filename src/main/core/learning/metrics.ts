/** How well scores of approval (higher = safer) put the denied decisions first. */
export interface RankingFigures {
  /** Chance that a random approved row scores above a random denied one; 0.5 is guessing. */
  readonly auc: number
  /** Mean precision at each denied row, riskiest first. */
  readonly averagePrecision: number
  /** Share of all denied rows among the riskiest 5, 10 and 20 per cent. */
  readonly recallAt5: number
  readonly recallAt10: number
  readonly recallAt20: number
  /** Mean distance between chance said and share that came true, over ten equally large groups by chance. */
  readonly calibrationError: number
}

const BINS = 10

/** `chances` are chances of approval. Equal scores share their places: no order of the rows changes a figure. */
export function rankingFigures(chances: Float64Array, approved: Uint8Array): RankingFigures {
  const order = Int32Array.from(chances, (_, row) => row).sort((a, b) => (chances[a] as number) - (chances[b] as number) || a - b)
  const denied = approved.reduce((sum, label) => sum + 1 - label, 0)
  return {
    auc: areaUnderCurve(chances, approved),
    averagePrecision: averagePrecision(order, chances, approved, denied),
    recallAt5: recallAt(order, chances, approved, denied, 0.05),
    recallAt10: recallAt(order, chances, approved, denied, 0.1),
    recallAt20: recallAt(order, chances, approved, denied, 0.2),
    calibrationError: calibrationError(order, chances, approved),
  }
}

/** Mann–Whitney: from the ranks of the approved rows, equal scores sharing their mean rank. NaN without both outcomes. */
export function areaUnderCurve(scores: Float64Array, approved: Uint8Array): number {
  const order = Int32Array.from(scores, (_, row) => row).sort((a, b) => (scores[a] as number) - (scores[b] as number))
  let [ranks, positives] = [0, 0]
  forEachTie(order, scores, (from, to) => {
    for (let at = from; at < to; at++) {
      if (approved[order[at] as number] !== 1) continue
      ranks += (from + to + 1) / 2
      positives += 1
    }
  })
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives))
}

function averagePrecision(order: Int32Array, chances: Float64Array, approved: Uint8Array, denied: number): number {
  let [sum, found] = [0, 0]
  forEachTie(order, chances, (from, to) => {
    const here = deniedBetween(order, approved, from, to)
    found += here
    sum += here * (found / to)
  })
  return sum / denied
}

/** Rows tied at the border count in proportion to how many of them fit. */
function recallAt(order: Int32Array, chances: Float64Array, approved: Uint8Array, denied: number, share: number): number {
  const places = order.length * share
  let found = 0
  forEachTie(order, chances, (from, to) => {
    const fitting = Math.max(0, Math.min(1, (places - from) / (to - from)))
    found += fitting * deniedBetween(order, approved, from, to)
  })
  return found / denied
}

function calibrationError(order: Int32Array, chances: Float64Array, approved: Uint8Array): number {
  let error = 0
  for (let bin = 0; bin < BINS; bin++) {
    const rows = order.subarray(Math.floor((bin * order.length) / BINS), Math.floor(((bin + 1) * order.length) / BINS))
    const said = rows.reduce((sum, row) => sum + (chances[row] as number), 0)
    const came = rows.reduce((sum, row) => sum + (approved[row] as number), 0)
    error += Math.abs(said - came) / order.length
  }
  return error
}

function deniedBetween(order: Int32Array, approved: Uint8Array, from: number, to: number): number {
  let denied = 0
  for (let at = from; at < to; at++) denied += 1 - (approved[order[at] as number] as number)
  return denied
}

function forEachTie(order: Int32Array, scores: Float64Array, seen: (from: number, to: number) => void): void {
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && scores[order[to] as number] === scores[order[from] as number]) to++
    seen(from, to)
  }
}
