import { z } from 'zod'
import { action } from './recommendation.ts'
import { reject } from './source.ts'
import { isoDate, isoTime } from './time.ts'

/** Fields a column of a decision history can be mapped to. The first four are required. */
export const historyFields = ['account', 'entitlement', 'outcome', 'decidedOn', 'department', 'title', 'manager'] as const
export const requiredHistoryFields = ['account', 'entitlement', 'outcome', 'decidedOn'] as const satisfies readonly (typeof historyFields)[number][]

/** How a file of past decisions is read. `columns` maps our field to the file's own header. */
export const historyMapping = z.object({
  columns: z.record(z.string(), z.string()),
  delimiter: z.enum(['auto', ',', ';', '\t', '|', 'whitespace']).default('auto'),
  dateOrder: z.enum(['auto', 'day-first', 'month-first']).default('auto'),
})

/** One decision of the past as a file tells it: kept (approved) or revoked (denied). */
export const pastDecision = z.object({
  row: z.int(), account: z.string(), entitlement: z.string(), isKept: z.boolean(), decidedOn: isoDate,
  department: z.string().nullable(), title: z.string().nullable(), manager: z.string().nullable(),
})

/** A file of past decisions that was taken, with its control totals: rowsRead = imported + rejected + merged. */
export const historyImport = z.object({
  id: z.int(), at: isoTime, by: z.string(), fileName: z.string(), fileBytes: z.int(), fileSha256: z.string(), storedAs: z.string(),
  rowsRead: z.int(), imported: z.int(), rejected: z.int(), merged: z.int(), kept: z.int(), revoked: z.int(),
  protectedColumns: z.array(z.string()), notes: z.array(z.string()),
  /** Null while it counts; else when and why the officer took it out again. */
  withdrawn: z.object({ at: isoTime, by: z.string(), reason: z.string() }).nullable(),
})

/** First rows of a file as they would be taken. Nothing is saved. */
export const historyPreview = z.object({
  header: z.array(z.string()), mapping: historyMapping, missing: z.array(z.string()), rows: z.array(pastDecision), rejects: z.array(reject),
  rowsRead: z.int(), protectedColumns: z.array(z.string()), notes: z.array(z.string()),
})

/** What there is to learn from, and what is left out for which reason. */
export const historyTotals = z.object({
  decisions: z.int(), kept: z.int(), revoked: z.int(),
  imported: z.int(),
  /** Signed off in this workspace without seeing the advice. */
  blind: z.int(),
  /** Revoked here and granted again within 30 days: counted as kept. */
  corrected: z.int(),
  /** Signed off with the advice in sight, or left as "look closer": teaches nothing. */
  adviceSeen: z.int(), undecided: z.int(),
  /** Imported decisions whose entitlement the inventory does not know; they still count for their department, title and manager. */
  unknownEntitlement: z.int(),
})

/** How right chances were on decisions they were not made from. Shares in ten-thousandths, so that a report has one spelling. */
export const heldOutFigures = z.object({
  auc: z.int(), averagePrecision: z.int(), calibrationError: z.int(),
  /** Of the decisions of this class: how many the model would have told the same way. */
  kept: z.object({ decisions: z.int(), agreed: z.int() }),
  revoked: z.object({ decisions: z.int(), agreed: z.int() }),
})

export const adviceChange = z.object({
  grantId: z.int(), subject: z.string(), entitlement: z.string(), application: z.string(), before: action, after: action, beforeScore: z.int(), afterScore: z.int(),
})

/** What a model would change, measured beside the weights in force before anybody activates it. */
export const shadowReport = z.object({
  v: z.literal(1), model: z.int(), asOf: isoDate, before: z.string(), after: z.string(),
  history: historyTotals, heldOut: heldOutFigures,
  grants: z.int(),
  /** Open grants by advice before and after: [before][after]. */
  moves: z.array(z.object({ before: action, after: action, grants: z.int() })),
  changed: z.int(),
  /** Grants a hard rule decides, and how many of those changed: always 0, counted all the same. */
  ruled: z.int(), ruledChanged: z.int(),
  /** The largest changes, most moved first. */
  examples: z.array(adviceChange),
})

/** One thing a model has learned. `weight`: thousandths of log-odds, positive for keeping. */
export const learnedStatement = z.object({
  parts: z.array(z.object({ name: z.string(), value: z.string().nullable() })), kept: z.int(), revoked: z.int(), weight: z.int(),
})

export const modelState = z.enum(['shadow', 'active', 'retired'])

export const modelCard = z.object({
  id: z.int(), at: isoTime, by: z.string(), state: modelState, version: z.string(), seed: z.int(), historyHash: z.string(), coefficientsHash: z.string(),
  reportHash: z.string(), decisions: z.int(), kept: z.int(), revoked: z.int(), seconds: z.int(),
})

/** Whether confidence may be a number yet. `error`: mean distance between percentage and truth, ten-thousandths, null before. */
export const calibrationState = z.object({ weights: z.string(), blind: z.int(), needed: z.int(), isCalibrated: z.boolean(), error: z.int().nullable() })

export type HistoryMapping = z.infer<typeof historyMapping>
export type HistoryField = (typeof historyFields)[number]
export type PastDecision = z.infer<typeof pastDecision>
export type HistoryImport = z.infer<typeof historyImport>
export type HistoryPreview = z.infer<typeof historyPreview>
export type HistoryTotals = z.infer<typeof historyTotals>
export type HeldOutFigures = z.infer<typeof heldOutFigures>
export type ShadowReport = z.infer<typeof shadowReport>
export type LearnedStatement = z.infer<typeof learnedStatement>
export type ModelCard = z.infer<typeof modelCard>
export type CalibrationState = z.infer<typeof calibrationState>
