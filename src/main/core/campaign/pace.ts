// Figures of how a review went, from the log alone: by day for a burndown, by reviewer for pace and agreement.
import type { EvidenceEvent } from '../../../shared/model/evidence.ts'
import type { Outcome } from '../../../shared/model/decision.ts'
import { startCampaignReplay } from '../evidence/campaign-replay.ts'
import { agreesWithAdvice, isSamePerson, type ItemStanding } from '../evidence/item-standing.ts'
import { medianSeconds } from '../evidence/report-totals.ts'
import type { Hash } from '../evidence/bytes.ts'
import { foldEmail } from './fold-email.ts'
import { startLoopFigures, type RemovalFigures } from './loop-figures.ts'

/** One day something happened, in UTC. `undecided` and `unsigned` are what was left when it ended. */
export interface PaceDay {
  readonly day: string
  readonly decided: number
  readonly undone: number
  readonly signedOff: number
  readonly undecided: number
  readonly unsigned: number
}

/** `kept`, `bulk`, the agreements: of the decisions that stand. Shares are left to whoever shows them; a share of nothing is nothing. */
export interface PaceFigures {
  readonly decisions: number
  readonly kept: number
  /** Median time an item was open before its decision, whole seconds; null where no screen measured it. */
  readonly medianSeconds: number | null
  /** Alike access kept at one go, and unchanged access attested together. */
  readonly bulk: number
  readonly attested: number
  readonly decidedVisible: number
  readonly agreedVisible: number
  readonly decidedHidden: number
  readonly agreedHidden: number
  /** Of the items whose right answer is known: those answered, and those of them answered so. */
  readonly plantedAnswered: number
  readonly plantedRight: number
}

export interface ReviewerPace extends PaceFigures {
  readonly person: string
  readonly firstAt: string | null
  readonly lastAt: string | null
  readonly reminders: number
  readonly remindedAt: string | null
}

export interface CampaignPace {
  /** Items the launch gave out. */
  readonly start: number
  readonly days: readonly PaceDay[]
  readonly total: PaceFigures
  /** How many grants in review have a right answer that is known. */
  readonly planted: number
  readonly removals: RemovalFigures
  readonly reviewers: readonly ReviewerPace[]
  /** Every day it was ever due, the first one first. */
  readonly dueDays: readonly string[]
}

const isKept = (outcome: Outcome): boolean => outcome === 'keep' || outcome === 'keep-until'

/** Feed the campaign's events in order. Answers of earlier stages count for their reviewers, not for what is left. */
export function startPace(campaign: number, hash: Hash): { readonly add: (event: EvidenceEvent) => void; readonly result: () => CampaignPace } {
  const replay = startCampaignReplay(campaign, hash)
  const { items } = replay.result()
  const loop = startLoopFigures()
  const days: PaceDay[] = []
  const dueDays: string[] = []
  let start = 0
  const together: Together = { bulk: new Set(), attested: new Set() }
  const reminded = new Map<string, { count: number; at: string }>()
  let today: { day: string; decided: number; undone: number; signedOff: number } | null = null

  function endDay(): void {
    if (today === null) return
    let undecided = 0
    let unsigned = 0
    for (const { isSuperseded, decision, signedOffSeq } of items.values()) {
      if (isSuperseded) continue
      if (decision === null) undecided += 1
      if (signedOffSeq === null) unsigned += 1
    }
    days.push({ ...today, undecided, unsigned })
    today = null
  }

  function add(event: EvidenceEvent): void {
    if (!('campaign' in event.body) || event.body.campaign !== campaign) return
    // What happens to its removals afterwards is no day of the review.
    if (loop.add(event, items)) return
    if (event.kind === 'sign-off') loop.signedOff(event.seq, event.ts)
    switch (event.kind) {
      case 'campaign-created': case 'campaign-changed': case 'bundle-sealed': case 'narrative-worded': case 'model-disagreed':
        return
      case 'campaign-launched':
        dueDays.push(event.body.dueOn)
        break
      case 'items-frozen':
        if (event.body.stage === undefined) start += event.body.items.length
        break
      case 'campaign-extended':
        dueDays.push(event.body.to)
        break
      case 'stage-closed':
        dueDays.push(event.body.nextDueOn)
        break
      case 'reviewers-reminded':
        for (const { person } of event.body.people) {
          reminded.set(foldEmail(person), { count: (reminded.get(foldEmail(person))?.count ?? 0) + 1, at: event.ts })
        }
        break
    }
    const day = event.ts.slice(0, 10)
    if (today?.day !== day) endDay()
    today ??= { day, decided: 0, undone: 0, signedOff: 0 }
    if (event.kind === 'decision-made') {
      today.decided += 1
      if (event.body.bulk !== undefined) together.bulk.add(event.seq)
      if (event.body.attestation !== undefined) together.attested.add(event.seq)
    } else if (event.kind === 'decision-undone') today.undone += 1
    else if (event.kind === 'sign-off') today.signedOff += event.body.decided
    replay.add(event)
  }

  function result(): CampaignPace {
    endDay()
    const byReviewer = new Map<string, ItemStanding[]>()
    for (const standing of items.values()) {
      const person = foldEmail(standing.reviewer)
      const own = byReviewer.get(person)
      if (own === undefined) byReviewer.set(person, [standing])
      else own.push(standing)
    }
    const reviewers = [...byReviewer].sort(([left], [right]) => (left < right ? -1 : 1)).map(([person, own]): ReviewerPace => {
      const at = own.flatMap(({ decision }) => (decision !== null && isSamePerson(decision.decidedBy, person) ? [decision.decidedAt] : [])).sort()
      const letters = reminded.get(person)
      return { person, ...figuresOf(own, together, loop.planted()), firstAt: at[0] ?? null, lastAt: at.at(-1) ?? null, reminders: letters?.count ?? 0, remindedAt: letters?.at ?? null }
    })
    return {
      start, days, total: figuresOf([...items.values()], together, loop.planted()), planted: loop.planted().size, removals: loop.removals(), reviewers, dueDays,
    }
  }

  return { add, result }
}

/** Decisions by event that were not taken one by one. */
interface Together { readonly bulk: Set<number>; readonly attested: Set<number> }

function figuresOf(standings: readonly ItemStanding[], together: Together, planted: ReadonlyMap<number, 'keep' | 'revoke'>): PaceFigures {
  const known = standings.flatMap(({ decision, caseItem }) => (decision === null || !planted.has(caseItem) ? [] : [{ outcome: decision.outcome, expected: planted.get(caseItem) }]))
  const decided = standings.flatMap(({ decision, advice }) => (decision === null ? [] : [{ decision, agrees: agreesWithAdvice(decision.outcome, advice) }]))
  const visible = decided.filter(({ decision }) => decision.adviceVisible)
  const hidden = decided.filter(({ decision }) => !decision.adviceVisible)
  return {
    decisions: decided.length,
    kept: decided.filter(({ decision }) => isKept(decision.outcome)).length,
    medianSeconds: medianSeconds(decided.flatMap(({ decision }) => decision.openMs ?? [])),
    bulk: decided.filter(({ decision }) => together.bulk.has(decision.seq)).length,
    attested: decided.filter(({ decision }) => together.attested.has(decision.seq)).length,
    decidedVisible: visible.length, agreedVisible: visible.filter(({ agrees }) => agrees).length,
    decidedHidden: hidden.length, agreedHidden: hidden.filter(({ agrees }) => agrees).length,
    plantedAnswered: known.length, plantedRight: known.filter(({ outcome, expected }) => (expected === 'revoke' ? outcome === 'revoke' : isKept(outcome))).length,
  }
}
