import type { AccountRecord, Connector, Records, ReadEnd, ReadInput } from '../connectors/connector.ts'
import type { ControlTotals } from '../core/inventory/control-totals.ts'
import { grantStaging, type StagedTotals } from '../storage/staging-grants.ts'
import { peopleStaging } from '../storage/staging-people.ts'
import { rejectStaging } from '../storage/staging-rejects.ts'
import { signInStaging, type Span } from '../storage/staging-sign-ins.ts'
import { finishStaging, type StagingFile } from '../storage/staging-file.ts'

export interface ReadOutcome {
  readonly totals: ControlTotals & { readonly fieldsDropped: number }
  readonly staged: StagedTotals
  /** Rejected rows that may name somebody or something no other row does. */
  readonly unreadRows: number
  readonly end: ReadEnd
}

/** Streams everything a connector reads into the staging file, a batch at a time, and closes the file for merging. */
export async function readIntoStaging(
  connector: Connector, input: ReadInput, staging: StagingFile, covered: readonly Span[],
  onProgress: (rowsRead: number, share: number) => void,
): Promise<ReadOutcome> {
  const rows = rowStaging(connector.kind, staging, covered)
  const rejects = rejectStaging(staging)
  let rowsRead = 0
  const batches = connector.read(input)
  let next = await batches.next()
  while (next.done !== true) {
    input.signal.throwIfAborted()
    const batch = next.value
    rows.take(batch.rows, batch.accounts)
    rejects.take(batch.rejects)
    rowsRead += batch.rowsRead
    onProgress(rowsRead, batch.progress)
    next = await batches.next()
  }
  input.signal.throwIfAborted()
  const staged = rows.finish()
  const { rows: rejected, fields: fieldsDropped, unread: unreadRows } = rejects.totals()
  finishStaging(staging)
  return {
    totals: { rowsRead, imported: staged.imported, rejected, merged: staged.repeated + next.value.merged, fieldsDropped },
    staged,
    unreadRows,
    end: next.value,
  }
}

interface RowStaging {
  readonly take: (rows: Records, accounts: readonly AccountRecord[]) => void
  readonly finish: () => StagedTotals
}

function rowStaging(kind: Connector['kind'], staging: StagingFile, covered: readonly Span[]): RowStaging {
  switch (kind) {
    case 'csv-entitlements': {
      const grants = grantStaging(staging)
      return {
        take: (rows, accounts) => (rows.of === 'grants' ? grants.take(rows.records, accounts) : wrongRecords(kind, rows)),
        finish: grants.finish,
      }
    }
    case 'hr': {
      const people = peopleStaging(staging)
      return { take: (rows) => (rows.of === 'people' ? people.take(rows.records) : wrongRecords(kind, rows)), finish: people.finish }
    }
    case 'csv-sign-ins': {
      const signIns = signInStaging(staging, covered)
      return { take: (rows) => (rows.of === 'sign-ins' ? signIns.take(rows.records) : wrongRecords(kind, rows)), finish: signIns.finish }
    }
  }
}

function wrongRecords(kind: Connector['kind'], rows: Records): never {
  throw new Error(`a ${kind} connector gave ${rows.of}`)
}
