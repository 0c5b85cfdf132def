import type { Inspected } from '../text/inspect.ts'
import type { Dialect, Row, RowBlock } from '../text/row.ts'

export interface TableEnd {
  readonly isCutOff: boolean
  readonly cutOffReason: string | null
}

/** A text file understood as a table: how it is written, its columns, and its rows as often as they are asked for. */
export interface Table {
  readonly name: string
  readonly header: readonly string[]
  readonly hasHeader: boolean
  /** Line of the header, or of the first row where there is none. */
  readonly headerLine: number
  readonly delimiter: Dialect['delimiter']
  readonly encoding: Inspected['encoding']
  readonly notes: readonly string[]
  /** First rows (of the first MiB), to decide date orders and guess a mapping from. */
  readonly sample: readonly Row[]
  /** Streams all rows behind the header; each call reads the file again, and fails when it is not the same file any more. */
  readonly rows: (signal?: AbortSignal) => AsyncGenerator<RowBlock, TableEnd, void>
}
