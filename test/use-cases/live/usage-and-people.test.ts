import { expect, test } from 'vitest'
import { LiveSourceError } from '../../../src/main/connectors/live-connector.ts'
import { removeMirror } from '../../../src/main/storage/mirror-file.ts'
import { openLiveBench, type LiveBench } from '../../support/live-bench.ts'
import { addMember, putUser, removeUser, scriptedConnector, type ScriptedDirectory } from '../../support/scripted-live-source.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { smallDirectory } from './small-directory.ts'

function signIn(directory: ScriptedDirectory, account: string, at: string, isSuccess = true): void {
  directory.signIns.push({ account, application: 'Directory', at: `${at}.000Z`, isSuccess })
}

const usage = ({ context }: LiveBench): unknown[] =>
  context.store.sqlite.prepare('SELECT account_key, month, successes, failures, days FROM usage ORDER BY 1, 2').all()
const windows = ({ context }: LiveBench): unknown[] => context.store.sqlite.prepare('SELECT from_at, to_at FROM usage_window ORDER BY run_id').raw(true).all()

test('sign-ins become sums that outlive the provider\'s log, each counted once whatever is interrupted or read again', async () => {
  const directory = smallDirectory()
  const connector = scriptedConnector(directory, { readsUsage: true, now: '2026-02-01T00:00:00.000Z' })
  const bench = await openLiveBench(await temporaryFolder(), connector)
  for (const day of ['05', '06', '06', '20', '31']) signIn(directory, 'ann', `2026-01-${day}T08:00:00`)
  signIn(directory, 'ANN', '2026-01-31T23:59:59', false)
  // Exactly at the end of the window: belongs to the next one.
  signIn(directory, 'ann', '2026-02-01T00:00:00')
  let page = 0
  connector.script.onPage = (_, collection) => {
    if (collection === 'sign-ins' && page++ === 1) throw new LiveSourceError('unreachable', 'gone')
  }
  expect(await bench.attempt()).toBeNull()
  expect(usage(bench)).toEqual([])
  await bench.sync()
  const january = { account_key: 'ann', month: '2026-01', successes: 5, failures: 1, days: 2 ** 4 + 2 ** 5 + 2 ** 19 + 2 ** 30 }
  expect(usage(bench)).toEqual([january])
  expect(windows(bench)).toEqual([['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']])

  connector.script.now = '2026-03-01T00:00:00.000Z'
  connector.script.signInsKeptFrom = '2026-01-30T00:00:00.000Z'
  await bench.sync()
  const february = { account_key: 'ann', month: '2026-02', successes: 1, failures: 0, days: 1 }
  expect(usage(bench)).toEqual([january, february])

  // The mirror is lost: the log is read from where the provider still has it, over a time that was counted already.
  removeMirror(bench.context.paths.mirrors, bench.source.id)
  connector.script.now = '2026-04-01T00:00:00.000Z'
  signIn(directory, 'ann', '2026-03-09T08:00:00')
  const run = await bench.sync()
  expect(run.notes.join(' ')).toContain('Everything was read anew')
  expect(usage(bench)).toEqual([january, february, { account_key: 'ann', month: '2026-03', successes: 1, failures: 0, days: 2 ** 8 }])
  expect(run.merged).toBe(3)
  await bench.close()
})

test('a directory that stands in for HR gives people and access, and its changes become joiners, movers, leavers and returns', async () => {
  const directory = smallDirectory()
  for (const [id, number] of [['ann', '1'], ['bob', '2'], ['cat', '3']] as const) putUser(directory, id, { employeeId: number, title: 'Clerk' })
  const bench = await openLiveBench(await temporaryFolder(), scriptedConnector(directory, { isHr: true }), { isHr: true })
  const events = (): unknown[] => bench.context.store.sqlite.prepare('SELECT employee_id, kind, attribute, to_value FROM hr_event ORDER BY id').raw(true).all()
  await bench.sync()
  expect(events()).toEqual([])
  expect(bench.context.store.sqlite.prepare(`SELECT count(*) FROM account WHERE link_reason = 'employee-id'`).pluck(true).get()).toBe(3)
  putUser(directory, 'ann', { title: 'Head of Payables' })
  putUser(directory, 'bob', { isEnabled: false })
  putUser(directory, 'gus', { employeeId: '7' })
  removeUser(directory, 'cat')
  await bench.sync()
  expect(events()).toEqual([['1', 'mover', 'title', 'Head of Payables'], ['2', 'leaver', 'status', 'inactive'], ['3', 'leaver', 'status', 'gone'], ['7', 'joiner', 'status', 'active']])
  putUser(directory, 'bob', { isEnabled: true })
  addMember(directory, 'vault', 'a:bob')
  await bench.sync()
  expect(events().slice(4)).toEqual([['2', 'return', 'status', 'active']])
  // Snapshots of both access and people read back to their hash.
  expect(await bench.lines()).toContain('bob\tgroup:vault\tdirect')
  await bench.close()
})

test('a person who could not be read is not taken for a leaver', async () => {
  const directory = smallDirectory()
  for (const [id, number] of [['ann', '1'], ['bob', '2'], ['cat', '3']] as const) putUser(directory, id, { employeeId: number })
  const connector = scriptedConnector(directory, { isHr: true })
  const bench = await openLiveBench(await temporaryFolder(), connector, { isHr: true })
  await bench.sync()
  connector.script.expiredBefore = directory.log.length + 1
  connector.script.distort = (page, collection) => (collection !== 'users' || !page.changes.some((one) => 'put' in one && one.put === 'person' && one.record.employeeId === '2') ? page : {
    ...page, changes: page.changes.filter((one) => !('put' in one && one.put === 'person' && one.record.employeeId === '2')),
    rejects: [{ row: 2, column: 'employeeId', code: 'bad-value', reason: 'No number.', effect: 'row-rejected', raw: '{}' }],
  })
  const run = await bench.sync()
  expect(run).toMatchObject({ state: 'held' })
  expect(run.notes[0]).toBe('1 row could not be read, and 1 of the people known so far is missing: the row may be theirs, and they would count as leavers.')
  await bench.close()
})
