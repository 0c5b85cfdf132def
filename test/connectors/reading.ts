import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type {
  AccountRecord, Batch, Connector, GrantRecord, HrRecord, ReadEnd, SignInRecord,
} from '../../src/main/connectors/connector.ts'
import type { Mapping, Reject } from '../../src/shared/model/source.ts'

export interface Reading {
  readonly people: readonly HrRecord[]
  readonly grants: readonly GrantRecord[]
  readonly signIns: readonly SignInRecord[]
  readonly accounts: readonly AccountRecord[]
  readonly rejects: readonly Reject[]
  readonly rowsRead: number
  readonly rowsTaken: number
  readonly batches: number
  readonly end: ReadEnd
}

export const config = { from: 'file' as const, file: 'as-given', accountsOf: null, holdBelowShare: 0.7 }

export function mappingOf(columns: Record<string, string>, rest: Partial<Mapping> = {}): Mapping {
  return { columns, delimiter: 'auto', hasHeader: true, splitEntitlementsAt: null, dateOrder: 'auto', constants: {}, ...rest }
}

export async function readAll(
  connector: Connector, path: string, mapping: Mapping, signal = new AbortController().signal,
): Promise<Reading> {
  const people: HrRecord[] = []
  const grants: GrantRecord[] = []
  const signIns: SignInRecord[] = []
  const accounts: AccountRecord[] = []
  const rejects: Reject[] = []
  let [rowsRead, rowsTaken, batches] = [0, 0, 0]
  const reading = connector.read({ config, mapping, path, signal })
  for (;;) {
    const next = await reading.next()
    if (next.done === true) return { people, grants, signIns, accounts, rejects, rowsRead, rowsTaken, batches, end: next.value }
    const batch: Batch = next.value
    if (batch.rows.of === 'people') people.push(...batch.rows.records)
    if (batch.rows.of === 'grants') grants.push(...batch.rows.records)
    if (batch.rows.of === 'sign-ins') signIns.push(...batch.rows.records)
    accounts.push(...batch.accounts)
    rejects.push(...batch.rejects)
    rowsRead += batch.rowsRead
    rowsTaken += batch.rowsTaken
    batches += 1
  }
}

export const refused = (reading: Reading): readonly Reject[] => reading.rejects.filter((reject) => reject.effect === 'row-rejected')

/** How many rows are unaccounted for; 0 in every reading. */
export const unaccounted = (reading: Reading): number =>
  reading.rowsRead - reading.rowsTaken - refused(reading).length - reading.end.merged

/** A folder for this test file's inputs, gone when it is done. */
export function inputFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-connectors-'))
  let count = 0
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    path: folder,
    write(content: string | Uint8Array, name = `input-${(count += 1)}.csv`): string {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
  }
}

/** `reason` and friends of one line's rejects, short. */
export const rejectsOf = (reading: Reading, row: number): readonly Reject[] => reading.rejects.filter((reject) => reject.row === row)
