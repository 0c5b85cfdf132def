import type { AccountRecord, GrantRecord } from '../core/inventory/records.ts'
import { foldKey } from '../core/inventory/fold-key.ts'
import { describedThings, type DerivedColumns, type Value } from './staging-cache.ts'
import type { StagingFile } from './staging-file.ts'

export interface StagedTotals {
  /** Rows that said something new, and rows that only repeated earlier ones. */
  readonly imported: number
  readonly repeated: number
  /** What a later file is compared with to see whether it shrank. */
  readonly records: number
  /** Times a row contradicted what an earlier row had said about the same thing. */
  readonly conflicts: number
}

const accountColumns = ['display_name', 'email', 'employee_id', 'kind', 'is_enabled'] as const
const accountKeys: DerivedColumns = {
  columns: ['native_key', 'email_key', 'employee_key'],
  of: (nativeId, [, email, employeeId]) => [foldKey(nativeId) ?? nativeId, foldText(email), foldText(employeeId)],
}
const foldText = (value: Value | undefined): string | null => (typeof value === 'string' ? foldKey(value) : null)
const noKeys: DerivedColumns = { columns: [], of: () => [] }
const entitlementColumns = ['name', 'application', 'description', 'owner_email', 'privilege', 'risk'] as const
/** Accounts and entitlements remembered while reading: beyond it they are written out and looked up again. */
const rememberedThings = 100_000

/** Grants inserted by one statement: calling SQLite costs as much as what it then does. */
const together = 16

export interface GrantStaging {
  readonly take: (records: readonly GrantRecord[], accounts: readonly AccountRecord[]) => void
  readonly finish: () => StagedTotals
}

/** Takes an entitlement list, row by row, into the staging file. */
export function grantStaging(staging: StagingFile): GrantStaging {
  const { sqlite } = staging
  const accounts = describedThings(sqlite, 'staged_account', accountColumns, accountKeys, rememberedThings)
  const entitlements = describedThings(sqlite, 'staged_entitlement', entitlementColumns, noKeys, rememberedThings)
  const paths = new Map<string, number>()
  const insertPath = sqlite.prepare<[string]>('INSERT INTO staged_path (path) VALUES (?) ON CONFLICT DO NOTHING')
  const readPath = sqlite.prepare<[string], number>('SELECT id FROM staged_path WHERE path = ?').pluck(true)
  const columns = '(account, entitlement, path, granted_at, expires_at, last_used)'
  const insert = sqlite.prepare<[number, number, number, Value, Value, Value]>(
    `INSERT OR IGNORE INTO staged_grant ${columns} VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const insertMany = sqlite.prepare<Value[]>(
    `INSERT OR IGNORE INTO staged_grant ${columns} VALUES ${Array<string>(together).fill('(?, ?, ?, ?, ?, ?)').join(', ')}`,
  )
  const complete = sqlite.prepare<[Value, Value, Value, number, number, number]>(
    `UPDATE staged_grant SET granted_at = coalesce(?, granted_at), expires_at = coalesce(?, expires_at), last_used = coalesce(?, last_used)
     WHERE account = ? AND entitlement = ? AND path = ?`,
  )
  const totals = { imported: 0, repeated: 0, records: 0 }
  let row = -1
  let isRowNew = false

  function endRow(): void {
    if (row === -1) return
    if (isRowNew) totals.imported++
    else totals.repeated++
  }

  function pathId(path: string): number {
    let id = paths.get(path)
    if (id === undefined) {
      if (paths.size >= rememberedThings) paths.clear()
      insertPath.run(path)
      id = readPath.get(path) as number
      paths.set(path, id)
    }
    return id
  }

  function takeAccount(record: AccountRecord): number {
    const isEnabled = record.isEnabled === null ? null : Number(record.isEnabled)
    return accounts.take(record.account, [record.accountName, record.email, record.employeeId, record.accountKind, isEnabled])
  }

  function take(records: readonly GrantRecord[], emptyAccounts: readonly AccountRecord[]): void {
    for (const record of emptyAccounts) takeAccount(record)
    totals.imported += emptyAccounts.length
    // The last one is taken by itself: whether its row ends with it only the next call knows.
    const many = haveRowsOfTheirOwn(records, row) ? Math.max(0, Math.floor((records.length - 1) / together)) * together : 0
    for (let from = 0; from < many; from += together) takeMany(records, from)
    for (let at = many; at < records.length; at++) takeOne(records[at] as GrantRecord)
  }

  function keysOf(record: GrantRecord): [account: number, entitlement: number, path: number] {
    const account = takeAccount(record)
    const entitlement = entitlements.take(record.entitlement, [
      record.entitlementName, record.application, record.description, record.owner, record.privilege, record.risk,
    ])
    return [account, entitlement, pathId(record.path)]
  }

  function takeOne(record: GrantRecord): void {
    if (record.row !== row) {
      endRow()
      row = record.row
      isRowNew = false
    }
    const [account, entitlement, path] = keysOf(record)
    const { changes } = insert.run(account, entitlement, path, record.grantedAt, record.expiresAt, record.lastUsed)
    if (changes === 1) {
      isRowNew = true
      totals.records++
    } else {
      complete.run(record.grantedAt, record.expiresAt, record.lastUsed, account, entitlement, path)
    }
  }

  /** Grants from a row each, so that how many were new says how many rows were. */
  function takeMany(records: readonly GrantRecord[], from: number): void {
    endRow()
    row = -1
    const values: Value[] = []
    for (let at = from; at < from + together; at++) {
      const record = records[at] as GrantRecord
      const [account, entitlement, path] = keysOf(record)
      values.push(account, entitlement, path, record.grantedAt, record.expiresAt, record.lastUsed)
    }
    const { changes } = insertMany.run(...values)
    totals.imported += changes
    totals.records += changes
    totals.repeated += together - changes
    if (changes === together) return
    // Completing a new one with its own values changes nothing.
    for (let at = 0; at < values.length; at += 6) {
      const [account, entitlement, path, grantedAt, expiresAt, lastUsed] = values.slice(at, at + 6) as [number, number, number, Value, Value, Value]
      complete.run(grantedAt, expiresAt, lastUsed, account, entitlement, path)
    }
  }

  function finish(): StagedTotals {
    endRow()
    row = -1
    accounts.flush()
    entitlements.flush()
    return { ...totals, conflicts: accounts.conflicts() + entitlements.conflicts() }
  }

  return { take, finish }
}

function haveRowsOfTheirOwn(records: readonly GrantRecord[], lastRow: number): boolean {
  let before = lastRow
  for (const { row } of records) {
    if (row === before) return false
    before = row
  }
  return true
}
