import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LiveSourceError } from '../../../src/main/connectors/live-connector.ts'
import { mirrorPath } from '../../../src/main/storage/mirror-file.ts'
import { companyDirectory } from '../../support/company-directory.ts'
import { openLiveBench, type LiveBench } from '../../support/live-bench.ts'
import {
  accessLines, addMember, putGroup, putUser, removeGroup, removeUser, scriptedConnector, takeMember, type ScriptedDirectory,
} from '../../support/scripted-live-source.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { smallDirectory } from './small-directory.ts'

const usageOf = ({ context }: LiveBench): unknown[] => context.store.sqlite.prepare('SELECT * FROM usage ORDER BY account_key, month').all()

test('a crash between the store\'s commit and the mirror\'s is noticed: nothing is lost and no sign-in counts twice', async () => {
  const folder = await temporaryFolder()
  const directory = companyDirectory()
  const connector = scriptedConnector(directory, { pageSize: 50, readsUsage: true })
  const bench = await openLiveBench(folder, connector)
  const mirror = mirrorPath(bench.context.paths.mirrors, bench.source.id)
  // What the mirror held when the store committed: everything up to the end of the merge, and not the word that it was done.
  const atCommit = join(folder, 'at-commit.db')
  const crashing = {
    signal: new AbortController().signal,
    onProgress: ({ step }: { step: string }) => {
      if (step === 'Saving') new Database(mirror, { readonly: true }).prepare('VACUUM INTO ?').run(atCommit)
    },
  }
  await bench.sync(crashing)
  const [lines, usage] = [await bench.lines(), usageOf(bench)]
  copyFileSync(atCommit, mirror)
  removeUser(directory, 'u7')
  connector.script.now = '2026-02-02T00:00:00.000Z'
  const run = await bench.sync()
  expect(run).toMatchObject({ state: 'complete', notes: [] })
  expect(run.rowsRead).toBeLessThan(20)
  expect(usageOf(bench)).toEqual(usage)
  expect(await bench.lines()).toEqual(accessLines(directory))
  expect(lines.length).toBeGreaterThan((await bench.lines()).length)
  await bench.close()
})

test('a restored older store does not trust a mirror that has read further: everything is read anew, and nothing counts twice', async () => {
  const folder = await temporaryFolder()
  const directory = companyDirectory()
  const connector = scriptedConnector(directory, { pageSize: 50, readsUsage: true })
  const bench = await openLiveBench(folder, connector)
  await bench.sync()
  const backup = join(await temporaryFolder(), 'backup.db')
  await bench.context.store.sqlite.backup(backup)
  removeUser(directory, 'u1')
  addMember(directory, 'g3', 'a:u2')
  await bench.sync()
  const [lines, usage] = [await bench.lines(), usageOf(bench)]
  await bench.close()
  for (const suffix of ['-wal', '-shm']) cpSync('/dev/null', join(folder, `muster.db${suffix}`), { force: true })
  copyFileSync(backup, join(folder, 'muster.db'))
  const restored = await openLiveBench(folder, connector)
  const run = await restored.sync()
  expect(run.notes[0]).toContain('was a backup restored?')
  expect(await restored.lines()).toEqual(lines)
  expect(usageOf(restored)).toEqual(usage)
  await restored.close()
})

type Step =
  | { readonly do: 'user' | 'no-user' | 'group' | 'no-group'; readonly at: number }
  | { readonly do: 'member' | 'no-member'; readonly at: number; readonly holder: number; readonly nested: boolean }
  | { readonly do: 'sync'; readonly breakAt: number | null }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('user', 'no-user', 'group', 'no-group'), at: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('member', 'no-member'), at: fc.nat(5), holder: fc.nat(5), nested: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sync'), breakAt: fc.option(fc.nat(6)) }) },
)

const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'zoe']
const groups = ['all', 'finance', 'payables', 'payers', 'vault', 'zone']

function change(directory: ScriptedDirectory, one: Exclude<Step, { do: 'sync' }>): void {
  const [name = '', group = ''] = [names[one.at], groups[one.at]]
  switch (one.do) {
    case 'user': return putUser(directory, name, { title: `Title ${directory.log.length}` })
    case 'no-user': return removeUser(directory, name)
    case 'group': return putGroup(directory, group)
    case 'no-group': return removeGroup(directory, group)
    case 'member':
    case 'no-member': {
      const holder = one.nested ? `e:${groups[one.holder] ?? ''}` : `a:${names[one.holder] ?? ''}`
      const exists = directory.groups.has(group) && (one.nested ? directory.groups.has(groups[one.holder] ?? '') : directory.users.has(names[one.holder] ?? ''))
      if (one.do === 'no-member') takeMember(directory, `${group} ${holder}`)
      else if (exists) addMember(directory, group, holder)
    }
  }
}

test('any sequence of changes, read by whatever changed and interrupted anywhere, ends like one full reading', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.constantFrom('delta' as const, 'relist' as const), async (steps, members) => {
    const directory = smallDirectory()
    const connector = scriptedConnector(directory, { members })
    const bench = await openLiveBench(await temporaryFolder(), connector)
    for (const one of steps) {
      if (one.do !== 'sync') {
        change(directory, one)
        continue
      }
      let page = 0
      connector.script.onPage = () => {
        if (page++ === one.breakAt) throw new LiveSourceError('unreachable', 'gone')
      }
      // What the run before had read to its end stands; the reading after a complete one is of now.
      if ((await bench.attempt()) !== null && (await bench.attempt()) !== null) expect(await bench.lines()).toEqual(accessLines(directory))
    }
    connector.script.onPage = () => undefined
    await bench.sync()
    await bench.sync()
    expect(await bench.lines()).toEqual(accessLines(directory))
    const accounts = bench.context.store.sqlite.prepare('SELECT native_id FROM account WHERE to_snapshot IS NULL ORDER BY 1').pluck(true).all()
    expect(accounts).toEqual([...directory.users.keys()].sort())
    await bench.close()
  }), { numRuns: 6, endOnFailure: true })
}, 120_000)
