import { findSource } from '../../src/main/storage/sources.ts'
import { recoverRuns } from '../../src/main/use-cases/recover-runs.ts'
import { grants, openBench } from './sync-bench.ts'

// Run as a process of its own: syncs one list after another into the workspace named on the command line, and says when each is done.
const [, , folder = '', seed = '0'] = process.argv
const bench = await openBench(folder)
await recoverRuns(bench.context)
if ((await findSource(bench.context.store.db, 'erp')) === undefined) await bench.add('erp', 'csv-entitlements', { holdBelowShare: 0 })
for (let round = Number(seed) * 1_000; ; round++) {
  const size = 200 + ((round * 7_919) % 1_500)
  const list = Array.from({ length: size }, (_, index) => [`u${(index * (1 + (round % 3))) % 400}`, `E${index}`] as const)
  const half = list.length >> 1
  const run = await bench.sync('erp', '2026-01-31', { batches: [...grants(...list.slice(0, half)).batches, ...grants(...list.slice(half)).batches] })
  process.stdout.write(`${JSON.stringify({ run: run.id, snapshot: run.snapshotId, grants: size })}\n`)
}
