import { z } from 'zod'
import { escalationStep } from './campaign.ts'
import { isoDate, isoTime } from './time.ts'

/** Both days included. `state`: `ahead` has not begun, `over` has ended by itself or was ended. */
export const delegation = z.object({
  id: z.int(), person: z.string(), delegate: z.string(), fromOn: isoDate, toOn: isoDate, reason: z.string(), setBy: z.string(), setAt: isoTime,
  endedOn: isoDate.nullable(), state: z.enum(['ahead', 'running', 'over']),
})

export const holiday = z.object({ day: isoDate, name: z.string().min(1).max(80) })

/** What the organisation counts and begins with. */
export const calendarSettings = z.object({
  /** Days of the week nobody works, 0 = Sunday. */
  weekend: z.array(z.int().min(0).max(6)).max(5).default([0, 6]),
  /** The ladder a new campaign begins with; each campaign keeps its own. */
  escalation: z.array(escalationStep).max(20).default([{ day: -3, action: 'remind' }]),
})

/** The first day a campaign comes, and every how many months again; a day that is not worked moves to the next working day. */
export const recurrenceRule = z.object({
  firstOn: isoDate, everyMonths: z.int().min(1).max(24),
  /** Due this many working days after its draft. */
  dueDays: z.int().min(1).max(250),
})

/** What opens a small campaign between the others. */
export const microRuleKind = z.enum(['mover', 'privileged-grant', 'conflict', 'unused-privileged', 'contractor-end', 'came-back'])

export const microRule = z.object({
  kind: microRuleKind,
  /** A mover's grace period; how long a right went unused; how soon a contract ends. Without meaning for the others. */
  days: z.int().min(0).max(730),
  /** Working days its reviewers have. */
  dueDays: z.int().min(1).max(90),
  isActive: z.boolean(),
})

/** What the daily work goes through, in this order; each step by itself, so that one that fails stops no other. */
export const dailyStep = z.enum([
  'people', 'ladders', 'stages', 'stand-ins', 'drafts', 'micro-reviews', 'plan-removals', 'automatic-removals', 'tickets', 'later-use', 'letters',
])

/** What one round of the daily work came to: how many things each step did, and which steps failed, each with a sentence. */
export const dailyWork = z.object({
  day: isoDate, did: z.array(z.object({ step: dailyStep, count: z.int() })), failed: z.array(z.object({ step: dailyStep, reason: z.string() })),
})

export type DailyStep = z.infer<typeof dailyStep>
export type DailyWork = z.infer<typeof dailyWork>
export type Delegation = z.infer<typeof delegation>
export type Holiday = z.infer<typeof holiday>
export type RecurrenceRule = z.infer<typeof recurrenceRule>
export type MicroRuleKind = z.infer<typeof microRuleKind>
export type MicroRule = z.infer<typeof microRule>
export type CalendarSettings = z.infer<typeof calendarSettings>
