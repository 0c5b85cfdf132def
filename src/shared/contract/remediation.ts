import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { isoDate } from '../model/time.ts'
import {
  applyOutcome, giveBackOutcome, remediation, remediationCounts, remediationDetail, remediationFact, remediationSettings, remediationState, ticketSystem,
} from '../model/remediation.ts'
import { pageInput, procedure, progressOf } from './base.ts'

const ids = z.array(z.int()).min(1).max(5_000)
const words = z.string().trim().min(1).max(2_000)
const actMode = remediationSettings.extend({ hasSecret: z.object({ servicenow: z.boolean(), jira: z.boolean() }) })

export const remediationContract = {
  counts: procedure.output(remediationCounts),
  list: procedure.input(pageInput.extend({
    campaign: z.int().nullable().default(null), states: z.array(remediationState).default([]), source: z.string().nullable().default(null),
    onlyOverdue: z.boolean().default(false), onlyAlarms: z.boolean().default(false), text: z.string().max(200).nullable().default(null),
  })).output(z.object({ total: z.int(), rows: z.array(remediation) })),
  detail: procedure.input(z.object({ id: z.int() })).output(remediationDetail),
  /** What closed campaigns decided to take away, put into the plan; null = all closed campaigns. Asking again adds only what is new. */
  plan: procedure.input(z.object({ campaign: z.int().nullable().default(null) })).output(z.object({ planned: z.int(), alreadyGone: z.int() })),
  /** What the source says would happen; changes nothing. */
  tryRemovals: procedure.input(z.object({ ids })).output(eventIterator(progressOf(z.array(applyOutcome)))),
  /** Removes access by connector on approval; each item has an answer of its own. */
  applyRemovals: procedure.input(z.object({ ids, passphrase: z.string() })).output(eventIterator(progressOf(z.array(applyOutcome)))),
  /** Carries out what the named low-risk rules cover. */
  applyAutomatic: procedure.output(eventIterator(progressOf(z.array(applyOutcome)))),
  openTicket: procedure.input(z.object({ ids, system: ticketSystem })).output(z.object({ key: z.string(), url: z.string(), isNew: z.boolean() })),
  /** A list for people who remove access by hand. `isHandedOut`: what is planned counts as requested from now on. */
  workList: procedure.input(z.object({ ids, isHandedOut: z.boolean().default(false) })).output(z.object({
    csv: z.string(),
    lines: z.array(z.object({
      id: z.int(), source: z.string(), account: z.string(), accountName: z.string(), subjectName: z.string(), application: z.string(), entitlement: z.string(),
      entitlementName: z.string(), path: z.string(), remove: z.object({ nativeId: z.string(), name: z.string() }), dueOn: isoDate, state: remediationState,
      instead: z.string().nullable(),
    })),
  })),
  reportDone: procedure.input(z.object({ ids, note: words })).output(z.object({ changed: z.int() })),
  reopen: procedure.input(z.object({ id: z.int(), reason: words })).output(z.object({ changed: z.int() })),
  /** A wrong revoke. `instruction`: what a person has to do to give it back; null where nothing was removed yet. */
  takeBack: procedure.input(z.object({ id: z.int(), reason: words })).output(z.object({ state: z.enum(['withdrawn', 'restoring']), instruction: z.string().nullable() })),
  /** What the source says giving it back would do; changes nothing. */
  tryGiveBack: procedure.input(z.object({ ids })).output(eventIterator(progressOf(z.array(giveBackOutcome)))),
  /** Gives wrongly removed rights back through the connector on approval; the next reading that shows them closes it. */
  giveBack: procedure.input(z.object({ ids, passphrase: z.string() })).output(eventIterator(progressOf(z.array(giveBackOutcome)))),
  openGiveBackTicket: procedure.input(z.object({ ids, system: ticketSystem })).output(z.object({ key: z.string(), url: z.string(), isNew: z.boolean() })),
  facts: procedure.input(z.object({ campaign: z.int() })).output(z.array(remediationFact)),
  actMode: procedure.output(actMode),
  setActMode: procedure.input(z.object({ settings: remediationSettings, passphrase: z.string() })).output(actMode),
  /** A ticket system's password or token; never shown again. */
  setTicketSecret: procedure.input(z.object({ system: ticketSystem, secret: z.string().min(1).max(4_000) })).output(actMode),
}
