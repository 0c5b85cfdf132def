import { z } from 'zod'
import { liveConfig, liveSourceKind, type LiveConfig, type LiveSourceKind } from './live-source.ts'
import { isoDate, isoTime } from './time.ts'

export const fileSourceKind = z.enum(['csv-entitlements', 'csv-sign-ins', 'hr'])

/** Lists and logs that come as files, and systems that are asked over the network. */
export const sourceKind = z.enum([...fileSourceKind.options, ...liveSourceKind.options])

/** The fields a column can be mapped to, by source kind. Required ones are in `requiredFields`. */
export const mappableFields = {
  'csv-entitlements': [
    'account', 'accountName', 'email', 'employeeId', 'accountKind', 'accountEnabled',
    'entitlement', 'entitlementName', 'entitlementDescription', 'application', 'privilege', 'risk', 'owner',
    'path', 'grantedAt', 'expiresAt', 'lastUsed',
  ],
  'csv-sign-ins': ['account', 'application', 'at', 'result'],
  hr: [
    'employeeId', 'status', 'workerKind', 'firstName', 'lastName', 'fullName', 'email', 'title', 'department', 'division',
    'costCenter', 'location', 'managerId', 'managerName', 'hireDate', 'terminationDate', 'onLeave',
  ],
} as const satisfies Record<FileSourceKind, readonly string[]>

export const requiredFields = {
  'csv-entitlements': ['account', 'entitlement'],
  'csv-sign-ins': ['account', 'at'],
  hr: ['employeeId'],
} as const satisfies Record<FileSourceKind, readonly string[]>

/** How a file is read. Saved per source; `columns` maps our field to the file's own header (or `#1`, `#2` where it has none). */
export const mapping = z.object({
  columns: z.record(z.string(), z.string()),
  delimiter: z.enum(['auto', ',', ';', '\t', '|', 'whitespace']).default('auto'),
  hasHeader: z.boolean().default(true),
  /** A membership column holding several entitlements in one cell (`Project 1;Project 7`) is split at this text. */
  splitEntitlementsAt: z.string().min(1).nullable().default(null),
  dateOrder: z.enum(['auto', 'day-first', 'month-first']).default('auto'),
  /** Values for fields the file has no column for, such as the application's name. */
  constants: z.record(z.string(), z.string()).default({}),
})

/** Where a file source's rows come from and how much change is believed without asking. */
export const fileConfig = z.object({
  from: z.literal('file').default('file'),
  file: z.string(),
  /** For sign-ins: the source whose accounts the login names belong to; null = match accounts of every source. */
  accountsOf: z.string().nullable().default(null),
  /** A file with fewer than this share of the last complete run's records is held until the officer accepts it. */
  holdBelowShare: z.number().min(0).max(1).default(0.7),
})

/** `from` says which: a file, or the live system of that name. Workspaces of the first version stored files without it. */
export const sourceConfig = z.union([fileConfig, ...liveConfig.options])

export const source = z.object({
  id: z.int(),
  name: z.string(),
  kind: sourceKind,
  config: sourceConfig,
  mapping: mapping.nullable(),
  createdAt: isoTime,
})

/** A row that was not taken, with why. `row` is the line's number in the file, header = 1. `raw` has protected columns blanked. */
export const reject = z.object({
  row: z.int(),
  column: z.string().nullable(),
  code: z.enum([
    'missing-required', 'bad-date', 'bad-value', 'duplicate-id', 'shifted-columns', 'too-few-columns', 'too-many-columns', 'bad-quote',
    'dangling-manager', 'conflicting-attributes', 'out-of-range', 'too-long',
  ]),
  reason: z.string(),
  /** `row-rejected`: nothing of the row was taken. `field-dropped`: the row was taken without this field. */
  effect: z.enum(['row-rejected', 'field-dropped']),
  raw: z.string(),
})

/** complete → a snapshot; held → waits for the officer's word (shrank, cut off); the others left no trace in the inventory. */
export const runState = z.enum(['running', 'complete', 'held', 'failed', 'cancelled', 'discarded'])

/** What reading a source did, so that an auditor can reconcile it: rowsRead = imported + rejected + merged. */
export const run = z.object({
  id: z.int(),
  sourceId: z.int(),
  sourceName: z.string(),
  sourceKind,
  state: runState,
  asOf: isoDate,
  startedAt: isoTime,
  finishedAt: isoTime.nullable(),
  actor: z.string(),
  /** What was read: the file as named and the mapping's hash, or the live system and its collections (each in `collections`). */
  query: z.string(),
  file: z.object({
    name: z.string(), bytes: z.int(), sha256: z.string(), storedAs: z.string(), storedBytes: z.int(),
    /** Of the kept copy, unpacked, where protected columns were blanked on arrival. */
    kept: z.object({ sha256: z.string(), bytes: z.int() }).exactOptional(),
  }).nullable(),
  rowsRead: z.int(),
  imported: z.int(),
  rejected: z.int(),
  /** Rows that said again what an earlier row had said. */
  merged: z.int(),
  fieldsDropped: z.int(),
  protectedColumns: z.array(z.string()),
  /** Why it is held or failed, one sentence each. */
  notes: z.array(z.string()),
  snapshotId: z.int().nullable(),
})

/** The immutable picture of all grants (or, for HR, all people) of one source after a run. */
export const snapshot = z.object({
  id: z.int(),
  sourceId: z.int(),
  sourceName: z.string(),
  runId: z.int(),
  asOf: isoDate,
  takenAt: isoTime,
  accounts: z.int(),
  entitlements: z.int(),
  grants: z.int(),
  added: z.int(),
  removed: z.int(),
  /** SHA-256 over the sorted lines `account \t entitlement \t path`, so that it can be recomputed from the rows or the file. */
  contentHash: z.string(),
})

export type SourceKind = z.infer<typeof sourceKind>
export type FileSourceKind = z.infer<typeof fileSourceKind>
export type FileConfig = z.infer<typeof fileConfig>
/** A source whose rows come as a file. */
export type FileSource = Source & { readonly kind: FileSourceKind; readonly config: FileConfig }
/** A source that is asked over the network. */
export type LiveSource = Source & { readonly kind: LiveSourceKind; readonly config: LiveConfig }
export type Mapping = z.infer<typeof mapping>
export type SourceConfig = z.infer<typeof sourceConfig>
export type Source = z.infer<typeof source>
export type Reject = z.infer<typeof reject>
export type RunState = z.infer<typeof runState>
export type Run = z.infer<typeof run>
export type Snapshot = z.infer<typeof snapshot>
