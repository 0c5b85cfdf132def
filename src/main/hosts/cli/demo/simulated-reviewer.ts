import type { z } from 'zod'
import type { reviewItem } from '../../../../shared/contract/review.ts'
import type { DecisionInput, Outcome, ReasonCode } from '../../../../shared/model/decision.ts'
import type { Action } from '../../../../shared/model/recommendation.ts'
import { chanceOf } from './random.ts'

export type ReviewItem = z.infer<typeof reviewItem>

/** How often a sensible manager answers what, given what the evidence says. Shares add up to 1. */
const habits: Readonly<Record<Action, readonly (readonly [Outcome, number])[]>> = {
  keep: [['keep', 0.94], ['revoke', 0.03], ['look-closer', 0.03]],
  revoke: [['revoke', 0.83], ['keep', 0.05], ['keep-until', 0.08], ['look-closer', 0.04]],
  'look-closer': [['keep', 0.45], ['revoke', 0.3], ['keep-until', 0.1], ['look-closer', 0.15]],
}

const words: Readonly<Record<Outcome, readonly string[]>> = {
  keep: ['Confirmed with the person this week.', 'Part of the job they do now.', 'Needed at quarter end.'],
  revoke: ['Asked the person; nobody uses it any more.', 'Belongs to the job they had before.', 'The new team has its own access.'],
  'keep-until': ['Needed until the handover is finished.', 'The migration project ends then.'],
  'look-closer': ['I do not know what this opens; please explain.', 'Not one of my people any more, I believe.'],
}

/** What the evidence leans to, as somebody sees it who was not told the advice. */
const leaning = (item: ReviewItem): Action => {
  if (item.advice !== null) return item.advice.action
  const sum = item.signals.reduce((total, signal) => total + signal.weight, 0)
  return sum > 0 ? 'keep' : 'revoke'
}

const preferredReason = (item: ReviewItem, outcome: Outcome): ReasonCode | null => {
  if (outcome !== 'revoke') return null
  const kinds = new Set(item.signals.map((signal) => signal.kind))
  if (kinds.has('leaver')) return 'left'
  if (kinds.has('sod-conflict')) return 'conflict-removed'
  return kinds.has('mover') ? 'changed-job' : null
}

const daysAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const pick = <One>(list: readonly [One, ...One[]] | readonly One[], chance: number): One | undefined => list[Math.floor(chance * list.length)]

/**
 * What an invented manager decides on an item: mostly what the evidence says, sometimes against it, always with a reason where one
 * is asked. Depends on the seed and the item only, so that a demo can be repeated. `openMs` is invented as well.
 */
export const simulatedDecision = (item: ReviewItem, seed: number): DecisionInput => {
  const name = `${item.subject.name}/${item.access.account}/${item.access.entitlementNativeId}/${item.access.path}`
  const chance = (of: string): number => chanceOf(seed, `${of}/${name}`)
  let left = chance('outcome')
  const outcome = habits[leaning(item)].find(([, share]) => (left -= share) < 0)?.[0] ?? 'look-closer'
  const offered = item.reasons[outcome]
  const preferred = preferredReason(item, outcome)
  const usual = offered.filter((code) => code !== 'other').slice(0, outcome === 'revoke' ? 1 : 2)
  const reasonCode = preferred !== null && offered.includes(preferred) ? preferred : (pick(usual, chance('reason')) ?? null)
  // Asked for on a hidden item only after the choice has shown the advice, so there the careful manager always says why.
  const saysWhy = item.reasonRequired[outcome] || item.isAdviceHidden || chance('talkative') < 0.4
  return {
    itemId: item.itemId,
    outcome,
    until: outcome === 'keep-until' ? daysAfter(item.asOf, 30 + Math.floor(chance('until') * 90)) : null,
    reasonCode: saysWhy ? reasonCode : null,
    reasonText: saysWhy && chance('words') < 0.35 ? (pick(words[outcome], chance('which words')) ?? null) : null,
    openMs: 4_000 + Math.floor(chance('pace') * chance('pace again') * 60_000),
  }
}
