import { binned, cutsOf } from './bins.ts'
import { growTrees, leafOf } from './boosted-trees.ts'
import type { Tree, TreeOptions } from './boosted-trees.ts'
import { combine } from './combine.ts'
import type { Combination } from './combine.ts'
import { buildCrosses, codesFor } from './crosses.ts'
import type { Cross } from './crosses.ts'
import { independentColumns, recoded, rowsOf, SAME_GRANT, withProfile } from './decision-table.ts'
import type { DecisionTable } from './decision-table.ts'
import { encode, encodingsFor, varieties } from './encodings.ts'
import type { Encoder } from './encodings.ts'
import { FAMILIARITY_STEPS, familiarityStep } from './familiarity.ts'
import { chanceOf, fitLogistic } from './logistic.ts'
import type { FeatureGroup, LogisticModel, LogisticOptions } from './logistic.ts'
import { stratifiedFolds } from './seeded.ts'

export interface LearningOptions {
  readonly seed: number
  readonly logistic: LogisticOptions
  /** Without the seed, which follows from `seed`. */
  readonly trees: Omit<TreeOptions, 'seed'>
  /** Forests that are averaged, each with approvals counted over other folds. */
  readonly forests: number
  readonly encodingFolds: number
  /** Parts in which the members are weighed against each other on rows they have not seen. */
  readonly combiningFolds: number
}

/** Chosen by repeated cross-validation on one half of the Amazon access decisions; the other half was never seen. */
export const defaultLearning: LearningOptions = {
  seed: 1,
  logistic: { rounds: 12, passes: 1, firstPenalty: 5 },
  trees: { trees: 350, leaves: 10, depth: 8, rate: 0.03, leastCurve: 0.7, penalty: 5, featureShare: 0.08, rowShare: 0.7 },
  forests: 3,
  encodingFolds: 8,
  combiningFolds: 3,
}

/** Two members over the same crosses: weights of combinations, and small trees over counts and shares of the same combinations. */
export interface Members {
  /** Columns learned from, the profile last. */
  readonly names: readonly string[]
  /** Columns that make up the profile. */
  readonly attributes: readonly string[]
  readonly values: readonly (readonly string[])[]
  readonly encoder: Encoder
  readonly logistic: LogisticModel
  readonly cuts: readonly Float64Array[]
  readonly forests: readonly (readonly Tree[])[]
}

export interface LearnedModel extends Members {
  readonly combination: Combination
  readonly decisions: number
  readonly approved: number
}

/** A model, and what it would have said about each decision it was made from had it not seen it. */
export interface Learned {
  readonly model: LearnedModel
  /** Log-odds of approval by row, from members and shares fitted without the row's own fold. */
  readonly heldOut: Float64Array
}

/**
 * Learns from past decisions what is usually approved. Linear in decisions; same decisions, options and seed: same model. Throws where
 * nothing can be learned because all decisions are alike or too few to be split.
 */
export function learn(table: DecisionTable, options: LearningOptions = defaultLearning): LearnedModel {
  const steps = learning(table, options)
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value.model
  }
}

/** The same, pausing now and then to say which share is done, so that whoever waits can be told, or stop it. */
export function* learning(table: DecisionTable, options: LearningOptions = defaultLearning): Generator<number, Learned, void> {
  const approved = table.approved.reduce((sum, label) => sum + label, 0)
  if (Math.min(approved, table.count - approved) < options.combiningFolds * 2) {
    throw new Error(`${table.count} decisions, ${approved} of them approvals: too few of one kind to learn from`)
  }
  const fold = stratifiedFolds(table.approved, options.combiningFolds, options.seed)
  const unseen: [Float64Array, Float64Array] = [new Float64Array(table.count), new Float64Array(table.count)]
  // The regression takes about as long as one forest.
  const parts = 2 * options.combiningFolds + options.forests + 1
  for (let held = 0; held < options.combiningFolds; held++) {
    const [kept, out] = split(fold, held)
    const fitting = fitMembers(rowsOf(table, kept), { ...options, forests: 1, seed: options.seed + 101 * (held + 1) })
    const said = askMembers(yield* scaled(fitting, 2 * held / parts, 2 / parts), rowsOf(table, out))
    for (const [at, row] of out.entries()) {
      unseen[0][row] = said[0][at] as number
      unseen[1][row] = said[1][at] as number
    }
  }
  const members = yield* scaled(fitMembers(table, options), 2 * options.combiningFolds / parts, (options.forests + 1) / parts)
  const model = { ...members, combination: combine(unseen, table.approved), decisions: table.count, approved }
  return { model, heldOut: crossCombined(unseen, table.approved, fold, options.combiningFolds) }
}

function* scaled<T>(steps: Generator<number, T, void>, from: number, width: number): Generator<number, T, void> {
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
    yield from + next.value * width
  }
}

/** What the members say together, their shares fitted on the other folds only. */
function crossCombined(unseen: readonly Float64Array[], approved: Uint8Array, fold: Uint8Array, folds: number): Float64Array {
  const together = new Float64Array(approved.length)
  for (let held = 0; held < folds; held++) {
    const [kept, out] = split(fold, held)
    const { offset, shares } = combine(
      unseen.map((member) => Float64Array.from(kept, (row) => member[row] as number)), Uint8Array.from(kept, (row) => approved[row] as number),
    )
    for (const row of out) together[row] = unseen.reduce((sum, member, at) => sum + (shares[at] ?? 0) * (member[row] as number), offset)
  }
  return together
}

