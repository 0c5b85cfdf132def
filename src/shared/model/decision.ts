import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'

/** *Undecided* is a state, not a decision. `look-closer` is a decision that still waits for an answer. */
export const outcome = z.enum(['keep', 'revoke', 'keep-until', 'look-closer'])
export const itemState = z.enum(['undecided', 'keep', 'revoke', 'keep-until', 'look-closer'])

/** The short list offered; `other` needs free text. */
export const reasonCode = z.enum([
  'still-needed', 'needed-until-date', 'covers-for-colleague', 'not-needed', 'changed-job', 'left', 'never-asked-for', 'conflict-accepted',
  'conflict-removed', 'ask-owner', 'do-not-know-person', 'other',
])

export const decisionInput = z.object({
  itemId: z.int(),
  outcome,
  /** Only for keep-until: a day after the campaign's as-of date. */
  until: isoDate.nullable().default(null),
  reasonCode: reasonCode.nullable().default(null),
  reasonText: z.string().max(2000).nullable().default(null),
  /** Milliseconds the item was open before the choice, as the screen measured; null from a file. */
  openMs: z.int().min(0).nullable().default(null),
  /** Which model's words stood on the screen; null = those frozen at launch. */
  wordingId: z.int().nullable().optional(),
  /** Only for look-closer: who is asked what `reasonText` says. Absent or null = nobody, the words are a note. */
  askOf: z.enum(['owner', 'officer']).nullable().optional(),
})

export const decision = z.object({
  itemId: z.int(),
  outcome,
  until: isoDate.nullable(),
  reasonCode: reasonCode.nullable(),
  reasonText: z.string().nullable(),
  decidedBy: z.string(),
  decidedAt: isoTime,
  adviceVisible: z.boolean(),
  /** Position of its event in the evidence chain. */
  eventSeq: z.int(),
  isSignedOff: z.boolean(),
})

export type Outcome = z.infer<typeof outcome>
export type ItemState = z.infer<typeof itemState>
export type ReasonCode = z.infer<typeof reasonCode>
export type DecisionInput = z.infer<typeof decisionInput>
export type Decision = z.infer<typeof decision>
