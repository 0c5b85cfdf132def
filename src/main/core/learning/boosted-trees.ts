import { MOST_BINS } from './bins.ts'
import { chanceOf } from './logistic.ts'
import { seeded } from './seeded.ts'

/** A small tree: where it splits, and at every node, leaf or not, the log-odds the rows there call for. Node 0 is the root. */
export interface Tree {
  /** Feature asked at each node, -1 at a leaf. */
  readonly feature: Int16Array
  /** Rows at or below this step go left. */
  readonly step: Uint8Array
  readonly left: Int16Array
  readonly right: Int16Array
  /** Already multiplied by the learning rate. */
  readonly value: Float64Array
}

export interface TreeOptions {
  readonly trees: number
  readonly leaves: number
  readonly depth: number
  readonly rate: number
  /** Least curvature (roughly: rows that are in doubt) on each side of a split. */
  readonly leastCurve: number
  readonly penalty: number
  /** Share of features and of rows each tree may look at. */
  readonly featureShare: number
  readonly rowShare: number
  readonly seed: number
}

const TREES_A_PAUSE = 20

/**
 * Gradient boosting of small trees on binned features (Friedman 2001; histograms and best-first growth as in LightGBM). Same rows,
 * options and seed: same trees. Cost per tree: rows × features looked at × depth. Pauses now and then, saying which share is grown.
 */
export function* growTrees(
  bins: readonly Uint8Array[], approved: Uint8Array, bias: number, options: TreeOptions,
): Generator<number, readonly Tree[], void> {
  const random = seeded(options.seed)
  const count = approved.length
  const margin = new Float64Array(count).fill(bias)
  const [slope, curve] = [new Float64Array(count), new Float64Array(count)]
  const trees: Tree[] = []
  for (let number = 0; number < options.trees; number++) {
    if (number % TREES_A_PAUSE === 0) yield number / options.trees
    const rows: number[] = []
    for (let row = 0; row < count; row++) {
      const chance = chanceOf(margin[row] as number)
      slope[row] = chance - (approved[row] as number)
      curve[row] = chance * (1 - chance)
      if (random() < options.rowShare) rows.push(row)
    }
    const features = bins.flatMap((_, feature) => (random() < options.featureShare ? [feature] : []))
    const tree = growTree(bins, Int32Array.from(rows), features, slope, curve, options)
    trees.push(tree)
    for (let row = 0; row < count; row++) margin[row] = (margin[row] as number) + (tree.value[leafOf(tree, bins, row)] as number)
  }
  return trees
}

interface OpenNode {
  readonly node: number
  readonly rows: Int32Array
  readonly depth: number
  readonly split: Split
}
interface Split {
  readonly gain: number
  readonly feature: number
  readonly step: number
}
const NO_SPLIT: Split = { gain: 0, feature: -1, step: 0 }
const LEAST_GAIN = 1e-6

function growTree(
  bins: readonly Uint8Array[], rows: Int32Array, features: readonly number[], slope: Float64Array, curve: Float64Array,
  options: TreeOptions,
): Tree {
  const feature: number[] = []
  const step: number[] = []
  const [left, right, value]: [number[], number[], number[]] = [[], [], []]
  const open: OpenNode[] = []
  const addNode = (own: Int32Array, depth: number): number => {
    const node = feature.length
    let [slopes, curves] = [0, 0]
    for (const row of own) {
      slopes += slope[row] as number
      curves += curve[row] as number
    }
    feature.push(-1)
    step.push(0)
    left.push(-1)
    right.push(-1)
    value.push((-slopes / (curves + options.penalty)) * options.rate)
    const split = depth < options.depth ? bestSplit(bins, own, features, slope, curve, slopes, curves, options) : NO_SPLIT
    if (split.feature >= 0) open.push({ node, rows: own, depth, split })
    return node
  }
  addNode(rows, 0)
  for (let leaves = 1; leaves < options.leaves; leaves++) {
    const next = open.reduce((best, { split }, at) => (best < 0 || split.gain > (open[best] as OpenNode).split.gain ? at : best), -1)
    const chosen = open.splice(next < 0 ? open.length : next, 1)[0]
    if (chosen === undefined) break
    const bin = bins[chosen.split.feature] as Uint8Array
    const goesLeft = (row: number): boolean => (bin[row] as number) <= chosen.split.step
    feature[chosen.node] = chosen.split.feature
    step[chosen.node] = chosen.split.step
    left[chosen.node] = addNode(chosen.rows.filter(goesLeft), chosen.depth + 1)
    right[chosen.node] = addNode(chosen.rows.filter((row) => !goesLeft(row)), chosen.depth + 1)
  }
  return {
    feature: Int16Array.from(feature), step: Uint8Array.from(step), left: Int16Array.from(left), right: Int16Array.from(right),
    value: Float64Array.from(value),
  }
}

function bestSplit(
  bins: readonly Uint8Array[], rows: Int32Array, features: readonly number[], slope: Float64Array, curve: Float64Array,
  slopes: number, curves: number, { penalty, leastCurve }: TreeOptions,
): Split {
  if (curves < 2 * leastCurve) return NO_SPLIT
  const whole = (slopes * slopes) / (curves + penalty)
  const [slopeOfBin, curveOfBin] = [new Float64Array(MOST_BINS), new Float64Array(MOST_BINS)]
  let [bestGain, bestFeature, bestStep] = [LEAST_GAIN, -1, 0]
  for (const feature of features) {
    const bin = bins[feature] as Uint8Array
    slopeOfBin.fill(0)
    curveOfBin.fill(0)
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number
      const place = bin[row] as number
      slopeOfBin[place] = (slopeOfBin[place] as number) + (slope[row] as number)
      curveOfBin[place] = (curveOfBin[place] as number) + (curve[row] as number)
    }
    let [slopeLeft, curveLeft] = [0, 0]
    for (let place = 0; place < MOST_BINS - 1; place++) {
      slopeLeft += slopeOfBin[place] as number
      curveLeft += curveOfBin[place] as number
      const curveRight = curves - curveLeft
      if (curveLeft < leastCurve) continue
      if (curveRight < leastCurve) break
      const slopeRight = slopes - slopeLeft
      const gain = (slopeLeft * slopeLeft) / (curveLeft + penalty) + (slopeRight * slopeRight) / (curveRight + penalty) - whole
      if (gain > bestGain) [bestGain, bestFeature, bestStep] = [gain, feature, place]
    }
  }
  return bestFeature < 0 ? NO_SPLIT : { gain: bestGain, feature: bestFeature, step: bestStep }
}

export function leafOf(tree: Tree, bins: readonly Uint8Array[], row: number): number {
  let node = 0
  for (let feature = tree.feature[0] as number; feature >= 0; feature = tree.feature[node] as number) {
    const isLeft = ((bins[feature] as Uint8Array)[row] as number) <= (tree.step[node] as number)
    node = (isLeft ? tree.left[node] : tree.right[node]) as number
  }
  return node
}
