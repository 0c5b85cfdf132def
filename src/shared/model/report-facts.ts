import { z } from 'zod'
import { connections } from './air-gap.ts'
import { isoDate, isoTime } from './time.ts'
import { plantedItem, reviewerBasis } from './campaign.ts'
import { risk } from './entitlement.ts'
import { runCollection } from './live-source.ts'
import { remediationFact } from './remediation.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** How an officer shows that the population is complete (all of it was listed) and accurate (what is listed is so). */
export const populationTestKind = z.enum(['hr-headcount', 'console-count', 'second-report', 'list-to-system', 'system-to-list'])

/** What happened to the evidence outside Muster: where it lies, who was given it, how long it is kept. */
export const custodyKind = z.enum(['stored', 'handed-over', 'returned', 'retention', 'destroyed'])

/** Which items a sample is drawn from: all, or those with one outcome. */
export const sampleAmong = z.enum(['all', 'keep', 'revoke', 'keep-until', 'look-closer', 'undecided'])

/** `method`: items in the order of SHA-256("muster-sample-v1\n" seed "\n" item), the first `size` of them. */
export const sampleMethod = z.literal('sha256-order-1')

/** `expected`: what the other side counted, or how many rows were traced; `found`: what this list holds, or how many of them agreed. */
export const populationTest = z.object({
  test: z.int().min(1), what: populationTestKind, source: z.string().nullable(), how: z.string(), expected: z.int().min(0), found: z.int().min(0),
  explanation: z.string(),
})

export const auditSample = z.object({
  sample: z.int().min(1), seed: z.string(), method: sampleMethod, among: sampleAmong, population: z.int().min(0), items: z.array(z.int()),
})

/** `until`: last day of keeping, for `retention`. */
export const custodyNote = z.object({ what: custodyKind, where: z.string(), note: z.string(), until: isoDate.nullable() })

const told = { seq: z.int(), at: isoTime, by: z.string() }

/**
 * What follows from the campaign's events and nothing else; both verifiers work it out anew and compare. `circular`: people who reviewed
 * each other. `quick`: decisions made less than two seconds after the same person's one before.
 */
export const logFacts = z.object({
  handedOn: z.array(z.object({ ...told, from: z.string(), to: z.string(), basis: reviewerBasis, why: z.string(), items: z.int(), reason: z.string() })),
  stages: z.array(z.object({ ...told, stage: z.int(), cases: z.int(), movedOn: z.int(), unanswered: z.int(), nextDueOn: isoDate })),
  extensions: z.array(z.object({ ...told, stage: z.int(), from: isoDate, to: isoDate, reason: z.string() })),
  reminders: z.array(z.object({ ...told, people: z.int(), open: z.int(), channel: z.string() })),
  /** `seq` of a question is what an answer names; the last answer stands. */
  questions: z.array(z.object({
    ...told, item: z.int(), asked: z.string(), role: z.string(), text: z.string(),
    answer: z.object({ at: isoTime, by: z.string(), text: z.string() }).nullable(),
  })),
  circular: z.array(z.object({ one: z.string(), other: z.string(), items: z.int() })),
  pace: z.array(z.object({ person: z.string(), decisions: z.int(), quick: z.int(), undone: z.int() })),
  days: z.array(z.object({ day: isoDate, decided: z.int(), signedOff: z.int() })),
  wording: z.array(z.object({ model: z.string(), digest: z.string(), worded: z.int(), sentences: z.int(), replaced: z.int(), disagreed: z.int() })),
  tests: z.array(populationTest.extend(told)),
  samples: z.array(auditSample.extend(told)),
  custody: z.array(custodyNote.extend(told)),
  /** Versions sealed before this one, and why each was superseded. */
  amendments: z.array(z.object({ ...told, supersedes: z.int(), reason: z.string() })),
  sealed: z.array(z.object({ ...told, version: z.int(), reportSha256: sha256Hex, evidenceSha256: sha256Hex, hasExceptions: z.boolean() })),
})

/** One clause of a framework and where this report answers it. */
export const frameworkClause = z.object({ ref: z.string(), title: z.string(), asks: z.string(), answeredBy: z.array(z.string()) })
export const framework = z.object({ id: z.string(), name: z.string(), edition: z.string(), clauses: z.array(frameworkClause).min(1) })

/** What the workspace knew when it sealed. It cannot be worked out from the campaign's events. */
export const storeFacts = z.object({
  approvedBy: z.string(),
  systems: z.array(z.object({ source: z.string(), kind: z.string(), isIn: z.boolean(), why: z.string() })),
  leavers: z.array(z.object({ person: z.string(), account: z.string(), source: z.string(), items: z.int() })),
  orphans: z.array(z.object({ account: z.string(), source: z.string(), kind: z.string(), items: z.int() })),
  /** Grants in review that a later snapshot, taken before the close, no longer showed; and grants it showed that the review's did not. */
  freshness: z.array(z.object({
    source: z.string(), snapshot: z.int(), asOf: isoDate, daysAtLaunch: z.int(), daysAtClose: z.int(), laterSnapshots: z.int(), gone: z.int(), added: z.int(),
  })),
  outcomeByRisk: z.array(z.object({
    risk, items: z.int(), keep: z.int(), revoke: z.int(), keepUntil: z.int(), lookCloser: z.int(), undecided: z.int(),
  })),
  conflicts: z.array(z.object({ rule: z.string(), severity: z.string(), people: z.int(), items: z.int(), mitigated: z.int(), exempt: z.int() })),
  exemptions: z.array(z.object({
    rule: z.string(), subject: z.string(), owner: z.string(), reason: z.string(), until: isoDate, grantedBy: z.string(), grantedAt: isoTime, state: z.string(),
  })),
  remediation: z.array(remediationFact),
  /** Items whose right answer the officer knew beforehand, with what was answered; none of them is a removal. Absent in older reports. */
  planted: z.array(plantedItem).exactOptional(),
  frameworks: z.array(framework),
  /** Absent in older reports. */
  connections: connections.exactOptional(),
})

export const extractCollection = runCollection

export const reportFacts = z.object({ log: logFacts, store: storeFacts })

export type PopulationTestKind = z.infer<typeof populationTestKind>
export type CustodyKind = z.infer<typeof custodyKind>
export type SampleAmong = z.infer<typeof sampleAmong>
export type LogFacts = z.infer<typeof logFacts>
export type StoreFacts = z.infer<typeof storeFacts>
export type Framework = z.infer<typeof framework>
