import { expect, test } from 'vitest'
import { listSnapshots } from '../../../src/main/storage/snapshots.ts'
import { runCollections } from '../../../src/main/storage/run-collections.ts'
import { openLiveBench } from '../../support/live-bench.ts'
import {
  accessLines, addMember, putUser, removeGroup, removeUser, scriptedConnector, takeMember,
} from '../../support/scripted-live-source.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { smallDirectory } from './small-directory.ts'

test('a live source becomes a snapshot of who can use what, through nested groups and around a cycle', async () => {
  const directory = smallDirectory()
  const bench = await openLiveBench(await temporaryFolder(), scriptedConnector(directory))
  const run = await bench.sync()
  expect(run).toMatchObject({ state: 'complete', rejected: 0, notes: [] })
  expect(await bench.lines()).toEqual(accessLines(directory))
  expect(await bench.lines()).toContain('ann\tgroup:all\tgroup:payers > group:payables > group:finance')
  expect((await listSnapshots(bench.context.store.db))[0]).toMatchObject({ accounts: 6, entitlements: 5, removed: 0 })
  expect(await runCollections(bench.context.store.db, run.id)).toMatchObject([
    { name: 'users', mode: 'full', pages: 3, records: 6, sourceCount: 6, heldCount: 6, isComplete: true },
    { name: 'groups', mode: 'full', pages: 3, records: 5, heldCount: 5 }, { name: 'members', mode: 'full', pages: 5, records: 9, heldCount: 9 },
  ])
  await bench.close()
})

test('the next sync asks what changed, and only that', async () => {
  const directory = smallDirectory()
  const bench = await openLiveBench(await temporaryFolder(), scriptedConnector(directory))
  await bench.sync()
  removeUser(directory, 'dan')
  putUser(directory, 'gus')
  addMember(directory, 'vault', 'a:gus')
  takeMember(directory, 'finance e:payables')
  removeGroup(directory, 'all')
  const run = await bench.sync()
  expect(run.state).toBe('complete')
  expect(await bench.lines()).toEqual(accessLines(directory))
  const collections = await runCollections(bench.context.store.db, run.id)
  expect(collections.map(({ name, mode, records }) => ({ name, mode, records }))).toEqual([
    { name: 'users', mode: 'changes', records: 2 }, { name: 'groups', mode: 'changes', records: 1 }, { name: 'members', mode: 'changes', records: 5 },
  ])
  const unchanged = await bench.sync()
  expect(unchanged).toMatchObject({ state: 'complete', rowsRead: 0 })
  expect((await listSnapshots(bench.context.store.db))[0]).toMatchObject({ added: 0, removed: 0 })
  await bench.close()
})
