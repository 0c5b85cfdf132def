import { z } from 'zod'
import { procedure } from './base.ts'
import { campaignSpec } from '../model/campaign.ts'
import { dailyWork, delegation, holiday, calendarSettings, microRule, recurrenceRule } from '../model/calendar.ts'
import { isoDate, isoTime } from '../model/time.ts'

/** What the day's work came to; all zero when it was done already. */
export const tickDone = z.object({
  day: isoDate, rerouted: z.int(), noted: z.int(),
  /** Items whose reviewer left and that nobody else may take, newly seen. */
  stuck: z.int(),
  delegated: z.int(), delegationsEnded: z.int(),
  steps: z.array(z.object({ campaign: z.int(), day: z.int(), action: z.string() })), stagesOpened: z.array(z.int()), overdue: z.array(z.int()),
  /** Drafts of recurring campaigns, for an officer to launch. */
  drafts: z.array(z.int()),
  /** Small campaigns opened by rule. */
  microReviews: z.array(z.int()),
  removals: z.object({ planned: z.int(), alreadyGone: z.int() }),
  /** By the named low-risk rules; `notRemoved`: the source refused or could not. */
  automatic: z.object({ removed: z.int(), notRemoved: z.int() }),
  /** Tickets that answered, and those of them that newly ended or are not known there any more. */
  tickets: z.object({ asked: z.int(), done: z.int(), dropped: z.int(), missing: z.int() }),
  /** Mail, where it is set up: `unknown` may have arrived; all zero where nothing is sent. */
  letters: z.object({ sent: z.int(), refused: z.int(), unknown: z.int() }),
  /** Rights newly seen used after the decision. */
  usedAfter: z.int(),
  /** Rights that came back and wait for an answer. */
  alarms: z.int(),
  failed: dailyWork.shape.failed,
})

export const recurrence = z.object({
  id: z.int(), spec: campaignSpec, rule: recurrenceRule, nextOn: isoDate, isActive: z.boolean(), createdBy: z.string(), lastCampaign: z.int().nullable(),
})

const letter = z.object({ campaign: z.int(), person: z.string(), name: z.string(), open: z.int(), subject: z.string(), text: z.string() })

export const calendarContract = {
  /** Who stands in for whom; a reviewer sees what concerns them. */
  delegations: procedure.output(z.array(delegation)),
  /** Both days included; also for what lies open already. Officers for anybody, a reviewer for themself. */
  delegate: procedure
    .input(z.object({ person: z.string(), to: z.string(), fromOn: isoDate, toOn: isoDate, reason: z.string().min(1).max(500) }))
    .output(z.object({ delegation, moved: z.int() })),
  endDelegation: procedure.input(z.object({ delegation: z.int(), reason: z.string().min(1).max(500) })).output(z.object({ back: z.int() })),
  holidays: procedure.output(z.array(holiday)),
  /** All of them at once; working days are counted without them from now on. */
  setHolidays: procedure.input(z.object({ days: z.array(holiday).max(2_000) })).output(z.array(holiday)),
  /** Days of the week nobody works, and the ladder new campaigns begin with. */
  settings: procedure.output(calendarSettings),
  setSettings: procedure.input(calendarSettings).output(calendarSettings),
  recurrences: procedure.output(z.array(recurrence)),
  /** Has a campaign come again: each time a draft, judged as of that day, that an officer launches. */
  setRecurrence: procedure.input(z.object({ spec: campaignSpec, rule: recurrenceRule })).output(recurrence),
  /** Drafts again from the next day that is due, after it was ended or paused; what was missed meanwhile is not made up for. */
  resumeRecurrence: procedure.input(z.object({ recurrence: z.int() })).output(recurrence),
  endRecurrence: procedure.input(z.object({ recurrence: z.int() })).output(z.object({ ended: z.int() })),
  /** What opens a small campaign between the others. */
  microRules: procedure.output(z.array(microRule.extend({ setBy: z.string(), setOn: isoDate }))),
  setMicroRule: procedure.input(microRule).output(z.array(microRule.extend({ setBy: z.string(), setOn: isoDate }))),
  /** What the rules saw: waiting out a grace period, opened, or with nothing left to review. */
  microCases: procedure.output(z.array(z.object({
    kind: z.string(), key: z.string(), person: z.string(), source: z.string().nullable(), entitlement: z.string().nullable(), why: z.string(), seenOn: isoDate, dueOn: isoDate,
    state: z.string(), campaign: z.int().nullable(),
  }))),
  /** Does what the calendar asks for today, each thing once. */
  tick: procedure.output(tickDone),
  /** The latest rounds of the daily work that did something or failed, the newest first. */
  dailyWork: procedure.output(z.array(dailyWork.extend({ at: isoTime }))),
  /** Campaigns whose ladder asked for reminders that nobody has taken along yet. */
  lettersWaiting: procedure.output(z.array(z.int())),
  /** Takes them: letters to those who still owe an answer, as a list or as mail drafts. Nothing is sent by this. */
  takeLetters: procedure.input(z.object({ channel: z.enum(['list', 'mail-drafts']).default('list') })).output(z.array(letter)),
  /** What happened, while it ran, to people a campaign's items are about. */
  notes: procedure.input(z.object({ campaign: z.int() }))
    .output(z.array(z.object({ itemId: z.int(), kind: z.string(), seenOn: isoDate, subject: z.string(), entitlement: z.string() }))),
}
