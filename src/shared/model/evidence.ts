import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'
import { itemState, outcome, reasonCode } from './decision.ts'
import { escalationStep, outcomeStrategy, plantedAnswer, reviewerBasis } from './campaign.ts'
import { dailyWork, microRuleKind } from './calendar.ts'
import { keyEvents, rootWay } from './key-events.ts'
import { airGapEvents } from './air-gap.ts'
import { mailEvents } from './mail-events.ts'
import { timeEvents } from './time-events.ts'
import { action } from './recommendation.ts'
import { auditSample, custodyNote, populationTest } from './report-facts.ts'
import { carriedAnswer, packetConflict } from './packet.ts'
import { runState, sourceKind } from './source.ts'
import { remediationEvents } from './remediation-events.ts'
import { workspaceKeyChange, workspaceKeyWay } from './workspace-key.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
/** Who acted: an e-mail address of an enrolled person, or `system`. */
const person = z.string()
/** `id`: number of the event that says so. */
const together = z.object({ id: z.int(), size: z.int() })

/**
 * One recorded fact in the workspace's single log. Only strings, booleans, null and integers below 2^53, so that its
 * RFC 8785 form is the same in every implementation. The stored line is what is hashed, never a re-serialisation.
 */
export const eventBody = z.discriminatedUnion('kind', [
  /** `way`: where the root comes from; left out = made here. A null root: its certificates come from an authority elsewhere, and none is here yet. */
  z.object({ kind: z.literal('workspace-created'), body: z.object({ name: z.string(), rootFingerprint: sha256Hex.nullable(), way: rootWay.exactOptional() }) }),
  /** Of the key the workspace's files are encrypted with, and of what opens it. Never the key. */
  z.object({
    kind: z.literal('workspace-key-changed'),
    body: z.object({
      change: workspaceKeyChange,
      /** Where files came under a key: what they are encrypted with, and what opens it. Workspaces of earlier versions do not say. */
      databases: z.string().exactOptional(), originals: z.string().exactOptional(), opensWith: z.array(workspaceKeyWay).exactOptional(),
    }),
  }),
  z.object({
    kind: z.literal('person-enrolled'),
    body: z.object({ person, name: z.string(), roles: z.array(z.string()), certificateFingerprint: sha256Hex }),
  }),
  z.object({ kind: z.literal('source-added'), body: z.object({ source: z.string(), sourceKind }) }),
  /** The settings of a live source, secrets not among them. */
  z.object({ kind: z.literal('source-changed'), body: z.object({ source: z.string(), settingsHash: sha256Hex, changedSecrets: z.array(z.string()) }) }),
  z.object({ kind: z.literal('source-mapped'), body: z.object({ source: z.string(), mappingHash: sha256Hex }) }),
  z.object({ kind: z.literal('source-removed'), body: z.object({ source: z.string() }) }),
  z.object({
    kind: z.literal('run-ended'),
    body: z.object({
      run: z.int(), source: z.string(), state: runState, asOf: isoDate, fileName: z.string().nullable(), fileSha256: sha256Hex.nullable(),
      rowsRead: z.int(), imported: z.int(), rejected: z.int(), merged: z.int(), notes: z.array(z.string()),
      /** Of a live source: SHA-256 over the canonical JSON of what each of its collections gave. */
      collectionsHash: sha256Hex.exactOptional(),
      /** Of the kept copy whose protected columns were blanked on arrival. */
      keptSha256: sha256Hex.exactOptional(),
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
  /** The officer took a confirmed match back; who the account then belonged to by its own ids, if anybody. */
  z.object({ kind: z.literal('match-undone'), body: z.object({ source: z.string(), account: z.string(), identity: z.int().nullable() }) }),
  z.object({ kind: z.literal('entitlement-described'), body: z.object({ source: z.string(), entitlement: z.string(), descriptionHash: sha256Hex.nullable() }) }),
  z.object({ kind: z.literal('sod-rules-set'), body: z.object({ rules: z.int(), rulesHash: sha256Hex }) }),
  /** A person's conflict accepted for a time, by somebody who answers for it; `until` is the last day it counts. */
  z.object({
    kind: z.literal('sod-exemption-granted'),
    body: z.object({ exemption: z.int(), rule: z.string(), identity: z.int(), owner: z.string(), reason: z.string(), until: isoDate }),
  }),
  z.object({ kind: z.literal('sod-exemption-ended'), body: z.object({ exemption: z.int(), rule: z.string(), identity: z.int(), reason: z.string() }) }),
  /** Which rights a tag covers from now on, or no longer; at most 500 in one event. */
  z.object({
    kind: z.literal('entitlements-tagged'),
    body: z.object({ tag: z.string(), isAssigned: z.boolean(), entitlements: z.array(z.object({ source: z.string(), entitlement: z.string() })) }),
  }),
  z.object({
    kind: z.literal('object-protected'),
    body: z.object({ object: z.enum(['account', 'entitlement']), source: z.string(), nativeId: z.string(), basis: z.string(), reason: z.string() }),
  }),
  z.object({
    kind: z.literal('protection-ended'),
    body: z.object({ object: z.enum(['account', 'entitlement']), source: z.string(), nativeId: z.string(), reason: z.string() }),
  }),
  z.object({ kind: z.literal('campaign-created'), body: z.object({ campaign: z.int(), name: z.string(), specHash: sha256Hex }) }),
  /** Before the launch only: what stands from here on. */
  z.object({ kind: z.literal('campaign-changed'), body: z.object({ campaign: z.int(), name: z.string(), specHash: sha256Hex }) }),
  /** A draft that was never launched was thrown away; its number is not given again. */
  z.object({ kind: z.literal('campaign-discarded'), body: z.object({ campaign: z.int(), name: z.string() }) }),
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
      /** Absent in the first stage. */
      stage: z.int().exactOptional(),
      items: z.array(
        z.object({
          item: z.int(), packet: sha256Hex, reviewer: person, basis: reviewerBasis, subject: person.nullable(), advice: action,
          /** Over the names and words shown with the packet, which holds none: nobody can rename a person or a right under review. */
          shown: sha256Hex.exactOptional(),
          /** The first item of the same grant, whose case this one joins or continues. Absent = it is the first. */
          of: z.int().exactOptional(),
        }),
      ),
    }),
  }),
  z.object({
    kind: z.literal('decision-made'),
    body: z.object({
      campaign: z.int(), item: z.int(), outcome, until: isoDate.nullable(), reasonCode: reasonCode.nullable(), reasonText: z.string().nullable(),
      packet: sha256Hex, advice: action, adviceVisible: z.boolean(), openMs: z.int().nullable(),
      /** Whose words stood on the screen: the `narrative-worded` event and its text's hash. Absent = the words frozen at launch. */
      words: z.object({ narrative: z.int(), rendered: sha256Hex, modelDisagreed: z.boolean() }).exactOptional(),
      /** Decided with others in one go: the `decided-together` event and how many it covers. Absent = decided by itself. */
      attestation: together.exactOptional(),
      bulk: together.exactOptional(),
      /** Decided in a review packet: number and time of the event in the reviewer's own log. */
      carried: z.object({ packet: z.uuid(), seq: z.int(), at: isoTime }).exactOptional(),
    }),
  }),
  /**
   * Several items decided in one go, right before their decisions. `sample`: items drawn by hash that had to be opened first, and for how long
   * the screen says they were; `statement`: what the reviewer affirmed.
   */
  z.object({
    kind: z.literal('decided-together'),
    body: z.object({
      campaign: z.int(), reviewer: person, way: z.enum(['attestation', 'bulk']), size: z.int(), key: sha256Hex,
      sample: z.array(z.object({ item: z.int(), openMs: z.int() })), statement: z.string(),
    }),
  }),
  /** A reviewer asks the owner of a right, or the officer, about an item; `asked` is who is to answer. */
  z.object({
    kind: z.literal('question-asked'),
    body: z.object({ campaign: z.int(), item: z.int(), asked: person, role: z.enum(['owner', 'officer']), text: z.string() }),
  }),
  z.object({ kind: z.literal('question-answered'), body: z.object({ campaign: z.int(), item: z.int(), question: z.int(), text: z.string() }) }),
  z.object({ kind: z.literal('decision-undone'), body: z.object({ campaign: z.int(), item: z.int(), undoes: z.int() }) }),
  /** Ends undo for these items. `decisionsHash`: SHA-256 of the lines `item \t outcome \t decision seq`, by item. */
  z.object({
    kind: z.literal('sign-off'),
    body: z.object({
      campaign: z.int(), reviewer: person, decided: z.int(), undecided: z.int(), decisionsHash: sha256Hex, statement: z.string(),
      certificateFingerprint: sha256Hex, authentication: z.literal('passphrase'), items: z.array(z.int()),
      /** In a workspace made from a packet: SHA-256 over the canonical JSON of the answers, which travel with the response. */
      answersHash: sha256Hex.exactOptional(),
      /** Signed in a packet: the line of the reviewer's own log that the signature covers, and the answers it binds. */
      carried: z.object({ packet: z.uuid(), log: z.string(), line: z.string(), answers: z.array(carriedAnswer) }).exactOptional(),
    }),
  }),
  /** Items handed on. A decision on them that was not signed off is void; `why` says who or what moved them. */
  z.object({
    kind: z.literal('items-reassigned'),
    body: z.object({
      campaign: z.int(), items: z.array(z.int()), from: person, to: person, basis: reviewerBasis,
      why: z.enum(['reassigned', 'delegated', 'escalated', 'reviewer-left', 'self-review']), reason: z.string(),
    }),
  }),
  z.object({ kind: z.literal('campaign-extended'), body: z.object({ campaign: z.int(), stage: z.int(), from: isoDate, to: isoDate, reason: z.string() }) }),
  /** Only people with something undecided are reminded; `channel` says how the officer took it to them. */
  z.object({
    kind: z.literal('reviewers-reminded'),
    body: z.object({
      campaign: z.int(), people: z.array(z.object({ person, open: z.int() })), channel: z.enum(['list', 'mail-drafts', 'smtp', 'packet-note']),
      /** Of one that was sent: the letter's number, its Message-ID, and the server's answer. */
      mail: z.object({ letter: z.int(), messageId: z.string(), answer: z.string() }).exactOptional(),
    }),
  }),
  /** The stage is over: these cases move on, the outcomes of the others stand. `unanswered`: its items without a sign-off. */
  z.object({
    kind: z.literal('stage-closed'),
    body: z.object({ campaign: z.int(), stage: z.int(), cases: z.int(), movedOn: z.array(z.int()), unanswered: z.array(z.int()), nextDueOn: isoDate }),
  }),
  z.object({
    kind: z.literal('campaign-closed'),
    body: z.object({
      campaign: z.int(), items: z.int(), outcomes: z.record(itemState, z.int()), noAnswer: z.enum(['leave-open', 'keep', 'revoke', 'follow-advice']),
      unanswered: z.array(z.int()),
      /** What each grant came to: several answers by the strategy of the stage it ended in, none by the no-answer rule. Absent before there was such a thing. */
      final: z.object({ strategies: z.array(outcomeStrategy), outcomes: z.record(itemState, z.int()), byRule: z.array(z.int()) }).exactOptional(),
    }),
  }),
  z.object({
    kind: z.literal('bundle-sealed'),
    body: z.object({ campaign: z.int(), version: z.int(), reportSha256: sha256Hex, evidenceSha256: sha256Hex, hasExceptions: z.boolean() }),
  }),
  /** A test of completeness or accuracy the officer made outside Muster, with what it gave. Later ones of the same kind and source replace earlier ones. */
  z.object({ kind: z.literal('population-tested'), body: populationTest.extend({ campaign: z.int() }) }),
  z.object({ kind: z.literal('sample-drawn'), body: auditSample.extend({ campaign: z.int() }) }),
  z.object({ kind: z.literal('custody-noted'), body: custodyNote.extend({ campaign: z.int() }) }),
  /** The next seal is a new version; the one it supersedes stays as it is. */
  z.object({ kind: z.literal('campaign-amended'), body: z.object({ campaign: z.int(), supersedes: z.int(), reason: z.string() }) }),
  /** The officer's word that a host beyond this machine may see evidence packets (without names), or no longer. */
  z.object({ kind: z.literal('model-host-allowed'), body: z.object({ host: z.string(), isAllowed: z.boolean() }) }),
  z.object({
    kind: z.literal('model-examined'),
    body: z.object({
      exam: z.int(), model: z.string(), digest: sha256Hex, ollama: z.string(), packets: z.int(), schemaValid: z.int(), sentences: z.int(),
      verified: z.int(), millisecondsPerItem: z.int(), promptHash: sha256Hex, verifier: z.string(), isPassed: z.boolean(),
    }),
  }),
  z.object({ kind: z.literal('model-chosen'), body: z.object({ host: z.string(), model: z.string(), digest: sha256Hex, exam: z.int() }) }),
  z.object({ kind: z.literal('model-switched-off'), body: z.object({ model: z.string(), digest: sha256Hex }) }),
  /** One narrative a model was asked for. The texts themselves are in the workspace, bound by these hashes. */
  z.object({
    kind: z.literal('narrative-worded'),
    body: z.object({
      campaign: z.int(), item: z.int(), packet: sha256Hex, packetBytes: z.int(), engine: z.string(), score: z.int(), narrator: z.string(),
      model: z.string(), digest: sha256Hex, ollama: z.string(), promptVersion: z.string(), promptHash: sha256Hex, verifier: z.string(),
      options: z.string(), raw: sha256Hex, rules: z.array(z.string()), sentences: z.int(), replaced: z.int(), rendered: sha256Hex,
    }),
  }),
  /** The model's verdict differs from the engine's, and no fixed rule decided: the item asks for a closer look. Never softens the advice. */
  z.object({
    kind: z.literal('model-disagreed'),
    body: z.object({ campaign: z.int(), item: z.int(), packet: sha256Hex, advice: action, verdict: action, narrative: z.int() }),
  }),
  /** A file of past decisions to learn from; `withdrawn`: it no longer counts. */
  z.object({
    kind: z.literal('history-imported'),
    body: z.object({
      import: z.int(), fileName: z.string(), fileSha256: sha256Hex, rowsRead: z.int(), imported: z.int(), rejected: z.int(), merged: z.int(),
      kept: z.int(), revoked: z.int(),
    }),
  }),
  z.object({ kind: z.literal('history-withdrawn'), body: z.object({ import: z.int(), reason: z.string() }) }),
  z.object({
    kind: z.literal('model-learned'),
    body: z.object({
      model: z.int(), version: z.string(), seed: z.int(), decisions: z.int(), historyHash: sha256Hex, coefficientsHash: sha256Hex, reportHash: sha256Hex,
    }),
  }),
  /** Campaigns launched after this use the model (null = the default weights alone); `reportHash` is the before/after report that was read. */
  z.object({
    kind: z.literal('model-activated'),
    body: z.object({ model: z.int(), before: z.string(), after: z.string(), coefficientsHash: sha256Hex, reportHash: sha256Hex }),
  }),
  z.object({ kind: z.literal('model-rolled-back'), body: z.object({ model: z.int().nullable(), before: z.string(), after: z.string(), reason: z.string() }) }),
  ...remediationEvents,
  /** Somebody stands in for a reviewer, both days included; also for what lies before the reviewer already. */
  z.object({
    kind: z.literal('delegation-set'),
    body: z.object({ delegation: z.int(), person, to: person, fromOn: isoDate, toOn: isoDate, reason: z.string() }),
  }),
  z.object({ kind: z.literal('delegation-ended'), body: z.object({ delegation: z.int(), person, to: person, endedOn: isoDate, reason: z.string() }) }),
  /** A step of the ladder was taken: `day` as the rules have it, `people` who still owed an answer, `items` given to somebody else or to somebody more. */
  z.object({
    kind: z.literal('escalation-step'),
    body: z.object({
      campaign: z.int(), stage: z.int(), dueOn: isoDate, day: z.int(), action: escalationStep.shape.action, people: z.int(), items: z.int(),
    }),
  }),
  /** The person some items are about left while these were under review; they stay with their reviewers. */
  z.object({ kind: z.literal('subject-left'), body: z.object({ campaign: z.int(), person: person.nullable(), items: z.array(z.int()), seenOn: isoDate }) }),
  /** Items whose reviewer left and that nobody else may take: an officer has to find somebody, or the rule for no answer decides. */
  z.object({ kind: z.literal('items-without-reviewer'), body: z.object({ campaign: z.int(), person, items: z.array(z.int()), seenOn: isoDate }) }),
  z.object({ kind: z.literal('holidays-set'), body: z.object({ days: z.array(z.object({ day: isoDate, name: z.string() })) }) }),
  /** Days of the week nobody works, and the ladder new campaigns begin with. */
  z.object({ kind: z.literal('calendar-settings-set'), body: z.object({ weekend: z.array(z.int()), escalation: z.array(escalationStep) }) }),
  /** A campaign that comes again by the calendar; `everyMonths` null = no longer. */
  z.object({
    kind: z.literal('recurrence-set'),
    body: z.object({ recurrence: z.int(), name: z.string(), everyMonths: z.int().nullable(), nextOn: isoDate, specHash: sha256Hex }),
  }),
  z.object({ kind: z.literal('micro-rule-set'), body: z.object({ rule: microRuleKind, days: z.int(), dueDays: z.int(), isActive: z.boolean() }) }),
  /** A small campaign opened by a rule, with what the rule saw. */
  z.object({ kind: z.literal('micro-review-opened'), body: z.object({ campaign: z.int(), rule: microRuleKind, seen: z.array(z.string()) }) }),
  /** Only where a round of the daily work did something, or failed in a way it had not before that day. */
  z.object({ kind: z.literal('daily-work-done'), body: dailyWork }),
  /**
   * An item whose right answer the officer knows, because they had the right given for that purpose; said before anybody decided it. It never
   * becomes a removal. `isPlanted` false takes it back: it is an item like any other.
   */
  z.object({
    kind: z.literal('item-planted'),
    body: z.object({ campaign: z.int(), item: z.int(), expected: plantedAnswer, isPlanted: z.boolean(), note: z.string() }),
  }),
  z.object({
    kind: z.literal('packet-written'),
    body: z.object({ campaign: z.int(), packet: z.uuid(), reviewer: person, stage: z.int(), items: z.array(z.int()), contentHash: sha256Hex, expiresAt: isoTime, way: z.enum(['recipient', 'passphrase']) }),
  }),
  /** In the workspace made from it. `checkpoint`: the officer's log as the packet named it; `formerRoot`: the pinned one the reviewer followed from. */
  z.object({
    kind: z.literal('packet-opened'),
    body: z.object({ packet: z.uuid(), fromLog: z.string(), contentHash: sha256Hex, checkpoint: z.string(), rootFingerprint: sha256Hex, formerRoot: sha256Hex.exactOptional() }),
  }),
  z.object({ kind: z.literal('response-written'), body: z.object({ packet: z.uuid(), signedOff: z.int(), undecided: z.int() }) }),
  /** A response was taken over; `conflicts` stayed as they are here. `checkpoint`: the reviewer's log as the response named it. */
  z.object({
    kind: z.literal('response-merged'),
    body: z.object({
      campaign: z.int(), packet: z.uuid(), reviewer: person, responseHash: sha256Hex, log: z.string(), checkpoint: z.string(), merged: z.int(), undecided: z.int(),
      conflicts: z.array(packetConflict),
    }),
  }),
  /** The officer compared the fingerprint of a key made elsewhere with its owner; `requestFingerprint` is what was compared. */
  z.object({ kind: z.literal('key-accepted'), body: z.object({ person, requestFingerprint: sha256Hex, certificateFingerprint: sha256Hex }) }),
  z.object({ kind: z.literal('backup-made'), body: z.object({ fileName: z.string(), sha256: sha256Hex, events: z.int() }) }),
  ...keyEvents,
  ...timeEvents,
  ...mailEvents,
  ...airGapEvents,
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
