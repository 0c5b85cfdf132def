import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncSource } from '../../src/main/use-cases/sync-source.ts'
import { officer, openBench, signIns, watching, type Bench } from '../support/sync-bench.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const usage = (bench: Bench): unknown[] => bench.context.store.sqlite
  .prepare('SELECT account_key, month, successes, failures, days, first_at, last_success_at FROM usage ORDER BY 1, 2').all()

test('sign-ins add up per name, application and month; failures are counted but are no use', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('log', 'csv-sign-ins')
  const run = await bench.sync('log', '2026-03-31', signIns(
    ['Ann@X', '2026-01-02T08:00:00.000Z'], ['ann@x ', '2026-01-02T09:00:00.000Z'], ['ann@x', '2026-01-31T09:00:00.000Z'],
    ['ann@x', '2026-01-05T09:00:00.000Z', false], ['ann@x', '2026-02-01T00:00:00.000Z', false],
  ))
  expect(run).toMatchObject({ state: 'complete', rowsRead: 5, imported: 5, snapshotId: null })
  expect(usage(bench)).toEqual([
    { account_key: 'ann@x', month: '2026-01', successes: 3, failures: 1, days: 2 + 2 ** 30, first_at: '2026-01-02T08:00:00.000Z', last_success_at: '2026-01-31T09:00:00.000Z' },
    { account_key: 'ann@x', month: '2026-02', successes: 0, failures: 1, days: 0, first_at: '2026-02-01T00:00:00.000Z', last_success_at: null },
  ])
  expect(bench.context.store.sqlite.prepare('SELECT from_at, to_at FROM usage_window').all()).toEqual([
    { from_at: '2026-01-02T08:00:00.000Z', to_at: '2026-02-01T00:00:00.000Z' },
  ])
})

test('the same file twice counts once', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('log', 'csv-sign-ins')
  await bench.sync('log', '2026-03-31', signIns(['ann', '2026-01-02T08:00:00.000Z']))
  const before = usage(bench)
  const { file } = (bench.context.store.sqlite.prepare('SELECT file_name AS file FROM run').get() as { file: string })
  await writeFile(join(bench.context.paths.folder, file), '')
  const again = await syncSource(bench.context, officer, { source: 'log', asOf: '2026-03-31', file: join(bench.context.paths.folder, file) }, watching())
  expect(again).toMatchObject({ state: 'complete', rowsRead: 0, notes: ['Run 1 counted exactly this file already. Nothing was counted again.'] })
  expect(usage(bench)).toEqual(before)
})

test('exports that overlap count what they share once, in whatever order they come', async () => {
  const day = fc.integer({ min: 1, max: 28 })
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(day, { minLength: 1, maxLength: 20 }), fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 4 }), async (days, spans) => {
      const bench = await openBench(await temporaryFolder())
      await bench.add('log', 'csv-sign-ins')
      const at = (of: number) => `2026-01-${String(of).padStart(2, '0')}T08:00:00.000Z`
      const counted = new Set<number>()
      for (const [from, to] of spans) {
        const inSpan = days.filter((of) => of >= Math.min(from, to) && of <= Math.max(from, to))
        if (inSpan.length === 0) continue
        const run = await bench.sync('log', '2026-03-31', signIns(...inSpan.map((of) => ['ann', at(of)] as const)))
        expect(run).toMatchObject({ state: 'complete', imported: inSpan.filter((of) => !counted.has(of)).length })
        for (const of of inSpan) counted.add(of)
      }
      const [row] = usage(bench) as { successes: number }[]
      expect(row?.successes ?? 0).toBe(counted.size)
      await bench.context.store.close()
    }),
    { numRuns: 20 },
  )
})
