import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'
import { campaignProgress, campaignSpec, populationTotals, reviewerBasis } from './campaign.ts'
import { itemState, reasonCode } from './decision.ts'
import { identityKind } from './identity.ts'
import { privilege, risk } from './entitlement.ts'
import { confidence, recommendation } from './recommendation.ts'
import { extractCollection, reportFacts } from './report-facts.ts'

/** One line of the report's checks. A failed check is printed as FAILED, never left out. */
export const reportCheck = z.object({ code: z.string(), title: z.string(), passed: z.boolean(), detail: z.string() })

/** One source extract behind the population (the auditor's IPE sheet). */
export const reportExtract = z.object({
  source: z.string(), sourceKind: z.string(), run: z.int(), query: z.string(), fileName: z.string(), bytes: z.int(), sha256: z.string(),
  runBy: z.string(), startedAt: isoTime, finishedAt: isoTime, asOf: isoDate, rowsRead: z.int(), imported: z.int(), rejected: z.int(),
  merged: z.int(), fieldsDropped: z.int(), snapshot: z.int().nullable(), contentHash: z.string().nullable(), toolVersion: z.string(),
  notes: z.array(z.string()),
  /** Of a live source: what was asked of each collection, word for word, and what came. */
  collections: z.array(extractCollection).exactOptional(),
  /** Where protected columns were blanked on arrival: SHA-256 (of the unpacked text) of the copy that was kept and is in the bundle. */
  keptSha256: z.string().exactOptional(),
})

export const reportReviewer = z.object({
  person: z.string(), name: z.string(), bases: z.array(reviewerBasis), items: z.int(), decided: z.int(), revoked: z.int(), signedOffAt: isoTime.nullable(),
  /** Median seconds an item was open before its decision; null where no screen measured it. */
  medianSeconds: z.int().nullable(), agreedWithAdvice: z.int(), certificateFingerprint: z.string().nullable(),
  /** Of the decided ones: kept in bulk after a sample was opened, and attested as unchanged. Absent = none. */
  bulk: z.int().exactOptional(), attested: z.int().exactOptional(),
})

export const reportItem = z.object({
  item: z.int(), subject: z.string(), subjectEmail: z.string().nullable(), subjectKind: identityKind, title: z.string().nullable(),
  department: z.string().nullable(), account: z.string(), source: z.string(), application: z.string(), entitlement: z.string(),
  entitlementId: z.string(), description: z.string().nullable(), privilege, risk, path: z.string(), reviewer: z.string(), basis: reviewerBasis,
  advice: recommendation.shape.action, confidence, score: z.int(), adviceVisible: z.boolean().nullable(), words: z.string(),
  packet: z.string(), outcome: itemState, until: isoDate.nullable(), reasonCode: reasonCode.nullable(), reason: z.string().nullable(),
  decidedBy: z.string().nullable(), decidedAt: isoTime.nullable(), decisionSeq: z.int().nullable(), isSignedOff: z.boolean(),
})

/** evidence.json without its items, which follow as one array so that 50,000 can be streamed. */
export const reportHead = z.object({
  format: z.literal('muster-evidence-1'),
  product: z.object({ name: z.literal('Muster'), version: z.string() }),
  workspace: z.object({ name: z.string(), log: z.string(), rootFingerprint: z.string() }),
  campaign: z.object({
    id: z.int(), version: z.int(), spec: campaignSpec, specHash: z.string(), asOf: isoDate, createdBy: z.string(), launchedAt: isoTime,
    closedAt: isoTime, daysLate: z.int(), sealedAt: isoTime, sealedBy: z.string(), weights: z.string(),
  }),
  extracts: z.array(reportExtract),
  controlTotals: z.object({
    rowsRead: z.int(), imported: z.int(), rejected: z.int(), merged: z.int(), population: populationTotals, progress: campaignProgress,
    difference: z.int(),
    /** What every grant came to: several answers by the stage's strategy, none by the no-answer rule (`byRule`: how many that settled). Absent in older reports. */
    final: z.object({
      cases: z.int(), undecided: z.int(), kept: z.int(), revoked: z.int(), keptUntil: z.int(), lookCloser: z.int(), byRule: z.int(),
    }).exactOptional(),
  }),
  populationByKind: z.array(z.object({ kind: identityKind, identities: z.int(), grants: z.int() })),
  privilegedGrants: z.int(),
  leaversWithAccess: z.int(),
  orphanAccounts: z.int(),
  selfReviews: z.int(),
  advice: z.object({
    agreedVisible: z.int(), decidedVisible: z.int(), agreedHidden: z.int(), decidedHidden: z.int(),
  }),
  reviewers: z.array(reportReviewer),
  signOffs: z.array(z.object({ reviewer: z.string(), at: isoTime, decided: z.int(), undecided: z.int(), statement: z.string(), eventSeq: z.int(), file: z.string() })),
  checks: z.array(reportCheck),
  /** Plain sentences; empty = sealed without exceptions. */
  exceptions: z.array(z.string()),
  checkpoint: z.object({ size: z.int(), root: z.string(), note: z.string() }),
  /** False: the times come from this machine's clock and nothing outside proves them. */
  isTimeProven: z.boolean(),
  /** Who stamped the checkpoint before the report was printed, and when (checkpoint.tsr). Absent = nobody. */
  timeStamp: z.object({ authority: z.string(), at: isoTime }).exactOptional(),
  /** The form in which the PDF prints these figures, which tells a verifier what to look for. Absent in older reports. */
  print: z.int().exactOptional(),
  /** Absent in reports of the first release. */
  facts: reportFacts.exactOptional(),
})

export const evidenceReport = reportHead.extend({ items: z.array(reportItem) })

export type ReportCheck = z.infer<typeof reportCheck>
export type ReportExtract = z.infer<typeof reportExtract>
export type ReportReviewer = z.infer<typeof reportReviewer>
export type ReportItem = z.infer<typeof reportItem>
export type ReportHead = z.infer<typeof reportHead>
export type EvidenceReport = z.infer<typeof evidenceReport>
