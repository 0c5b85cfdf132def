import type { Action, HardRule } from '../../../shared/model/recommendation.ts'

/** Blind decisions needed before confidence may be a number. */
export const BLIND_NEEDED = 200

/** A score that was weighed, and what a reviewer then decided without seeing the advice. */
export interface BlindDecision {
  readonly score: number
  readonly isKept: boolean
}

/** Steps of a curve that never falls: from `score` on, this share was kept. */
export interface Calibration {
  readonly decisions: number
  readonly steps: readonly { readonly score: number; readonly chance: number }[]
}

/** Learned from blind decisions, by isotonic regression (pool adjacent violators; Ayer et al. 1955). Null while there are too few. */
export function calibrate(decisions: readonly BlindDecision[]): Calibration | null {
  return decisions.length < BLIND_NEEDED ? null : fitted(decisions)
}

function fitted(decisions: readonly BlindDecision[]): Calibration {
  interface Block { readonly score: number; kept: number; count: number }
  const blocks: Block[] = []
  for (const { score, isKept } of decisions.toSorted((a, b) => a.score - b.score)) {
    const last = blocks.at(-1)
    // Equal scores stand together before anything is compared, so that no order of the decisions changes the curve.
    if (last !== undefined && last.score === score) {
      last.kept += Number(isKept)
      last.count += 1
    } else blocks.push({ score, kept: Number(isKept), count: 1 })
  }
  const pooled: Block[] = []
  for (const block of blocks) {
    pooled.push({ ...block })
    for (;;) {
      const [before, last] = [pooled.at(-2), pooled.at(-1)]
      if (before === undefined || last === undefined || shareOf(before) < shareOf(last)) break
      pooled.splice(-2, 2, { score: before.score, kept: before.kept + last.kept, count: before.count + last.count })
    }
  }
  return { decisions: decisions.length, steps: pooled.map((block) => ({ score: block.score, chance: shareOf(block) })) }
}

/** With half a decision either way: a hundred out of a hundred is not certainty. Steps are compared by it, so that they never fall. */
function shareOf({ kept, count }: { readonly kept: number; readonly count: number }): number {
  return (kept + 0.5) / (count + 1)
}

/** Chance that a reviewer who sees no advice keeps an item of this score. */
export function chanceKept({ steps }: Calibration, score: number): number {
  return (steps.findLast((step) => step.score <= score) ?? steps[0])?.chance ?? 0.5
}

/**
 * Confidence as a percentage: how often blind reviewers decided as the advice says. Null, and confidence stays a word, before there is a
 * calibration, for "look closer", and where a rule decided instead of the sum.
 */
export function confidencePercent(
  calibration: Calibration | null, { action, score, rules }: { readonly action: Action; readonly score: number; readonly rules: readonly HardRule[] },
): number | null {
  if (calibration === null || action === 'look-closer' || rules.length > 0) return null
  const kept = chanceKept(calibration, score)
  return Math.min(99, Math.max(1, Math.round((action === 'keep' ? kept : 1 - kept) * 100)))
}

const PARTS = 5
const BINS = 10

/** Expected calibration error: mean distance between the chance said and the share that came true, said of decisions the curve was not made from. */
export function calibrationErrorOf(decisions: readonly BlindDecision[]): number | null {
  if (decisions.length < BLIND_NEEDED) return null
  const said: { readonly chance: number; readonly isKept: boolean }[] = []
  for (let part = 0; part < PARTS; part++) {
    const curve = fitted(decisions.filter((_, at) => at % PARTS !== part))
    for (const [at, one] of decisions.entries()) if (at % PARTS === part) said.push({ chance: chanceKept(curve, one.score), isKept: one.isKept })
  }
  const ordered = said.toSorted((a, b) => a.chance - b.chance)
  let error = 0
  for (let bin = 0; bin < BINS; bin++) {
    const rows = ordered.slice(Math.floor((bin * ordered.length) / BINS), Math.floor(((bin + 1) * ordered.length) / BINS))
    error += Math.abs(rows.reduce((sum, { chance, isKept }) => sum + chance - Number(isKept), 0)) / ordered.length
  }
  return error
}
