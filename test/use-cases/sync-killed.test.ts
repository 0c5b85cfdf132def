import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listRuns } from '../../src/main/storage/runs.ts'
import { recomputeContentHash } from '../../src/main/storage/snapshot-hash.ts'
import { listSnapshots } from '../../src/main/storage/snapshots.ts'
import { recoverRuns } from '../../src/main/use-cases/recover-runs.ts'
import { openBench } from '../support/sync-bench.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

interface Acknowledged { readonly run: number; readonly snapshot: number; readonly grants: number }

/** Lets a process sync until it has acknowledged `after` runs and a little more, then kills it without warning. */
function syncAndKill(folder: string, seed: number, after: number, moreMilliseconds: number): Promise<Acknowledged[]> {
  return new Promise((resolve, reject) => {
    const script = new URL('../support/sync-until-killed.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [script, folder, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let errors = ''
    let isDoomed = false
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (!isDoomed && out.split('\n').length > after) {
        isDoomed = true
        setTimeout(() => child.kill('SIGKILL'), moreMilliseconds)
      }
    })
    child.on('exit', (_, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(errors))
      resolve(out.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Acknowledged))
    })
  })
}

test('a process killed at any moment loses no acknowledged sync and leaves nothing half-written', async () => {
  const folder = await temporaryFolder()
  const acknowledged: Acknowledged[] = []
  for (let kill = 0; kill < 10; kill++) {
    acknowledged.push(...(await syncAndKill(folder, kill, kill % 2, (kill * 37) % 90)))
    const bench = await openBench(folder)
    await recoverRuns(bench.context)
    const { store, paths } = bench.context
    const runs = await listRuns(store.db)
    expect(runs.filter(({ state }) => state !== 'complete' && state !== 'failed')).toEqual([])
    for (const { run, snapshot } of acknowledged) expect(runs.find(({ id }) => id === run)).toMatchObject({ state: 'complete', snapshotId: snapshot })
    const snapshots = await listSnapshots(store.db)
    for (const { snapshot, grants } of acknowledged) expect(snapshots.find(({ id }) => id === snapshot)?.grants).toBe(grants)
    const latest = snapshots.slice(0, 5)
    for (const snapshot of latest) expect(await recomputeContentHash(store, snapshot)).toBe(snapshot.contentHash)
    expect(store.sqlite.prepare('SELECT count(*) FROM access_grant WHERE to_snapshot IS NULL').pluck(true).get()).toBe(latest[0]?.grants ?? 0)
    expect(store.sqlite.prepare(`SELECT count(*) FROM evidence_event WHERE kind = 'snapshot-taken'`).pluck(true).get()).toBe(snapshots.length)
    expect(store.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(existsSync(paths.staging) ? readdirSync(paths.staging) : []).toEqual([])
    await store.close()
  }
  expect(acknowledged.length).toBeGreaterThan(0)
})

test('a run that is being read by a living process is left alone', async () => {
  const folder = await temporaryFolder()
  const bench = await openBench(folder)
  await bench.add('erp', 'csv-entitlements')
  const seen: unknown[] = []
  const batch = { of: 'grants' as const, records: [] }
  await bench.sync('erp', '2026-01-31', {
    batches: [batch, batch],
    onBatch: (index) => {
      if (index === 1) void recoverRuns(bench.context).then((recovered) => seen.push(recovered))
    },
  })
  expect(seen).toEqual([{ failed: [] }])
})
