import type { HeldOutFigures, HistoryTotals, ShadowReport } from '../../shared/model/learning.ts'
import type { Action } from '../../shared/model/recommendation.ts'
import type { LearnedWeighing } from '../core/learning/learned-weighing.ts'
import { weighWithPast } from '../core/learning/learned-weighing.ts'
import { rankingFigures } from '../core/learning/metrics.ts'
import { chanceOf } from '../core/learning/logistic.ts'
import type { Prepared } from '../core/signals/weigh.ts'
import { grantDetails } from '../storage/review-items.ts'
import type { Context, Watch } from './context.ts'

const examplesKept = 30
const grantsAPause = 2_000
const perTenThousand = (share: number): number => Math.round(share * 10_000)

/**
 * How well the model would have told decisions it had not seen. "Told the same way": a kept one among the likeliest to be kept, a revoked
 * one among the likeliest to be revoked, each cut where as many fall as were.
 */
export function heldOutFigures(heldOut: Float64Array, approved: Uint8Array): HeldOutFigures {
  const figures = rankingFigures(heldOut.map(chanceOf), approved)
  const revoked = approved.reduce((sum, label) => sum + 1 - label, 0)
  const border = heldOut.toSorted()[revoked] ?? Number.POSITIVE_INFINITY
  let [keptAgreed, revokedAgreed] = [0, 0]
  for (const [row, label] of approved.entries()) {
    const saysKeep = (heldOut[row] as number) >= border
    if (label === 1 && saysKeep) keptAgreed += 1
    if (label === 0 && !saysKeep) revokedAgreed += 1
  }
  return {
    auc: perTenThousand(figures.auc), averagePrecision: perTenThousand(figures.averagePrecision),
    calibrationError: perTenThousand(figures.calibrationError),
    kept: { decisions: approved.length - revoked, agreed: keptAgreed }, revoked: { decisions: revoked, agreed: revokedAgreed },
  }
}

export interface Compared {
  readonly prepared: Prepared
  /** In force now, and the one that would be. */
  readonly before: LearnedWeighing | null
  readonly after: LearnedWeighing
  readonly versions: { readonly before: string; readonly after: string }
  readonly model: number
  readonly history: HistoryTotals
  readonly heldOut: HeldOutFigures
}

/** Advises on every open grant twice, as it is and as it would be, and counts what differs. */
export async function shadowReportOf(context: Context, compared: Compared, watch: Watch): Promise<ShadowReport> {
  const { prepared, before, after } = compared
  const { grants, asOf } = prepared.population
  const moves = new Map<string, { before: Action; after: Action; grants: number }>()
  const changes: { grantId: number; before: Action; after: Action; beforeScore: number; afterScore: number }[] = []
  let [ruled, ruledChanged] = [0, 0]
  for (let grant = 0; grant < grants.count; grant += 1) {
    if (grant % grantsAPause === 0) {
      await pause(watch)
      watch.onProgress({ step: 'Comparing with the weights in force', share: 0.9 + (0.1 * grant) / grants.count })
    }
    const old = weighWithPast(prepared, before, grant).recommendation
    const next = weighWithPast(prepared, after, grant).recommendation
    const key = `${old.action} ${next.action}`
    const move = moves.get(key) ?? { before: old.action, after: next.action, grants: 0 }
    move.grants += 1
    moves.set(key, move)
    const isRuled = decides(old.rules)
    if (isRuled) ruled += 1
    if (old.action === next.action) continue
    if (isRuled) ruledChanged += 1
    changes.push({ grantId: grants.id[grant] as number, before: old.action, after: next.action, beforeScore: old.score, afterScore: next.score })
  }
  const shown = changes
    .toSorted((a, b) => Math.abs(b.afterScore - b.beforeScore) - Math.abs(a.afterScore - a.beforeScore) || a.grantId - b.grantId)
    .slice(0, examplesKept)
  const details = await grantDetails(context.store.db, shown.map(({ grantId }) => grantId))
  return {
    v: 1, model: compared.model, asOf, before: compared.versions.before, after: compared.versions.after, history: compared.history,
    heldOut: compared.heldOut, grants: grants.count,
    moves: [...moves.values()].toSorted((a, b) => (`${a.before} ${a.after}` < `${b.before} ${b.after}` ? -1 : 1)),
    changed: changes.length, ruled, ruledChanged,
    examples: shown.map((change) => {
      const detail = details.get(change.grantId)
      return { ...change, subject: detail?.subject_name ?? '', entitlement: detail?.entitlement_name ?? '', application: detail?.application ?? '' }
    }),
  }
}

/** Rules that choose the action themselves; the others only cap a keep, which more evidence against may still turn. */
function decides(rules: readonly string[]): boolean {
  return rules.some((rule) => rule === 'leaver-revoke' || rule === 'orphan-revoke' || rule === 'protected-look-closer' || rule === 'no-evidence-look-closer')
}

/** Lets messages through, so that a stop is heard and progress is told. */
export async function pause(watch: Watch): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  watch.signal.throwIfAborted()
}
