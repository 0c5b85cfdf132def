import { z } from 'zod'
import { isoDate } from './time.ts'
import {
  actMode, automaticRule, holdingWay, remediationBasis, remediationMeans, remediationState, restoreMeans, restoreOutcome, ticketState, ticketSystem,
} from './remediation.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** What the log records of carrying out revokes, from the plan to the proof. */
export const remediationEvents = [
  /** How revokes are carried out from now on: by whom, how soon, and which rules let Muster act without asking again. */
  z.object({
    kind: z.literal('act-mode-set'),
    body: z.object({
      mode: actMode, automatic: z.array(automaticRule), urgentDays: z.int(), standardDays: z.int(), separatesDuties: z.boolean(), ticketSystems: z.array(ticketSystem),
      certificateFingerprint: sha256Hex, authentication: z.literal('passphrase'),
    }),
  }),
  /** Revokes that are to be carried out, at most 500 in one event. `removes`: the id of what the account has to lose for it. */
  z.object({
    kind: z.literal('remediations-planned'),
    body: z.object({
      campaign: z.int(), plannedOn: isoDate,
      planned: z.array(z.object({
        remediation: z.int(), item: z.int(), basis: remediationBasis, source: z.string(), account: z.string(), entitlement: z.string(), path: z.string(),
        removes: z.string(), way: holdingWay, dueOn: isoDate,
      })),
    }),
  }),
  /** Somebody approved it and it was given to the connector, into a ticket or on a list. Written before anything is sent to a source. */
  z.object({
    kind: z.literal('remediations-requested'),
    body: z.object({
      campaign: z.int(), remediations: z.array(z.int()), means: remediationMeans, ticket: z.object({ system: ticketSystem, key: z.string() }).nullable(),
      rule: automaticRule.nullable(), certificateFingerprint: sha256Hex.nullable(),
    }),
  }),
  /** What the source answered to the connector. `removed` and `already-gone` are its word, not yet proof. */
  z.object({
    kind: z.literal('remediation-answered'),
    body: z.object({
      campaign: z.int(), remediation: z.int(), outcome: z.enum(['removed', 'already-gone', 'refused', 'failed']), request: z.string().nullable(), detail: z.string(),
    }),
  }),
  /** A person says it was done elsewhere. */
  z.object({ kind: z.literal('remediations-reported-done'), body: z.object({ campaign: z.int(), remediations: z.array(z.int()), note: z.string() }) }),
  /** What a complete snapshot, later than the review, shows of a campaign's remediations; at most 500 in one event. */
  z.object({
    kind: z.literal('remediations-checked'),
    body: z.object({
      campaign: z.int(), source: z.string(), snapshot: z.int(), asOf: isoDate, contentHash: sha256Hex,
      seen: z.array(z.object({ remediation: z.int(), as: z.enum(['verified-gone', 'came-back', 'restored', 'still-there']) })),
    }),
  }),
  /** A right that came back, or was never taken away although it was said to be, is to go again. */
  z.object({ kind: z.literal('remediation-reopened'), body: z.object({ campaign: z.int(), remediation: z.int(), reason: z.string() }) }),
  /** A wrong revoke: not carried out after all, or to be given back. */
  z.object({
    kind: z.literal('remediation-taken-back'),
    body: z.object({ campaign: z.int(), remediation: z.int(), from: remediationState, to: z.enum(['withdrawn', 'restoring']), reason: z.string() }),
  }),
  /** A ticket system said something new of a ticket. Its `done` is a person's word, not proof; `said`: its own word for the state. */
  z.object({
    kind: z.literal('ticket-seen'),
    body: z.object({ campaign: z.int(), remediations: z.array(z.int()), system: ticketSystem, key: z.string(), state: ticketState, said: z.string() }),
  }),
  /** Use of a right seen after the decision that took it away; told once each. */
  z.object({
    kind: z.literal('use-after-decision-seen'),
    body: z.object({ campaign: z.int(), seen: z.array(z.object({ remediation: z.int(), lastUsed: z.string() })) }),
  }),
  /** A wrong revoke is given back on approval: through the connector, or by a ticket. Written before anything is sent to a source. */
  z.object({
    kind: z.literal('restores-requested'),
    body: z.object({
      campaign: z.int(), remediations: z.array(z.int()), means: restoreMeans, ticket: z.object({ system: ticketSystem, key: z.string() }).nullable(),
      certificateFingerprint: sha256Hex.nullable(),
    }),
  }),
  /** What the source answered. Only a later snapshot that shows the right again ends it. */
  z.object({
    kind: z.literal('restore-answered'),
    body: z.object({ campaign: z.int(), remediation: z.int(), outcome: restoreOutcome, request: z.string().nullable(), detail: z.string() }),
  }),
] as const
