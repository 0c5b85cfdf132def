// The figures of a campaign, recomputed from its replayed events. The report prints these; the verifier compares with them.
import type { ReviewerBasis, CampaignProgress } from '../../../shared/model/campaign.ts'
import type { CampaignReplay } from './campaign-replay.ts'
import { agreesWithAdvice, isSamePerson, isSelfReview, stateOf } from './item-standing.ts'
import type { ItemStanding } from './item-standing.ts'

/** `medianSeconds`: median time an item was open before its decision, whole seconds; null where no screen measured it. */
export type ReviewerTotals = {
  readonly person: string
  readonly bases: readonly ReviewerBasis[]
  readonly items: number
  readonly decided: number
  readonly revoked: number
  readonly agreedWithAdvice: number
  readonly medianSeconds: number | null
  readonly signedOffAt: string | null
  /** Of the decided ones: kept in bulk, and attested as unchanged. Absent = none. */
  readonly bulk?: number
  readonly attested?: number
}

export type AdviceTotals = { agreedVisible: number; decidedVisible: number; agreedHidden: number; decidedHidden: number }

/** `decidedByOthers`: items decided by somebody else than the reviewer they were given to. */
export type CampaignTotals = {
  readonly progress: CampaignProgress
  readonly selfReviews: number
  readonly decidedByOthers: number
  readonly advice: AdviceTotals
  readonly reviewers: readonly ReviewerTotals[]
}

export function campaignTotals(replay: CampaignReplay): CampaignTotals {
  const progress = { items: 0, undecided: 0, kept: 0, revoked: 0, keptUntil: 0, lookCloser: 0, signedOff: 0 }
  const field = { undecided: 'undecided', keep: 'kept', revoke: 'revoked', 'keep-until': 'keptUntil', 'look-closer': 'lookCloser' } as const
  const advice: AdviceTotals = { agreedVisible: 0, decidedVisible: 0, agreedHidden: 0, decidedHidden: 0 }
  const byReviewer = new Map<string, ItemStanding[]>()
  let selfReviews = 0
  let decidedByOthers = 0

  for (const standing of replay.items.values()) {
    if (!standing.isSuperseded) {
      progress.items++
      progress[field[stateOf(standing)]]++
      if (standing.signedOffSeq !== null) progress.signedOff++
    }
    if (isSelfReview(standing)) selfReviews++
    const own = byReviewer.get(standing.reviewer)
    if (own === undefined) byReviewer.set(standing.reviewer, [standing])
    else own.push(standing)
    const { decision } = standing
    if (decision === null) continue
    if (!isSamePerson(decision.decidedBy, standing.reviewer)) decidedByOthers++
    const agreed = agreesWithAdvice(decision.outcome, standing.advice) ? 1 : 0
    advice[decision.adviceVisible ? 'decidedVisible' : 'decidedHidden']++
    advice[decision.adviceVisible ? 'agreedVisible' : 'agreedHidden'] += agreed
  }

  const reviewers = [...byReviewer]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([person, standings]) => reviewerTotals(person, standings, replay))
  return { progress, selfReviews, decidedByOthers, advice, reviewers }
}

function reviewerTotals(person: string, standings: readonly ItemStanding[], replay: CampaignReplay): ReviewerTotals {
  const decided = standings.flatMap(({ decision, advice }) => (decision === null ? [] : [{ decision, advice }]))
  const together = (way: 'bulk' | 'attestation'): number => decided.filter(({ decision }) => decision.together === way).length
  const [bulk, attested] = [together('bulk'), together('attestation')]
  return {
    person,
    bases: [...new Set(standings.map(({ basis }) => basis))].sort(),
    items: standings.length,
    decided: decided.length,
    revoked: decided.filter(({ decision }) => decision.outcome === 'revoke').length,
    agreedWithAdvice: decided.filter(({ decision, advice }) => agreesWithAdvice(decision.outcome, advice)).length,
    medianSeconds: medianSeconds(decided.flatMap(({ decision }) => decision.openMs ?? [])),
    signedOffAt: replay.signOffs.findLast(({ reviewer }) => isSamePerson(reviewer, person))?.at ?? null,
    ...(bulk === 0 ? {} : { bulk }), ...(attested === 0 ? {} : { attested }),
  }
}

/** Median of milliseconds, rounded to whole seconds; between the two middle values of an even number. */
export function medianSeconds(openMs: readonly number[]): number | null {
  const sorted = [...openMs].sort((left, right) => left - right)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : Math.round((upper + lower) / 2000)
}
