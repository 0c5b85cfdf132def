import { expect, test } from 'vitest'
import { LiveSourceError } from '../../../src/main/connectors/live-connector.ts'
import { hasMirror } from '../../../src/main/storage/mirror-file.ts'
import { runCollections } from '../../../src/main/storage/run-collections.ts'
import { listRuns, rejectsPage } from '../../../src/main/storage/runs.ts'
import { listSnapshots } from '../../../src/main/storage/snapshots.ts'
import { judgeHeldRun } from '../../../src/main/use-cases/judge-held-run.ts'
import { removeSource } from '../../../src/main/use-cases/remove-source.ts'
import type { RunCollection } from '../../../src/shared/model/live-source.ts'
import { inventoryLines, openLiveBench, type LiveBench } from '../../support/live-bench.ts'
import { accessLines, addMember, putUser, removeUser, scriptedConnector, type Script } from '../../support/scripted-live-source.ts'
import { officer } from '../../support/sync-bench.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { smallDirectory } from './small-directory.ts'

async function open(script: Partial<Script> = {}, config: Parameters<typeof openLiveBench>[2] = {}) {
  const directory = smallDirectory()
  const connector = scriptedConnector(directory, script)
  const bench = await openLiveBench(await temporaryFolder(), connector, config)
  return { directory, connector, bench }
}

async function collectionOf({ context }: LiveBench, name: string): Promise<RunCollection | undefined> {
  const [run] = await listRuns(context.store.db)
  return (await runCollections(context.store.db, run?.id ?? 0)).find((one) => one.name === name)
}

test('an expired token falls back to a full listing, which is a gap of the run', async () => {
  const { directory, connector, bench } = await open()
  await bench.sync()
  removeUser(directory, 'bob')
  connector.script.expiredBefore = directory.log.length
  const run = await bench.sync()
  expect(run.state).toBe('complete')
  expect(await collectionOf(bench, 'users')).toMatchObject({ mode: 'full', gaps: ['The token has expired. Everything was listed anew.'] })
  expect(run.notes.join(' ')).toContain('Everything was listed anew')
  expect(await bench.lines()).toEqual(accessLines(directory))
  await bench.close()
})

test.each([
  ['the same page for ever', (page: number) => page - page],
  ['two pages in turns', (page: number) => page % 2],
])('a source that gives %s is stopped, and read anew the next time', async (_, placeOf) => {
  const { directory, bench } = await open()
  const inner = bench.connector
  bench.connector = {
    ...inner,
    async *read(input) {
      if (input.collection !== 'groups') return yield* inner.read(input)
      const first = await inner.read(input).next()
      if (first.done === true) return first.value
      for (let page = 0; ; page++) yield { ...first.value, raw: `page ${placeOf(page)}`, cursor: `place ${placeOf(page)}` }
    },
  }
  await expect(bench.sync()).rejects.toThrow('in a circle')
  expect((await listRuns(bench.context.store.db))[0]).toMatchObject({ state: 'failed' })
  expect(await listSnapshots(bench.context.store.db)).toEqual([])
  bench.connector = inner
  await bench.sync()
  expect(await bench.lines()).toEqual(accessLines(directory))
  await bench.close()
})

test('empty pages in between change nothing', async () => {
  const { directory, bench } = await open()
  let page = 0
  const inner = bench.connector
  bench.connector = {
    ...inner,
    async *read(input) {
      const reading = inner.read(input)
      for (;;) {
        const next = await reading.next()
        if (next.done === true) return next.value
        yield next.value
        yield { ...next.value, changes: [], records: 0, raw: '{}', cursor: `${next.value.cursor}${' '.repeat(++page)}` }
      }
    },
  }
  await bench.sync()
  expect(await bench.lines()).toEqual(accessLines(directory))
  await bench.close()
})

test('what is named twice in one listing is counted once, the last word stands, and the run says so', async () => {
  const { connector, bench } = await open()
  connector.script.distort = (page, collection) => {
    const [first] = page.changes
    if (collection !== 'users' || first === undefined || !('put' in first) || first.put !== 'account') return page
    return { ...page, records: page.records + 1, changes: [...page.changes, { put: 'account', record: { ...first.record, accountName: 'Said later' } }] }
  }
  const run = await bench.sync()
  expect(run).toMatchObject({ state: 'complete', rowsRead: 23, merged: 3, imported: 20 })
  expect((await collectionOf(bench, 'users'))?.gaps).toEqual(['The source named something twice 3 times; its last word stands.'])
  expect(await bench.context.store.db.selectFrom('account').select(['native_id', 'display_name']).where('display_name', '=', 'Said later').execute()).toHaveLength(3)
  await bench.close()
})

test('somebody removed and added again between two syncs keeps what they hold', async () => {
  const { directory, bench } = await open()
  await bench.sync()
  removeUser(directory, 'ann')
  putUser(directory, 'ann')
  addMember(directory, 'payers', 'a:ann', '2025-03-01')
  await bench.sync()
  expect(await bench.lines()).toEqual(accessLines(directory))
  expect((await listSnapshots(bench.context.store.db))[0]).toMatchObject({ added: 0, removed: 0 })
  await bench.close()
})

