import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listRuns, rejectsPage } from '../../src/main/storage/runs.ts'
import { recomputeContentHash } from '../../src/main/storage/snapshot-hash.ts'
import { listSnapshots, readSnapshot, snapshotById } from '../../src/main/storage/snapshots.ts'
import type { Reject } from '../../src/shared/model/source.ts'
import { grant, grants, openBench, type Bench, watching } from '../support/sync-bench.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

async function rowsOf(bench: Bench, snapshotId: number): Promise<readonly string[]> {
  const rows: string[] = []
  for await (const { account, entitlement, path } of readSnapshot(bench.context.store, snapshotId)) rows.push(`${account}\t${entitlement}\t${path}`)
  return rows
}

const all = async (bench: Bench, query: string): Promise<readonly unknown[]> => Promise.resolve(bench.context.store.sqlite.prepare(query).all())

test('any sequence of grant lists: every past snapshot reads back exactly, and no two intervals of a grant overlap', async () => {
  const lists = fc.array(fc.uniqueArray(fc.tuple(fc.constantFrom('ann', 'bob', 'cy\\d', 'Ann'), fc.constantFrom('A', 'B', 'C\u00e9'), fc.constantFrom('direct', 'via X')), {
    selector: (line) => line.join('\t'), minLength: 1, maxLength: 12,
  }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(lists, async (states) => {
      const bench = await openBench(await temporaryFolder())
      await bench.add('erp', 'csv-entitlements', { holdBelowShare: 0 })
      const taken: { id: number; lines: readonly string[] }[] = []
      for (const state of states) {
        const run = await bench.sync('erp', '2026-01-31', {
          batches: [{ of: 'grants', records: state.map(([account, entitlement, path], index) => grant(index + 2, account, entitlement, { path })) }],
        })
        expect(run).toMatchObject({ state: 'complete', rowsRead: state.length, imported: state.length, merged: 0, rejected: 0 })
        taken.push({ id: run.snapshotId ?? 0, lines: state.map((line) => line.join('\t')) })
      }
      for (const [index, { id, lines }] of taken.entries()) {
        const read = await rowsOf(bench, id)
        expect([...read].sort()).toEqual([...lines].sort())
        expect(read).toEqual([...read].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))))
        const snapshot = await snapshotById(bench.context.store.db, id)
        expect(snapshot?.grants).toBe(lines.length)
        expect(snapshot === undefined ? '' : await recomputeContentHash(bench.context.store, snapshot)).toBe(snapshot?.contentHash)
        const before = new Set(taken[index - 1]?.lines)
        expect(snapshot?.added).toBe(lines.filter((line) => !before.has(line)).length)
        expect(snapshot?.removed).toBe([...before].filter((line) => !lines.includes(line)).length)
      }
      expect(
        await all(bench, `SELECT 1 FROM access_grant a JOIN access_grant b ON a.id < b.id AND a.account_id = b.account_id AND a.entitlement_id = b.entitlement_id
          AND a.path = b.path WHERE coalesce(a.to_snapshot, 1e9) > b.from_snapshot AND coalesce(b.to_snapshot, 1e9) > a.from_snapshot`),
      ).toEqual([])
      await bench.context.store.close()
    }),
    { numRuns: 25 },
  )
})

test('the content hash is what sort and sha256sum make of the rows', async () => {
  const { createHash } = await import('node:crypto')
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  const run = await bench.sync('erp', '2026-01-31', grants(['bob', 'B'], ['ann', 'B'], ['ann', 'A']))
  const [snapshot] = await listSnapshots(bench.context.store.db)
  expect(snapshot).toMatchObject({ runId: run.id, accounts: 2, entitlements: 2, grants: 3, added: 3, removed: 0 })
  expect(snapshot?.contentHash).toBe(createHash('sha256').update('ann\tA\tdirect\nann\tB\tdirect\nbob\tB\tdirect\n').digest('hex'))
})

test('a tab or line break inside an id cannot make two snapshots look the same', async () => {
  const hashes = new Set<string>()
  for (const [account, entitlement] of [['a\tb', 'c'], ['a', 'b\tc'], ['a\\tb', 'c'], ['a\nb', 'c']] as const) {
    const bench = await openBench(await temporaryFolder())
    await bench.add('erp', 'csv-entitlements')
    await bench.sync('erp', '2026-01-31', grants([account, entitlement]))
    hashes.add((await listSnapshots(bench.context.store.db))[0]?.contentHash ?? '')
    expect(await rowsOf(bench, 1)).toEqual([`${account}\t${entitlement}\tdirect`])
  }
  expect(hashes.size).toBe(4)
})

test('rows are counted once each: new, repeated or rejected, also where one row gives several grants', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  const reject: Reject = { row: 6, column: 'entitlement', code: 'missing-required', reason: 'no entitlement', effect: 'row-rejected', raw: 'x,' }
  const run = await bench.sync('erp', '2026-01-31', {
    batches: [
      { of: 'grants', records: [grant(2, 'ann', 'A'), grant(2, 'ann', 'B'), grant(3, 'ann', 'A')] },
      { of: 'grants', records: [grant(4, 'ann', 'B'), grant(4, 'ann', 'C')] },
    ],
    accounts: [{ account: 'idle', accountName: 'Idle', email: null, employeeId: null, accountKind: null, isEnabled: true }],
    rejects: [reject, { ...reject, column: 'account' }, { ...reject, row: 4, effect: 'field-dropped' }],
  })
  expect(run).toMatchObject({ state: 'complete', rowsRead: 5, imported: 3, merged: 1, rejected: 1, fieldsDropped: 1 })
  expect((await listSnapshots(bench.context.store.db))[0]).toMatchObject({ accounts: 2, entitlements: 3, grants: 3 })
  expect((await rejectsPage(bench.context.store.db, run.id, { from: 0, limit: 10 })).total).toBe(3)
})

