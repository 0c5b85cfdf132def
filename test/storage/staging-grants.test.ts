import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { GrantRecord } from '../../src/main/core/inventory/records.ts'
import { closeStaging, openStaging } from '../../src/main/storage/staging-file.ts'
import { grantStaging } from '../../src/main/storage/staging-grants.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-staging-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function grant(row: number, account: number, entitlement: number, grantedAt: string | null): GrantRecord {
  return {
    row, account: `a${account}`, accountName: null, email: null, employeeId: null, accountKind: null, isEnabled: null, entitlement: `e${entitlement}`,
    entitlementName: null, description: null, application: null, privilege: null, risk: null, owner: null, path: 'direct', grantedAt, expiresAt: null, lastUsed: null,
  }
}

let runs = 0
/** What staging holds and counts after the records came in calls of so many each. */
function staged(records: readonly GrantRecord[], size: number): unknown {
  const staging = openStaging(folder, ++runs, null)
  try {
    const grants = grantStaging(staging)
    for (let at = 0; at < records.length; at += size) grants.take(records.slice(at, at + size), [])
    const totals = grants.finish()
    return { totals, rows: staging.sqlite.prepare('SELECT * FROM staged_grant').all(), accounts: staging.sqlite.prepare('SELECT id, native_id FROM staged_account').all() }
  } finally {
    closeStaging(staging)
  }
}

test('grants are staged and counted alike, one at a time or many: repeated ones, several from one row, and later dates', () => {
  const row = fc.record({
    account: fc.nat(3), entitlements: fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }), grantedAt: fc.constantFrom(null, '2024-01-01', '2025-05-05'),
  })
  const lists = fc.oneof(
    fc.array(row, { minLength: 1, maxLength: 120 }),
    // Mostly lists with one grant a row, as most files have.
    fc.array(row.map((one) => ({ ...one, entitlements: one.entitlements.slice(0, 1) })), { minLength: 20, maxLength: 120 }),
  )
  fc.assert(fc.property(lists, fc.integer({ min: 2, max: 90 }), (rows, size) => {
    const records = rows.flatMap(({ account, entitlements, grantedAt }, at) => entitlements.map((entitlement) => grant(at + 2, account, entitlement, grantedAt)))
    expect(staged(records, size)).toEqual(staged(records, 1))
  }), { numRuns: 150 })
}, 60_000)

test('a row that repeats an earlier one is counted as repeated, and its date stands', () => {
  const records = Array.from({ length: 40 }, (_, at) => grant(at + 2, 1, at % 20, at < 20 ? '2024-01-01' : '2025-05-05'))
  expect(staged(records, 40)).toMatchObject({
    totals: { imported: 20, repeated: 20, records: 20 }, rows: Array.from({ length: 20 }, () => expect.objectContaining({ granted_at: '2025-05-05' }) as unknown),
  })
})
