import type { Reject } from '../../../shared/model/source.ts'
import type { Row } from '../text/row.ts'
import type { Table, TableEnd } from './open-table.ts'

const BATCH_ROWS = 5_000

/** What a stretch of rows came to; a connector's row function adds to it. */
export interface Collected<T, A = never> {
  readonly records: T[]
  readonly accounts: A[]
  readonly rejects: Reject[]
  rowsRead: number
  rowsTaken: number
  merged: number
}

const collect = <T, A>(): Collected<T, A> =>
  ({ records: [], accounts: [], rejects: [], rowsRead: 0, rowsTaken: 0, merged: 0 })

/** Runs a row function over a table, about 5,000 rows at a time; the file is read on only when the consumer asks for more. */
export async function* mapRows<T, A>(
  table: Table, signal: AbortSignal | undefined, readRow: (row: Row, into: Collected<T, A>) => void,
): AsyncGenerator<{ readonly collected: Collected<T, A>; readonly progress: number }, TableEnd, void> {
  const blocks = table.rows(signal)
  let collected = collect<T, A>()
  try {
    for (;;) {
      const next = await blocks.next()
      if (next.done === true) {
        if (collected.rowsRead > 0) yield { collected, progress: 1 }
        return next.value
      }
      for (const row of next.value.rows) {
        collected.rowsRead += 1
        readRow(row, collected)
        if (collected.rowsRead < BATCH_ROWS) continue
        signal?.throwIfAborted()
        yield { collected, progress: next.value.progress }
        signal?.throwIfAborted()
        collected = collect<T, A>()
      }
    }
  } finally {
    // Closes the file when the consumer stops early.
    await blocks.return({ isCutOff: false, cutOffReason: null })
  }
}

/** The first rows only, for a preview. */
export async function mapFirstRows<T, A>(
  table: Table, rows: number, readRow: (row: Row, into: Collected<T, A>) => void,
): Promise<Collected<T, A>> {
  const collected = collect<T, A>()
  const blocks = table.rows()
  try {
    while (collected.rowsRead < rows) {
      const next = await blocks.next()
      if (next.done === true) break
      for (const row of next.value.rows.slice(0, rows - collected.rowsRead)) {
        collected.rowsRead += 1
        readRow(row, collected)
      }
    }
  } finally {
    await blocks.return({ isCutOff: false, cutOffReason: null })
  }
  return collected
}