test('rejects, retries and waiting are on the record, and the totals add up', async () => {
  const { connector, bench } = await open()
  connector.script.distort = (page, collection) => (collection !== 'users' ? page : {
    ...page, retries: 2, throttledMs: 1_500, gaps: ['The reports of this tenant are off.'],
    rejects: [{ row: 1, column: null, code: 'bad-value', reason: 'No id.', effect: 'row-rejected', raw: '{}' }],
  })
  const run = await bench.sync()
  expect(await collectionOf(bench, 'users')).toMatchObject({ retries: 6, throttledMs: 4_500, rejects: 3, gaps: ['The reports of this tenant are off.'] })
  expect(run).toMatchObject({ rowsRead: 20, rejected: 3, imported: 17, merged: 0 })
  expect((await rejectsPage(bench.context.store.db, run.id, { from: 0, limit: 10 })).total).toBe(3)
  const ended = bench.context.store.sqlite.prepare<[], string>(`SELECT line FROM evidence_event WHERE kind = 'run-ended'`).pluck(true).get()
  expect(ended).toMatch(/"collectionsHash":"[0-9a-f]{64}"/)
  await bench.close()
})

test('what may be left out is a gap, and what was known of it stays', async () => {
  const { directory, connector, bench } = await open({ readsUsage: true })
  connector.script.onPage = (_, collection) => {
    if (collection === 'sign-ins') throw new LiveSourceError('permission-missing', 'Reading the log takes the permission logs.read.')
  }
  directory.signIns.push({ account: 'ann', application: 'Directory', at: '2026-01-05T08:00:00.000Z', isSuccess: true })
  const run = await bench.sync()
  expect(run.state).toBe('complete')
  expect(run.notes.join(' ')).toContain('sign-ins could not be read: Reading the log takes the permission logs.read.')
  expect(await collectionOf(bench, 'sign-ins')).toMatchObject({ isComplete: false })
  expect(bench.context.store.sqlite.prepare('SELECT count(*) FROM usage_window').pluck(true).get()).toBe(0)
  await bench.close()
})

test('a difference from the source\'s own count is noted; a large one is held', async () => {
  const { connector, bench } = await open({}, { holdBelowShare: 0.7 })
  connector.script.count = (collection, real) => (collection === 'users' ? real + 1 : real)
  expect(await bench.sync()).toMatchObject({ state: 'complete', notes: ['users: the source counts 7, we hold 6.'] })
  connector.script.count = (_, real) => real * 2
  expect(await bench.sync()).toMatchObject({ state: 'held' })
  await bench.close()
})

test('a source that shrank is held until the officer says so, and accepted it is taken over as it was read', async () => {
  const { directory, bench } = await open({}, { holdBelowShare: 0.7 })
  await bench.sync()
  const before = await bench.lines()
  for (const id of ['ann', 'bob', 'cat']) removeUser(directory, id)
  const held = await bench.sync()
  expect(held).toMatchObject({ state: 'held', snapshotId: null })
  expect(held.notes[0]).toBe('users: 3 after this reading, 6 after the last complete one: 50 %, below the 70 % that is believed without asking.')
  expect(await bench.lines()).toEqual(before)
  const accepted = await judgeHeldRun(bench.context, officer, { run: held.id, accept: true, reason: 'The subsidiary was sold.' })
  expect(accepted).toMatchObject({ state: 'complete' })
  expect(await bench.lines()).toEqual(accessLines(directory))
  expect(await bench.sync()).toMatchObject({ state: 'complete', rowsRead: 0 })
  await bench.close()
})

test('a reading the officer does not believe is thrown away, and the next one lists everything anew', async () => {
  const { directory, bench } = await open({}, { holdBelowShare: 0.7 })
  await bench.sync()
  for (const id of ['ann', 'bob', 'cat']) removeUser(directory, id)
  const held = await bench.sync()
  await judgeHeldRun(bench.context, officer, { run: held.id, accept: false, reason: 'The filter was wrong.' })
  expect(hasMirror(bench.context.paths.mirrors, bench.source.id)).toBe(false)
  for (const [id, group] of [['ann', 'payers'], ['bob', 'payers'], ['cat', 'finance']] as const) {
    putUser(directory, id)
    addMember(directory, group, `a:${id}`)
  }
  const run = await bench.sync()
  expect(run.state).toBe('complete')
  expect(await collectionOf(bench, 'users')).toMatchObject({ mode: 'full', records: 6 })
  expect(await bench.lines()).toEqual(accessLines(directory))
  await bench.close()
})

test('a held reading that another one went on from cannot be accepted any more', async () => {
  const { directory, connector, bench } = await open({}, { holdBelowShare: 0.7 })
  await bench.sync()
  for (const id of ['ann', 'bob', 'cat']) removeUser(directory, id)
  const held = await bench.sync()
  putUser(directory, 'ann')
  connector.script.onPage = () => { throw new LiveSourceError('unreachable', 'gone') }
  await bench.attempt()
  await expect(judgeHeldRun(bench.context, officer, { run: held.id, accept: true, reason: 'Fine.' })).rejects.toThrow('no longer there as it was')
  await bench.close()
})

test('removing the source ends its access and removes its mirror', async () => {
  const { bench } = await open()
  await bench.sync()
  await removeSource(bench.context, officer, { source: 'Directory' })
  expect(hasMirror(bench.context.paths.mirrors, bench.source.id)).toBe(false)
  expect(await inventoryLines(bench.context)).toEqual([])
  await bench.close()
})
