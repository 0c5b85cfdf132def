import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { listRuns } from '../../../src/main/storage/runs.ts'
import { listSnapshots } from '../../../src/main/storage/snapshots.ts'
import { recoverRuns } from '../../../src/main/use-cases/recover-runs.ts'
import { companyDirectory } from '../../support/company-directory.ts'
import { openLiveBench, type LiveBench } from '../../support/live-bench.ts'
import { accessLines, putUser, scriptedConnector } from '../../support/scripted-live-source.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const script = new URL('../../support/live-until-killed.ts', import.meta.url).pathname

/** Lets a process read `pages` pages and a little more, then kills it without warning. True = it had finished before. */
function readAndKill(folder: string, pages: number, moreMilliseconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, folder, '1'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let errors = ''
    let isDoomed = false
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (!isDoomed && out.split('\n').length > pages) {
        isDoomed = true
        setTimeout(() => child.kill('SIGKILL'), moreMilliseconds)
      }
    })
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(out.includes('done'))
      else if (code === 0) resolve(true)
      else reject(new Error(errors))
    })
  })
}

async function expectSound({ context }: LiveBench): Promise<void> {
  const runs = await listRuns(context.store.db)
  expect(runs.filter(({ state }) => state !== 'complete' && state !== 'failed')).toEqual([])
  for (const { file } of runs) {
    if (file === null) continue
    const packed = readFileSync(join(context.paths.raw, file.storedAs))
    expect([packed.length, createHash('sha256').update(gunzipSync(packed)).digest('hex')]).toEqual([file.storedBytes, file.sha256])
  }
  const snapshots = await listSnapshots(context.store.db)
  expect(snapshots).toHaveLength(runs.filter(({ state }) => state === 'complete').length)
  expect(context.store.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(existsSync(context.paths.staging) ? readdirSync(context.paths.staging) : []).toEqual([])
}

test('a process killed anywhere in a live reading loses nothing that was committed, doubles nothing, and the next one goes on', async () => {
  const folder = await temporaryFolder()
  const directory = companyDirectory()
  putUser(directory, 'new-0')
  const undisturbed = await openLiveBench(await temporaryFolder(), scriptedConnector(directory, { pageSize: 3, readsUsage: true }))
  await undisturbed.sync()
  const usageOf = ({ context }: LiveBench): unknown[] => context.store.sqlite.prepare('SELECT * FROM usage ORDER BY account_key, month').all()

  const kills = [[1, 0], [4, 300], [25, 0], [60, 320], [110, 20], [400, 0], [400, 60]] as const
  let hasFinished = false
  for (const [pages, more] of kills) {
    hasFinished = (await readAndKill(folder, hasFinished ? 1 : pages, more)) || hasFinished
    const bench = await openLiveBench(folder, scriptedConnector(directory, { pageSize: 3, readsUsage: true }))
    await recoverRuns(bench.context)
    await expectSound(bench)
    const complete = (await listRuns(bench.context.store.db, { states: ['complete'] })).length > 0
    expect(await bench.lines()).toEqual(complete ? accessLines(directory) : [])
    await bench.close()
  }
  const bench = await openLiveBench(folder, scriptedConnector(directory, { pageSize: 3, readsUsage: true }))
  await bench.sync()
  await expectSound(bench)
  expect(await bench.lines()).toEqual(await undisturbed.lines())
  expect(usageOf(bench)).toEqual(usageOf(undisturbed))
  await Promise.all([bench.close(), undisturbed.close()])
}, 120_000)