test('a file whose totals do not reconcile fails and changes nothing', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  const run = await bench.sync('erp', '2026-01-31', { ...grants(['ann', 'A']), rowsRead: 7 })
  expect(run.state).toBe('failed')
  expect(run.notes[0]).toContain('7 rows were read')
  expect(await all(bench, 'SELECT 1 FROM account UNION ALL SELECT 1 FROM snapshot')).toEqual([])
})

test('the last word about an account that is not blank stands, and contradictions are counted', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  const run = await bench.sync('erp', '2026-01-31', {
    batches: [{ of: 'grants', records: [
      grant(2, 'ann', 'A', { accountName: 'Ann', email: 'Ann@X.example', grantedAt: '2025-01-01' }),
      grant(3, 'ann', 'B', { accountName: 'Ann Smith' }), grant(4, 'ann', 'A', { lastUsed: '2025-12-01' }),
    ] }],
  })
  expect(await all(bench, 'SELECT display_name, email, email_key FROM account')).toEqual([{ display_name: 'Ann Smith', email: 'Ann@X.example', email_key: 'ann@x.example' }])
  expect(await all(bench, `SELECT granted_at, last_used FROM access_grant WHERE last_used IS NOT NULL`)).toEqual([{ granted_at: '2025-01-01', last_used: '2025-12-01' }])
  expect(run).toMatchObject({ imported: 2, merged: 1 })
  expect(run.notes.join()).toContain('1 times a row described')
})

test('a change of attributes alone opens no new interval', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  const list = (lastUsed: string | null, name: string) => ({ batches: [{ of: 'grants' as const, records: [grant(2, 'ann', 'A', { lastUsed, entitlementName: name })] }] })
  await bench.sync('erp', '2026-01-31', list('2026-01-02', 'Payroll'))
  await bench.sync('erp', '2026-02-28', list(null, 'Payroll admins'))
  expect(await all(bench, 'SELECT last_used, from_snapshot, to_snapshot FROM access_grant')).toEqual([{ last_used: null, from_snapshot: 1, to_snapshot: null }])
  expect(await all(bench, 'SELECT name FROM entitlement')).toEqual([{ name: 'Payroll admins' }])
})

test('an as-of date before the last one is refused and leaves no run', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  await bench.sync('erp', '2026-02-28', grants(['ann', 'A']))
  await expect(bench.sync('erp', '2026-01-31', grants(['ann', 'A']))).rejects.toThrow(/older and would undo it/)
  expect(await listRuns(bench.context.store.db)).toHaveLength(1)
})

test('reading that is cancelled or breaks off leaves a run that says so and nothing else', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  const controller = new AbortController()
  const batches = [grants(['ann', 'A']).batches, grants(['bob', 'A']).batches].flat()
  await expect(
    bench.sync('erp', '2026-01-31', { batches, onBatch: (index) => { if (index === 1) controller.abort() } }, watching(controller.signal)),
  ).rejects.toMatchObject({ code: 'cancelled' })
  await expect(bench.sync('erp', '2026-01-31', { batches, throws: new Error('EIO') })).rejects.toThrow('EIO')
  expect((await listRuns(bench.context.store.db)).map(({ state }) => state)).toEqual(['failed', 'cancelled'])
  expect(await all(bench, 'SELECT 1 FROM account UNION ALL SELECT 1 FROM access_grant UNION ALL SELECT 1 FROM snapshot')).toEqual([])
  expect(existsSync(bench.context.paths.staging) ? readdirSync(bench.context.paths.staging) : []).toEqual([])
})

test('cancelling at any step, merging included, leaves nothing half-written', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  await bench.sync('erp', '2026-01-31', grants(['ann', 'A'], ['bob', 'B']))
  const steps: string[] = []
  for (let stopAt = 1; ; stopAt++) {
    const controller = new AbortController()
    let step = 0
    const watch = { signal: controller.signal, onProgress: ({ step: name }: { step: string }) => { steps.push(name); if (++step === stopAt) controller.abort() } }
    const run = await bench.sync('erp', '2026-02-28', grants(['ann', 'A'], ['cyd', 'C']), watch).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'cancelled' })
      return null
    })
    if (run !== null) break
    expect((await rowsOf(bench, 1)).length).toBe(2)
    expect(await all(bench, 'SELECT count(*) AS n FROM snapshot')).toEqual([{ n: 1 }])
    expect(await all(bench, 'SELECT count(*) AS n FROM access_grant WHERE to_snapshot IS NULL')).toEqual([{ n: 2 }])
  }
  expect(steps).toContain('Taking the snapshot')
  expect((await rowsOf(bench, 2)).length).toBe(2)
})

test('a source is read by one run at a time', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  await bench.sync('erp', '2026-01-31', {
    ...grants(['ann', 'A']),
    onBatch: () => expect(bench.sync('erp', '2026-01-31', grants(['bob', 'B']))).rejects.toMatchObject({ code: 'conflict' }),
  })
  expect(await all(bench, 'SELECT native_id FROM account')).toEqual([{ native_id: 'ann' }])
})

test('a staging folder that cannot be made fails the run with a sentence', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  await writeFile(bench.context.paths.staging, 'in the way')
  await expect(bench.sync('erp', '2026-01-31', grants(['ann', 'A']))).rejects.toThrow(/cannot be written. Nothing was imported/)
  const [run] = await listRuns(bench.context.store.db)
  expect(run?.state).toBe('failed')
})