/** Chance of approval of each row, 0 to 1. The rows' own `approved` is not looked at. */
export function chancesOf(model: LearnedModel, rows: DecisionTable): Float64Array {
  return logOddsOf(model, rows).map(chanceOf)
}

/** Learned log-odds of approval of each row. */
export function logOddsOf(model: LearnedModel, rows: DecisionTable): Float64Array {
  const { offset, shares } = model.combination
  const [first, second] = askMembers(model, rows)
  return first.map((value, row) => offset + (shares[0] ?? 0) * value + (shares[1] ?? 0) * (second[row] as number))
}

/** Chances for every row from models that have not seen it. */
export function crossValidated(
  table: DecisionTable, folds: number, options: LearningOptions = defaultLearning,
): { readonly chances: Float64Array; readonly fold: Uint8Array } {
  const fold = stratifiedFolds(table.approved, folds, options.seed + 7919)
  const chances = new Float64Array(table.count)
  for (let held = 0; held < folds; held++) {
    const [kept, out] = split(fold, held)
    const said = chancesOf(learn(rowsOf(table, kept), options), rowsOf(table, out))
    for (const [at, row] of out.entries()) chances[row] = said[at] as number
  }
  return { chances, fold }
}

/** Rows outside and inside a fold. */
export function split(fold: Uint8Array, held: number): readonly [Int32Array, Int32Array] {
  const all = Int32Array.from(fold, (_, row) => row)
  return [all.filter((row) => fold[row] !== held), all.filter((row) => fold[row] === held)]
}

function* fitMembers(history: DecisionTable, options: LearningOptions): Generator<number, Members, void> {
  yield 0
  const attributes = independentColumns(history)
    .filter((column) => column > 0)
    .map((column) => history.names[column] as string)
    .filter((name) => name !== SAME_GRANT)
  const table = withProfile(history, attributes)
  const { list, codes } = buildCrosses(table, independentColumns(table))
  const logistic = fitLogistic(indicatorGroups(list, codes, true), table.approved, options.logistic)
  const encodings = encodingsFor(list)
  const prior = table.approved.reduce((sum, label) => sum + label, 0) / table.count
  const encoder: Encoder = { crosses: list, encodings, varieties: varieties(list, codes, encodings), prior }
  let cuts: readonly Float64Array[] | null = null
  const forests: (readonly Tree[])[] = []
  for (let forest = 0; forest < options.forests; forest++) {
    const seed = options.seed + 31 * (forest + 1)
    const fold = stratifiedFolds(table.approved, options.encodingFolds, seed)
    const numbers = encode(encoder, codes, { approved: table.approved, fold, folds: options.encodingFolds })
    const own = (cuts ??= numbers.map(cutsOf))
    const bins = numbers.map((values, at) => binned(values, own[at] as Float64Array))
    const growing = growTrees(bins, table.approved, treeBias(prior), { ...options.trees, seed })
    forests.push(yield* scaled(growing, (forest + 1) / (options.forests + 1), 1 / (options.forests + 1)))
  }
  return { names: table.names, attributes, values: table.values, encoder, logistic, cuts: cuts ?? [], forests }
}

/** Log-odds of each member for each row. */
function askMembers(members: Members, rows: DecisionTable): readonly [Float64Array, Float64Array] {
  const { groups, bins } = featuresOf(members, rows)
  const weights = Float64Array.from({ length: rows.count }, (_, row) =>
    groups.reduce((sum, { codes }, group) => {
      const code = codes[row] as number
      return code < 0 ? sum : sum + (members.logistic.weights[group]?.[code] ?? 0)
    }, members.logistic.bias),
  )
  const trees = new Float64Array(rows.count).fill(treeBias(members.encoder.prior))
  for (const forest of members.forests) {
    for (const tree of forest) {
      for (let row = 0; row < rows.count; row++) {
        trees[row] = (trees[row] as number) + (tree.value[leafOf(tree, bins, row)] as number) / members.forests.length
      }
    }
  }
  return [weights, trees]
}

export interface Features {
  readonly codes: readonly Int32Array[]
  readonly groups: readonly FeatureGroup[]
  readonly bins: readonly Uint8Array[]
}

/** What both members look at, for new rows. */
export function featuresOf(members: Members, rows: DecisionTable): Features {
  return featuresFrom(members, recoded(withProfile(rows, members.attributes), members.names, members.values))
}

/** The same for rows already in the members' codes, the profile's column last; -1 for a value they never saw. */
export function featuresFrom(members: Members, columns: readonly Int32Array[]): Features {
  const codes = codesFor(members.encoder.crosses, columns)
  const numbers = encode(members.encoder, codes, null)
  return {
    codes,
    groups: indicatorGroups(members.encoder.crosses, codes, false),
    bins: numbers.map((values, at) => binned(values, members.cuts[at] as Float64Array)),
  }
}

/** Two groups a cross: which combination it is, and how familiar it is. A training row is left out of its own count. */
function indicatorGroups(crosses: readonly Cross[], codes: readonly Int32Array[], isTraining: boolean): readonly FeatureGroup[] {
  const self = isTraining ? 1 : 0
  return crosses.flatMap(({ decided }, at) => {
    const own = codes[at] as Int32Array
    const steps = own.map((code) => familiarityStep(code < 0 ? 0 : (decided[code] as number) - self))
    return [{ codes: own, size: decided.length }, { codes: steps, size: FAMILIARITY_STEPS }]
  })
}

export function treeBias(prior: number): number {
  return Math.log(prior / (1 - prior))
}
