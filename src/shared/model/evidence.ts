import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'
import { itemState, outcome, reasonCode } from './decision.ts'
import { reviewerBasis } from './campaign.ts'
import { action } from './recommendation.ts'
import { runState, sourceKind } from './source.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
/** Who acted: an e-mail address of an enrolled person, or `system`. */
const person = z.string()

/**
 * One recorded fact in the workspace's single log. Only strings, booleans, null and integers below 2^53, so that its
 * RFC 8785 form is the same in every implementation. The stored line is what is hashed, never a re-serialisation.
 */
export const eventBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('workspace-created'), body: z.object({ name: z.string(), rootFingerprint: sha256Hex }) }),
  z.object({
    kind: z.literal('person-enrolled'),
    body: z.object({ person, name: z.string(), roles: z.array(z.string()), certificateFingerprint: sha256Hex }),
  }),
  z.object({ kind: z.literal('source-added'), body: z.object({ source: z.string(), sourceKind }) }),
  z.object({ kind: z.literal('source-mapped'), body: z.object({ source: z.string(), mappingHash: sha256Hex }) }),
  z.object({ kind: z.literal('source-removed'), body: z.object({ source: z.string() }) }),
  z.object({
    kind: z.literal('run-ended'),
    body: z.object({
      run: z.int(), source: z.string(), state: runState, asOf: isoDate, fileName: z.string().nullable(), fileSha256: sha256Hex.nullable(),
      rowsRead: z.int(), imported: z.int(), rejected: z.int(), merged: z.int(), notes: z.array(z.string()),
    }),
  }),
  z.object({
    kind: z.literal('snapshot-taken'),
    body: z.object({
      snapshot: z.int(), source: z.string(), run: z.int(), asOf: isoDate, accounts: z.int(), entitlements: z.int(), grants: z.int(),
      contentHash: sha256Hex,
    }),
  }),
  /** The officer's word that a held file is right (or is thrown away). */
  z.object({ kind: z.literal('held-run-judged'), body: z.object({ run: z.int(), isAccepted: z.boolean(), reason: z.string() }) }),
  z.object({
    kind: z.literal('match-confirmed'),
    body: z.object({ source: z.string(), account: z.string(), employeeId: z.string().nullable(), identity: z.int() }),
  }),
  z.object({ kind: z.literal('sod-rules-set'), body: z.object({ rules: z.int(), rulesHash: sha256Hex }) }),
  z.object({ kind: z.literal('campaign-created'), body: z.object({ campaign: z.int(), name: z.string(), specHash: sha256Hex }) }),
  z.object({
    kind: z.literal('campaign-launched'),
    body: z.object({
      campaign: z.int(), asOf: isoDate, dueOn: isoDate, snapshots: z.array(z.object({ snapshot: z.int(), contentHash: sha256Hex })),
      population: z.int(), inReview: z.int(), excluded: z.int(), reviewers: z.int(), specHash: sha256Hex, weights: z.string(),
    }),
  }),
  /** Items in batches of at most 500, right after the launch: what each reviewer was given, by packet hash. */
  z.object({
    kind: z.literal('items-frozen'),
    body: z.object({
      campaign: z.int(),
      items: z.array(
        z.object({
          item: z.int(), packet: sha256Hex, reviewer: person, basis: reviewerBasis, subject: person.nullable(), advice: action,
          /** Over the names and words shown with the packet, which holds none: nobody can rename a person or a right under review. */
          shown: sha256Hex.exactOptional(),
        }),
      ),
    }),
  }),
  z.object({
    kind: z.literal('decision-made'),
    body: z.object({
      campaign: z.int(), item: z.int(), outcome, until: isoDate.nullable(), reasonCode: reasonCode.nullable(), reasonText: z.string().nullable(),
      packet: sha256Hex, advice: action, adviceVisible: z.boolean(), openMs: z.int().nullable(),
    }),
  }),
  z.object({ kind: z.literal('decision-undone'), body: z.object({ campaign: z.int(), item: z.int(), undoes: z.int() }) }),
  /** Ends undo for these items. `decisionsHash`: SHA-256 of the lines `item \t outcome \t decision seq`, by item. */
  z.object({
    kind: z.literal('sign-off'),
    body: z.object({
      campaign: z.int(), reviewer: person, decided: z.int(), undecided: z.int(), decisionsHash: sha256Hex, statement: z.string(),
      certificateFingerprint: sha256Hex, authentication: z.literal('passphrase'), items: z.array(z.int()),
    }),
  }),
  z.object({
    kind: z.literal('campaign-closed'),
    body: z.object({
      campaign: z.int(), items: z.int(), outcomes: z.record(itemState, z.int()), noAnswer: z.enum(['leave-open', 'revoke']),
      unanswered: z.array(z.int()),
    }),
  }),
  z.object({
    kind: z.literal('bundle-sealed'),
    body: z.object({ campaign: z.int(), version: z.int(), reportSha256: sha256Hex, evidenceSha256: sha256Hex, hasExceptions: z.boolean() }),
  }),
  z.object({ kind: z.literal('backup-made'), body: z.object({ fileName: z.string(), sha256: sha256Hex, events: z.int() }) }),
])

/** One line of the log, as parsed. `boot` identifies an app start, `mono` is monotonic milliseconds within it. */
export const evidenceEvent = z.intersection(
  z.object({
    v: z.literal(1), log: z.string(), seq: z.int().min(0), ts: isoTime, boot: z.string(), mono: z.int(), actor: person,
    /** Hash of the line before; 64 zeros for the first. */
    prev: sha256Hex,
  }),
  eventBody,
)

/** Signed head of the log after `size` events. `note` is the three C2SP lines: origin, size, base64 root. */
export const checkpoint = z.object({ size: z.int(), root: z.string(), note: z.string(), at: isoTime, why: z.string() })

export type EventBody = z.infer<typeof eventBody>
export type EventKind = EventBody['kind']
export type EventBodyOf<K extends EventKind> = Extract<EventBody, { kind: K }>['body']
export type EvidenceEvent = z.infer<typeof evidenceEvent>
export type Checkpoint = z.infer<typeof checkpoint>
