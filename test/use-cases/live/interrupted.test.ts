import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { LiveSourceError } from '../../../src/main/connectors/live-connector.ts'
import { runCollections } from '../../../src/main/storage/run-collections.ts'
import { listRuns } from '../../../src/main/storage/runs.ts'
import { listSnapshots } from '../../../src/main/storage/snapshots.ts'
import type { Context } from '../../../src/main/use-cases/context.ts'
import { openLiveBench } from '../../support/live-bench.ts'
import { accessLines, addMember, putUser, removeUser, scriptedConnector } from '../../support/scripted-live-source.ts'
import { watching } from '../../support/sync-bench.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { smallDirectory } from './small-directory.ts'

/** The bodies of all runs' extracts, each checked against what its run says of it. */
async function extractBodies(context: Context): Promise<string[]> {
  const bodies: string[] = []
  for (const { file } of (await listRuns(context.store.db)).toReversed()) {
    if (file === null) continue
    const packed = readFileSync(join(context.paths.raw, file.storedAs))
    const text = gunzipSync(packed)
    expect([packed.length, text.length, createHash('sha256').update(text).digest('hex')]).toEqual([file.storedBytes, file.bytes, file.sha256])
    let at = 0
    while (at < text.length) {
      const end = text.indexOf(10, at)
      const { bytes } = JSON.parse(text.subarray(at, end).toString()) as { bytes: number }
      bodies.push(text.subarray(end + 1, end + 1 + bytes).toString())
      at = end + 1 + bytes + 1
    }
  }
  return bodies
}

const faults: readonly (readonly [string, 'failed' | 'cancelled', () => Error | null])[] = [
  ['cancelled', 'cancelled', () => null],
  ['cut off from the network', 'failed', () => new LiveSourceError('unreachable', 'The directory cannot be reached.')],
  ['left without its token', 'failed', () => new LiveSourceError('sign-in-failed', 'The directory refused the sign-in.')],
  ['throttled for too long', 'failed', () => new LiveSourceError('throttled', 'The directory asks to wait for an hour.')],
  ['half answered', 'failed', () => new LiveSourceError('half-answer', 'The answer ended in the middle.')],
  ['hit by a fault nobody foresaw', 'failed', () => new TypeError('undefined is not a function')],
]

test.each(faults)('a reading %s at every single page ends with what an undisturbed one finds, and reads no page twice', async (_, state, fault) => {
  const directory = smallDirectory()
  const undisturbed = await openLiveBench(await temporaryFolder(), scriptedConnector(directory))
  await undisturbed.sync()
  const connector = scriptedConnector(directory)
  const bench = await openLiveBench(await temporaryFolder(), connector)
  let controller = new AbortController()
  let given = 0
  connector.script.onPage = () => {
    if (given++ === 0) return
    given = 0
    const error = fault()
    if (error !== null) throw error
    controller.abort()
  }
  const { db } = bench.context.store
  let attempts = 0
  for (; (await bench.attempt(watching(controller.signal))) === null; attempts++) {
    const [run] = await listRuns(db)
    expect(run?.state).toBe(state)
    expect(run?.rowsRead).toBeGreaterThan(0)
    expect((await runCollections(db, run?.id ?? 0)).reduce((sum, { pages }) => sum + pages, 0)).toBe(1)
    expect(await listSnapshots(db)).toEqual([])
    controller = new AbortController()
    given = 0
  }
  expect(attempts).toBe(10)
  expect(await bench.lines()).toEqual(await undisturbed.lines())
  expect(await extractBodies(bench.context)).toEqual(await extractBodies(undisturbed.context))
  await Promise.all([bench.close(), undisturbed.close()])
})

test('an interrupted answer to "what changed" goes on within the answer, and what changed meanwhile comes with the next one', async () => {
  const directory = smallDirectory()
  const connector = scriptedConnector(directory)
  const bench = await openLiveBench(await temporaryFolder(), connector)
  await bench.sync()
  for (const id of ['gus', 'hal', 'ida', 'jan']) {
    putUser(directory, id)
    addMember(directory, 'payers', `a:${id}`)
  }
  removeUser(directory, 'ann')
  let page = 0
  connector.script.onPage = () => {
    if (page++ === 1) throw new LiveSourceError('unreachable', 'gone')
  }
  expect(await bench.attempt()).toBeNull()
  removeUser(directory, 'gus')
  addMember(directory, 'vault', 'a:hal')
  await bench.sync()
  await bench.sync()
  expect(await bench.lines()).toEqual(accessLines(directory))
  await bench.close()
})

test('what was read to its end is not asked again by the run that goes on, and by the one after it is', async () => {
  const directory = smallDirectory()
  const connector = scriptedConnector(directory, { members: 'relist', readsUsage: true })
  directory.signIns.push({ account: 'ann', application: 'Directory', at: '2026-01-05T08:00:00.000Z', isSuccess: true })
  const bench = await openLiveBench(await temporaryFolder(), connector)
  connector.script.onPage = (_, collection) => {
    if (collection === 'sign-ins') throw new LiveSourceError('unreachable', 'gone')
  }
  expect(await bench.attempt()).toBeNull()
  connector.script.onPage = () => undefined
  const run = await bench.sync()
  const members = (await runCollections(bench.context.store.db, run.id)).find(({ name }) => name === 'members')
  expect(members).toMatchObject({ pages: 0, heldCount: 9, isComplete: true })
  expect(members?.gaps[0]).toMatch(/^Run 1 had read it already at /)
  expect(await bench.lines()).toEqual(accessLines(directory))
  const next = await bench.sync()
  expect((await runCollections(bench.context.store.db, next.id)).find(({ name }) => name === 'members')).toMatchObject({ mode: 'full', pages: 5 })
  await bench.close()
})
