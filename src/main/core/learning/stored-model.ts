import type { Tree } from './boosted-trees.ts'
import { buildCrosses } from './crosses.ts'
import { independentColumns, withProfile, type DecisionTable } from './decision-table.ts'
import { encodingsFor, varieties } from './encodings.ts'
import type { LearnedModel } from './learn.ts'

/**
 * A model as text: the decisions it counted and every fitted number, so that it scores for ever as it did, without learning again.
 * Weights and tree values are whole millionths of log-odds. Counts are not written; they follow from the decisions.
 */
interface StoredModel {
  readonly v: 1
  readonly names: readonly string[]
  readonly attributes: readonly string[]
  readonly values: readonly (readonly string[])[]
  readonly columns: readonly (readonly number[])[]
  readonly approved: readonly number[]
  readonly decidedOn: readonly (string | null)[]
  readonly logistic: { readonly bias: number; readonly weights: readonly (readonly number[])[]; readonly penalties: readonly number[] }
  readonly cuts: readonly (readonly number[])[]
  readonly forests: readonly (readonly (readonly (readonly number[])[])[])[]
  readonly combination: { readonly offset: number; readonly shares: readonly number[] }
}

/** A model together with the decisions behind its counts: what scoring a single grant needs. */
export interface CountedModel {
  readonly model: LearnedModel
  readonly history: DecisionTable
  /** Day of each decision, null where nobody knows. */
  readonly decidedOn: readonly (string | null)[]
}

const FORMAT = 1
const UNIT = 1e6
const whole = (value: number): number => Math.round(value * UNIT) + 0

/** Same model and decisions, same text. What the text says is the model: score with what `readModel` makes of it. */
export function writeModel({ model, history, decidedOn }: CountedModel): string {
  const stored: StoredModel = {
    v: FORMAT,
    names: history.names, attributes: model.attributes, values: history.values, columns: history.columns.map((column) => [...column]),
    approved: [...history.approved], decidedOn,
    logistic: {
      bias: whole(model.logistic.bias), weights: model.logistic.weights.map((weights) => Array.from(weights, whole)), penalties: model.logistic.penalties,
    },
    cuts: model.cuts.map((cuts) => [...cuts]),
    forests: model.forests.map((trees) => trees.map(({ feature, step, left, right, value }) =>
      [[...feature], [...step], [...left], [...right], Array.from(value, whole)])),
    combination: model.combination,
  }
  return JSON.stringify(stored)
}

/** Reads what `writeModel` wrote; throws on another format. The caller has checked the text's hash. */
export function readModel(text: string): CountedModel {
  const stored = JSON.parse(text) as StoredModel
  if (stored.v !== FORMAT) throw new Error(`A learned model of format ${String(stored.v)} cannot be read by this version`)
  const history: DecisionTable = {
    count: stored.approved.length, names: stored.names, values: stored.values, columns: stored.columns.map((column) => Int32Array.from(column)),
    approved: Uint8Array.from(stored.approved),
  }
  const table = withProfile(history, stored.attributes)
  const { list, codes } = buildCrosses(table, independentColumns(table))
  const encodings = encodingsFor(list)
  const approved = history.approved.reduce((sum, label) => sum + label, 0)
  const model: LearnedModel = {
    names: table.names, attributes: stored.attributes, values: table.values,
    encoder: { crosses: list, encodings, varieties: varieties(list, codes, encodings), prior: approved / history.count },
    logistic: {
      bias: stored.logistic.bias / UNIT, weights: stored.logistic.weights.map((weights) => Float64Array.from(weights, (weight) => weight / UNIT)),
      penalties: stored.logistic.penalties,
    },
    cuts: stored.cuts.map((cuts) => Float64Array.from(cuts)),
    forests: stored.forests.map((trees) => trees.map(treeOf)),
    combination: stored.combination, decisions: history.count, approved,
  }
  return { model, history, decidedOn: stored.decidedOn }
}

function treeOf([feature = [], step = [], left = [], right = [], value = []]: readonly (readonly number[])[]): Tree {
  return {
    feature: Int16Array.from(feature), step: Uint8Array.from(step), left: Int16Array.from(left), right: Int16Array.from(right),
    value: Float64Array.from(value, (one) => one / UNIT),
  }
}
