import type { Tree } from './boosted-trees.ts'
import { PROFILE } from './decision-table.ts'
import type { DecisionTable } from './decision-table.ts'
import { featuresOf, treeBias } from './learn.ts'
import type { Features, LearnedModel } from './learn.ts'

/** What one combination of a row adds to its log-odds of approval, and the past decisions that stand behind it. */
export interface Contribution {
  /** Name and value of each column of the combination, as the table calls them. Null: the profile, which is no single value. */
  readonly parts: readonly { readonly name: string; readonly value: string | null }[]
  readonly decided: number
  readonly approved: number
  /** Positive speaks for approval. Weight and trees together. */
  readonly logOdds: number
}

export interface Explanation {
  /** Log-odds before anything is known about the row. */
  readonly base: number
  /** Strongest first. Base and all contributions add up to the row's log-odds. */
  readonly contributions: readonly Contribution[]
}

/** Log-odds by cross for one row: what its combination weighs and what the trees make of its counts. Base and all of them add up. */
export type TakeApart = (features: Features, row: number) => { readonly base: number; readonly added: Float64Array }

/** Prepares a model for taking rows apart: the trees lie end to end, because a thousand of them are walked for every row. */
export function takeApart(model: LearnedModel): TakeApart {
  const { crosses, encodings, prior } = model.encoder
  const [ofWeights, ofTrees] = [model.combination.shares[0] ?? 0, model.combination.shares[1] ?? 0]
  const crossOf = Int32Array.from(encodings, ({ cross }) => cross)
  const part = ofTrees / Math.max(1, model.forests.length)
  const laid = layTrees(model.forests.flat(), part)
  const start = model.combination.offset + ofWeights * model.logistic.bias + ofTrees * treeBias(prior) + laid.rootValues
  return ({ groups, bins }, row) => {
    const added = new Float64Array(crosses.length)
    for (const [group, { codes }] of groups.entries()) {
      const code = codes[row] as number
      if (code < 0) continue
      // Two groups a cross: which combination, and how familiar.
      const cross = group >> 1
      added[cross] = (added[cross] as number) + ofWeights * (model.logistic.weights[group]?.[code] ?? 0)
    }
    const steps = Uint8Array.from(bins, (bin) => bin[row] as number)
    const { roots, feature, step, left, right, value } = laid
    // Each question moves the log-odds from its node's to the next one's, and the move is that feature's (Saabas 2014).
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number
      for (let asked = feature[node] as number; asked >= 0; asked = feature[node] as number) {
        const next = ((steps[asked] as number) <= (step[node] as number) ? left[node] : right[node]) as number
        const cross = crossOf[asked] as number
        added[cross] = (added[cross] as number) + (value[next] as number) - (value[node] as number)
        node = next
      }
    }
    return { base: start, added }
  }
}

/** All trees in one set of columns, values already in their share of the score; `rootValues`: what they say before any question. */
function layTrees(trees: readonly Tree[], part: number) {
  const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0)
  const laid = {
    roots: new Int32Array(trees.length), feature: new Int16Array(nodes), step: new Uint8Array(nodes), left: new Int32Array(nodes),
    right: new Int32Array(nodes), value: new Float64Array(nodes),
  }
  let [from, rootValues] = [0, 0]
  for (const [at, tree] of trees.entries()) {
    laid.roots[at] = from
    laid.feature.set(tree.feature, from)
    laid.step.set(tree.step, from)
    laid.left.set(tree.left, from)
    laid.right.set(tree.right, from)
    laid.value.set(tree.value.map((value) => value * part), from)
    for (let node = from; node < from + tree.feature.length; node++) {
      laid.left[node] = (laid.left[node] as number) + from
      laid.right[node] = (laid.right[node] as number) + from
    }
    rootValues += laid.value[from] as number
    from += tree.feature.length
  }
  return { ...laid, rootValues }
}

/** Takes the score of one row apart, exactly. */
export function explain(model: LearnedModel, rows: DecisionTable, row: number): Explanation {
  const features = featuresOf(model, rows)
  const { codes } = features
  const { crosses } = model.encoder
  const { base, added } = takeApart(model)(features, row)
  const told = new Map<string, Contribution>()
  for (const [cross, { columns, decided, approved }] of crosses.entries()) {
    const code = codes[cross]?.[row] as number
    const names = toldNames(columns.map((column) => model.names[column] as string), model.attributes)
    const same = told.get(names.join('\n'))
    told.set(names.join('\n'), {
      parts: names.map((name) => partOf(name, rows, row)),
      decided: code < 0 ? 0 : (decided[code] as number),
      approved: code < 0 ? 0 : (approved[code] as number),
      logOdds: (added[cross] as number) + (same?.logOdds ?? 0),
    })
  }
  return { base, contributions: [...told.values()].sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)) }
}

/** The profile holds every attribute: beside it, none of them is told again. */
function toldNames(names: readonly string[], attributes: readonly string[]): readonly string[] {
  return names.includes(PROFILE) ? names.filter((name) => !attributes.includes(name)) : names
}

function partOf(name: string, rows: DecisionTable, row: number): Contribution['parts'][number] {
  if (name === PROFILE) return { name, value: null }
  const column = rows.names.indexOf(name)
  return { name, value: rows.values[column]?.[rows.columns[column]?.[row] as number] ?? '' }
}

/**
 * What the model has learned as a whole: combinations whose weight moved the score most, with the decisions behind each. Only those decided
 * at least `leastDecided` times, because a weight from two decisions is nothing to tell.
 */
export function learnedStatements(model: LearnedModel, most: number, leastDecided = 5): readonly Contribution[] {
  const share = model.combination.shares[0] ?? 0
  const found: { cross: number; code: number; logOdds: number }[] = []
  for (const [cross, { columns, decided }] of model.encoder.crosses.entries()) {
    const names = columns.map((column) => model.names[column] as string)
    if (toldNames(names, model.attributes).length < names.length) continue
    const weights = model.logistic.weights[2 * cross] ?? new Float64Array()
    for (let code = 0; code < decided.length; code++) {
      if ((decided[code] as number) >= leastDecided) found.push({ cross, code, logOdds: share * (weights[code] as number) })
    }
  }
  found.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds) || a.cross - b.cross || a.code - b.code)
  return found.slice(0, most).map(({ cross, code, logOdds }) => {
    const one = model.encoder.crosses[cross]
    return { parts: partsOf(model, cross, code), decided: one?.decided[code] ?? 0, approved: one?.approved[code] ?? 0, logOdds }
  })
}

/** Name and value of each column of a numbered combination. */
function partsOf(model: LearnedModel, cross: number, code: number): Contribution['parts'] {
  const one = model.encoder.crosses[cross]
  if (one === undefined) return []
  const column = one.columns.at(-1) as number
  const name = model.names[column] as string
  const own = (value: number) => ({ name, value: name === PROFILE ? null : (model.values[column]?.[value] ?? '') })
  if (one.base < 0) return [own(code)]
  for (const [key, found] of one.codes) {
    if (found === code) return [...partsOf(model, one.base, Math.floor(key / one.width)), own(key % one.width)]
  }
  return []
}
