import type { Mapping, Reject, FileConfig, FileSourceKind } from '../../shared/model/source.ts'
import type { SourceFile } from './text/source-file.ts'
import type { AccountRecord, GrantRecord, HrRecord, SignInRecord } from '../core/inventory/records.ts'

export type { AccountRecord, GrantRecord, HrRecord, SignInRecord }

export type Records =
  | { readonly of: 'people'; readonly records: readonly HrRecord[] }
  | { readonly of: 'grants'; readonly records: readonly GrantRecord[] }
  | { readonly of: 'sign-ins'; readonly records: readonly SignInRecord[] }

/**
 * A few thousand rows at a time: enough to be fast, few enough to stay small. `rowsRead` counts file rows, header and blank lines
 * excluded. Over a whole reading: rowsRead = rowsTaken + rejects whose effect is `row-rejected` + merged. A taken row gives one
 * record, several (a membership column that was split), or an account in `accounts` (an empty membership cell).
 */
export interface Batch {
  readonly rows: Records
  readonly accounts: readonly AccountRecord[]
  readonly rowsRead: number
  /** File rows behind `rows` and `accounts`. Equal to the records' number unless a cell was split. */
  readonly rowsTaken: number
  readonly rejects: readonly Reject[]
  /** Share of the input read so far, 0 to 1. */
  readonly progress: number
}

/** How reading ended. `isCutOff`: the last line was unfinished or a quote was left open, so the end of the file may be missing. */
export interface ReadEnd {
  readonly isCutOff: boolean
  readonly cutOffReason: string | null
  /** Header names of protected attributes that were dropped at the door. */
  readonly protectedColumns: readonly string[]
  /** Rows that said again what an earlier row had said (exact repeats a connector itself removes). */
  readonly merged: number
  /** What the officer should know about how the file was read, one sentence each (encoding, repeated header names, date order). */
  readonly notes: readonly string[]
}

export interface ReadInput {
  readonly config: FileConfig
  readonly mapping: Mapping
  /** The file to read, already kept by the use case. */
  readonly path: SourceFile
  readonly signal: AbortSignal
}

/** First rows as they would be read, with every reject among them: what the mapping screen shows. */
export interface Preview {
  readonly header: readonly string[]
  readonly guess: Mapping
  readonly rows: Records
  readonly accounts: readonly AccountRecord[]
  readonly rejects: readonly Reject[]
  readonly rowsRead: number
  readonly rowsTaken: number
  readonly protectedColumns: readonly string[]
  readonly delimiter: string
  readonly encoding: string
  readonly notes: readonly string[]
}

/** The only thing the rest of Muster knows about a source. Throws `SourceError` for what stops reading altogether. */
export interface Connector {
  readonly kind: FileSourceKind
  /** Yields batches and returns how reading ended. Stops soon after `signal` aborts, by throwing the signal's reason. */
  readonly read: (input: ReadInput) => AsyncGenerator<Batch, ReadEnd, void>
  /** `mapping` null: guess one from the header. Reads at most `rows` rows. */
  readonly preview: (path: string, mapping: Mapping | null, rows: number) => Promise<Preview>
}

/** A fault of the source as a whole, said so that the officer can act on it. */
export class SourceError extends Error {
  readonly code: 'not-found' | 'not-readable' | 'empty' | 'not-text' | 'mapping-incomplete' | 'column-missing'
  constructor(code: SourceError['code'], message: string) {
    super(message)
    this.name = 'SourceError'
    this.code = code
  }
}
