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
  const insert = sqlite.prepare<[number, number, number, Value, Value, Value]>(
    `INSERT OR IGNORE INTO staged_grant (account, entitlement, path, granted_at, expires_at, last_used) VALUES (?, ?, ?, ?, ?, ?)`,
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
    for (const record of records) {
      if (record.row !== row) {
        endRow()
        row = record.row
        isRowNew = false
      }
      const account = takeAccount(record)
      const entitlement = entitlements.take(record.entitlement, [
        record.entitlementName, record.application, record.description, record.owner, record.privilege, record.risk,
      ])
      const path = pathId(record.path)
      const { changes } = insert.run(account, entitlement, path, record.grantedAt, record.expiresAt, record.lastUsed)
      if (changes === 1) {
        isRowNew = true
        totals.records++
      } else {
        complete.run(record.grantedAt, record.expiresAt, record.lastUsed, account, entitlement, path)
      }
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
