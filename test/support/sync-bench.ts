import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Batch, Connector, GrantRecord, HrRecord, ReadEnd, ReadInput, Records, SignInRecord } from '../../src/main/connectors/connector.ts'
import { pathOf } from '../../src/main/connectors/text/source-file.ts'
import { rawFolder } from '../../src/main/secrets/raw-folder.ts'
import type { Actor, Context, Watch } from '../../src/main/use-cases/context.ts'
import { openStore } from '../../src/main/storage/database.ts'
import { insertSource } from '../../src/main/storage/sources.ts'
import { syncSource } from '../../src/main/use-cases/sync-source.ts'
import type { Reject, Run, FileConfig, FileSourceKind, Source } from '../../src/shared/model/source.ts'
import { sha256 } from './sha256.ts'

/** What a file in memory says: batches of records, and how it ends. `throws` after the batches stands for a stick pulled out. */
export interface FakeFile {
  readonly batches: readonly Records[]
  readonly accounts?: Batch['accounts']
  readonly rejects?: readonly Reject[]
  readonly rowsRead?: number
  readonly end?: Partial<ReadEnd>
  readonly throws?: Error
  /** Awaited before each batch is handed over. */
  readonly onBatch?: (index: number) => unknown
}

export const officer: Actor = { email: 'officer@example.com', name: 'Olga Officer', roles: ['officer'] }

export function watching(signal: AbortSignal = new AbortController().signal): Watch {
  return { signal, onProgress: () => undefined }
}

function fakeConnector(kind: FileSourceKind, files: Map<string, FakeFile>): Connector {
  return {
    kind,
    async *read({ path, signal }: ReadInput): AsyncGenerator<Batch, ReadEnd, void> {
      const name = basename(pathOf(path))
      const file = files.get(name)
      if (file === undefined) throw new Error(`no fake file ${name}`)
      const rejected = new Set((file.rejects ?? []).filter(({ effect }) => effect === 'row-rejected').map(({ row }) => row)).size
      const rowsOf = ({ of, records }: Records): number => (of === 'grants' ? new Set(records.map(({ row }) => row)).size : records.length)
      for (const [index, rows] of file.batches.entries()) {
        await file.onBatch?.(index)
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
        const isFirst = index === 0
        const accounts = isFirst ? (file.accounts ?? []) : []
        const taken = rowsOf(rows) + accounts.length
        yield {
          rows, accounts, rowsTaken: taken, rejects: isFirst ? (file.rejects ?? []) : [],
          rowsRead: isFirst && file.rowsRead !== undefined ? file.rowsRead : taken + (isFirst ? rejected : 0),
          progress: (index + 1) / file.batches.length,
        }
      }
      if (file.throws !== undefined) throw file.throws
      return { isCutOff: false, cutOffReason: null, protectedColumns: [], merged: 0, notes: [], ...file.end }
    },
    preview: () => Promise.reject(new Error('not previewed here')),
  }
}

export interface Bench {
  readonly context: Context
  readonly add: (name: string, kind: FileSourceKind, config?: Partial<FileConfig>) => Promise<Source>
  /** Syncs `source` from what the fake file says; the bytes kept are the name and the content's text. */
  readonly sync: (source: string, asOf: string, file: FakeFile, watch?: Watch) => Promise<Run>
}

/** A workspace with real storage and connectors that read from memory. */
export async function openBench(folder: string): Promise<Bench> {
  const files = new Map<string, FakeFile>()
  const store = await openStore(join(folder, 'muster.db'), { mustExist: false })
  let tick = Date.UTC(2026, 0, 1)
  const paths = {
    folder, database: store.path, raw: join(folder, 'raw'), staging: join(folder, 'staging'), keys: join(folder, 'keys'), bundles: join(folder, 'bundles'),
    mirrors: join(folder, 'mirrors'),
  }
  const context = {
    store, paths, logId: 'test-log', productVersion: '0', hash: sha256,
    clock: { now: () => new Date((tick += 1_000)).toISOString(), mono: () => tick, boot: 'test' },
    connectors: {
      'csv-entitlements': fakeConnector('csv-entitlements', files), 'csv-sign-ins': fakeConnector('csv-sign-ins', files), hr: fakeConnector('hr', files),
    },
    secrets: { read: () => Promise.resolve(null), save: () => Promise.resolve(), remove: () => Promise.resolve() },
    rawFolder: rawFolder(paths.raw, null),
    keepRawFile: ({ path }: { path: string }) => {
      const digest = createHash('sha256').update(path).digest('hex')
      return Promise.resolve({ name: basename(path), bytes: 1, sha256: digest, storedAs: basename(path), storedBytes: 1, blankedColumns: [] })
    },
  } as unknown as Context
  let number = 0
  return {
    context,
    add: (name, kind, config = {}) =>
      insertSource(store.db, {
        name, kind, createdAt: context.clock.now(), config: { from: 'file', file: join(folder, `${name}.csv`), accountsOf: null, holdBelowShare: 0.7, ...config },
        mapping: { columns: {}, delimiter: 'auto', hasHeader: true, splitEntitlementsAt: null, dateOrder: 'auto', constants: {} },
      }),
    sync: async (source, asOf, file, watch = watching()) => {
      const name = `${source}-${number++}.csv`
      files.set(name, file)
      await writeFile(join(folder, name), '')
      return syncSource(context, officer, { source, asOf, file: join(folder, name) }, watch)
    },
  }
}

export function grant(row: number, account: string, entitlement: string, more: Partial<GrantRecord> = {}): GrantRecord {
  return {
    row, account, accountName: null, email: null, employeeId: null, accountKind: null, isEnabled: null, entitlement, entitlementName: null,
    description: null, application: null, privilege: null, risk: null, owner: null, path: 'direct', grantedAt: null, expiresAt: null, lastUsed: null,
    ...more,
  }
}

export function grants(...pairs: readonly (readonly [account: string, entitlement: string])[]): FakeFile {
  return { batches: [{ of: 'grants', records: pairs.map(([account, entitlement], index) => grant(index + 2, account, entitlement)) }] }
}

export function hrPerson(employeeId: string, more: Partial<HrRecord> = {}): HrRecord {
  return {
    employeeId, displayName: `Person ${employeeId}`, email: null, kind: 'employee', status: 'active', title: null, department: null, division: null,
    costCenter: null, location: null, managerEmployeeId: null, hireDate: null, terminationDate: null, ...more,
  }
}

export function people(...records: readonly HrRecord[]): FakeFile {
  return { batches: [{ of: 'people', records }] }
}

export function signIns(...records: readonly (readonly [account: string, at: string, isSuccess?: boolean])[]): FakeFile {
  return {
    batches: [{ of: 'sign-ins', records: records.map(([account, at, isSuccess = true]): SignInRecord => ({ account, application: 'ERP', at, isSuccess })) }],
  }
}
