import type { AccountRecord, Connector, GrantRecord } from '../connector.ts'
import { dateOrderNotes, type Forms } from '../table/forms.ts'
import type { Layout } from '../table/layout.ts'
import { mapFirstRows, mapRows, type Collected } from '../table/map-rows.ts'
import { openForPreview, openMapped } from '../table/open-mapped.ts'
import type { Table } from '../table/open-table.ts'
import { previewOf } from '../table/preview.ts'
import { protectedHeaders } from '../table/protected-columns.ts'
import { createRowReader, type RowReader } from '../table/row-reader.ts'
import type { Row } from '../text/row.ts'
import { endDate } from '../values/dates.ts'
import { hasControlCharacters, MAX_CELL_CHARACTERS, parseEmail } from '../values/text.ts'
import { parseAccountKind, parseBoolean, parsePrivilege, parseRisk } from '../values/words.ts'

const KIND = 'csv-entitlements'
type Kind = typeof KIND
type Reader = RowReader<Kind>
type Grants = Collected<GrantRecord, AccountRecord>

const forms: Forms<Kind> = {
  email: parseEmail,
  accountKind: parseAccountKind,
  accountEnabled: parseBoolean,
  privilege: parsePrivilege,
  risk: parseRisk,
  grantedAt: 'date',
  expiresAt: 'date',
  lastUsed: 'date',
}

/**
 * A list of who holds what: one row per grant, or one row per account with a cell of several entitlements. Repeated grants are passed on
 * as they are; the store, which keeps one grant per account, entitlement and path, merges them.
 */
export const csvEntitlements: Connector = {
  kind: KIND,

  async *read({ path, mapping, signal }) {
    const { table, layout } = await openMapped(KIND, path, mapping, signal)
    const batches = mapRows<GrantRecord, AccountRecord>(table, signal, rowFunction(table, layout))
    for (;;) {
      const next = await batches.next()
      if (next.done === true) {
        const notes = [...table.notes, ...dateOrderNotes(layout, forms, table.sample)]
        return { ...next.value, protectedColumns: protectedHeaders(layout.header), merged: 0, notes }
      }
      const { collected, progress } = next.value
      const { records, accounts, rejects, rowsRead, rowsTaken } = collected
      yield { rows: { of: 'grants', records }, accounts, rejects, rowsRead, rowsTaken, progress }
    }
  },

  async preview(path, mapping, rows) {
    const { table, guess, layout } = await openForPreview(KIND, path, mapping)
    const read = layout === null ? null : await mapFirstRows<GrantRecord, AccountRecord>(table, rows, rowFunction(table, layout))
    const notes = layout === null ? [] : dateOrderNotes(layout, forms, table.sample)
    return previewOf(table, guess, read, { of: 'grants', records: read?.records ?? [] }, notes)
  },
}

function rowFunction(table: Table, layout: Layout<Kind>): (row: Row, into: Grants) => void {
  const reader = createRowReader(layout, forms, table.sample, table.delimiter)
  const separator = layout.mapping.splitEntitlementsAt
  return (row, into) => {
    const read = reader.begin(row) ? readGrant(reader, row.line, separator) : null
    const { isTaken, rejects } = reader.finish()
    for (const reject of rejects) into.rejects.push(reject)
    if (!isTaken || read === null) return
    into.rowsTaken += 1
    for (const grant of read.grants) into.records.push(grant)
    if (read.grants.length === 0) into.accounts.push(read.account)
  }
}

function readGrant(
  reader: Reader, row: number, separator: string | null,
): { readonly account: AccountRecord; readonly grants: readonly GrantRecord[] } {
  const account = readAccount(reader)
  const entitlements = readEntitlements(reader, separator)
  if (entitlements.length === 0) return { account, grants: [] }
  const details = readDetails(reader)
  return { account, grants: entitlements.map((entitlement) => grant(row, account, entitlement, details)) }
}

type Details = Omit<GrantRecord, 'row' | 'entitlement' | keyof AccountRecord>

function readDetails(reader: Reader): Details {
  return {
    entitlementName: reader.text('entitlementName') || null,
    description: reader.text('entitlementDescription') || null,
    application: reader.text('application') || null,
    privilege: reader.word('privilege', parsePrivilege, 'a word for privilege (none, elevated, admin)'),
    risk: reader.word('risk', parseRisk, 'a word for risk (low, medium, high, critical)'),
    owner: reader.text('owner') || null,
    path: reader.text('path') === '' ? 'direct' : reader.key('path'),
    grantedAt: reader.date('grantedAt'),
    expiresAt: endDate(reader.date('expiresAt')),
    lastUsed: reader.date('lastUsed'),
  }
}

// Written out, not spread: this runs a million times, and a spread costs three times as much.
function grant(row: number, account: AccountRecord, entitlement: string, details: Details): GrantRecord {
  return {
    row,
    account: account.account,
    accountName: account.accountName,
    email: account.email,
    employeeId: account.employeeId,
    accountKind: account.accountKind,
    isEnabled: account.isEnabled,
    entitlement,
    entitlementName: details.entitlementName,
    description: details.description,
    application: details.application,
    privilege: details.privilege,
    risk: details.risk,
    owner: details.owner,
    path: details.path,
    grantedAt: details.grantedAt,
    expiresAt: details.expiresAt,
    lastUsed: details.lastUsed,
  }
}

function readAccount(reader: Reader): AccountRecord {
  const enabled = reader.word('accountEnabled', parseBoolean, 'yes or no')
  return {
    account: reader.key('account'),
    accountName: reader.text('accountName') || null,
    email: reader.word('email', parseEmail, 'an e-mail address'),
    employeeId: reader.text('employeeId') || null,
    accountKind: reader.word('accountKind', parseAccountKind, 'a kind of account (employee, guest, service, …)'),
    isEnabled: enabled === null ? null : enabled === 'true',
  }
}

/** No entitlement at all, and nothing else said about one: the row is about an account that holds nothing. */
function readEntitlements(reader: Reader, separator: string | null): readonly string[] {
  if (separator === null) {
    if (reader.text('entitlement') === '' && !saysSomethingOfAGrant(reader)) return []
    return [reader.key('entitlement')]
  }
  const parts = reader.whole('entitlement').split(separator).map((part) => part.trim()).filter((part) => part !== '')
  if (parts.some((part) => hasControlCharacters(part) || part.length > MAX_CELL_CHARACTERS)) {
    const reason = `Column “${reader.columnName('entitlement')}” holds a name that is too long or has a control character.`
    reader.note('entitlement', 'bad-value', reason, 'row-rejected')
  }
  return [...new Set(parts)]
}

const grantFields = ['entitlementName', 'entitlementDescription', 'privilege', 'risk', 'owner', 'path', 'grantedAt', 'expiresAt'] as const

const saysSomethingOfAGrant = (reader: Reader): boolean => grantFields.some((field) => reader.isFilled(field))
