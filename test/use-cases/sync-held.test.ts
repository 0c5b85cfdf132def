import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Reject } from '../../src/shared/model/source.ts'
import { stagingPath } from '../../src/main/storage/staging-file.ts'
import { listRuns } from '../../src/main/storage/runs.ts'
import { judgeHeldRun } from '../../src/main/use-cases/judge-held-run.ts'
import { listSourceCards } from '../../src/main/use-cases/list-sources.ts'
import { recoverRuns } from '../../src/main/use-cases/recover-runs.ts'
import { grants, hrPerson, officer, openBench, people, type Bench } from '../support/sync-bench.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const many = grants(...Array.from({ length: 10 }, (_, index) => [`u${index}`, 'A'] as const))
const few = grants(['u1', 'A'], ['u2', 'B'])

async function workspace(): Promise<Bench> {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  await bench.sync('erp', '2026-01-31', many)
  return bench
}

const open = (bench: Bench): unknown => bench.context.store.sqlite.prepare('SELECT count(*) AS n FROM access_grant WHERE to_snapshot IS NULL').get()
const kinds = (bench: Bench): unknown[] => bench.context.store.sqlite.prepare('SELECT kind FROM evidence_event ORDER BY seq').pluck(true).all()

test('a file that shrank is held until the officer says so, and then taken from what was read', async () => {
  const bench = await workspace()
  const run = await bench.sync('erp', '2026-02-28', few)
  expect(run).toMatchObject({ state: 'held', rowsRead: 2, imported: 2, snapshotId: null })
  expect(run.notes[0]).toBe('The file has 2 records, the last one had 10: 20 %, below the 70 % that is believed without asking.')
  expect(open(bench)).toEqual({ n: 10 })
  await recoverRuns(bench.context)
  const judged = await judgeHeldRun(bench.context, officer, { run: run.id, accept: true, reason: 'The plant was sold.' })
  expect(judged).toMatchObject({ state: 'complete', snapshotId: 2, rowsRead: 2 })
  expect(open(bench)).toEqual({ n: 2 })
  expect(kinds(bench).slice(-3)).toEqual(['held-run-judged', 'run-ended', 'snapshot-taken'])
  expect(existsSync(stagingPath(bench.context.paths.staging, run.id))).toBe(false)
  await expect(judgeHeldRun(bench.context, officer, { run: run.id, accept: false, reason: 'x' })).rejects.toThrow(/it is complete/)
})

test('a discarded file changes nothing and can be read again', async () => {
  const bench = await workspace()
  const run = await bench.sync('erp', '2026-02-28', few)
  await expect(judgeHeldRun(bench.context, officer, { run: run.id, accept: false, reason: ' ' })).rejects.toThrow(/Say in a few words/)
  expect(await judgeHeldRun(bench.context, officer, { run: run.id, accept: false, reason: 'Wrong file.' })).toMatchObject({ state: 'discarded' })
  expect(open(bench)).toEqual({ n: 10 })
  expect((await bench.sync('erp', '2026-01-31', many)).state).toBe('complete')
})

test('a file cut off in the middle, or without one usable row, is held even the first time', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('erp', 'csv-entitlements')
  const cut = await bench.sync('erp', '2026-01-31', { ...many, end: { isCutOff: true, cutOffReason: 'the last line has no end' } })
  expect(cut).toMatchObject({ state: 'held', notes: ['The file seems to be cut off: the last line has no end. Its end may be missing.'] })
  expect((await bench.sync('erp', '2026-01-31', { batches: [] })).state).toBe('held')
  expect(open(bench)).toEqual({ n: 0 })
})

test('a later good file settles a held one nobody judged', async () => {
  const bench = await workspace()
  const held = await bench.sync('erp', '2026-02-28', few)
  await bench.sync('erp', '2026-02-28', many)
  const [, superseded] = await listRuns(bench.context.store.db)
  expect(superseded).toMatchObject({ id: held.id, state: 'discarded' })
  expect(superseded?.notes.at(-1)).toContain('Superseded by run 3')
  expect(existsSync(stagingPath(bench.context.paths.staging, held.id))).toBe(false)
})

test('somebody whose HR row could not be taken is not declared a leaver without the officer\'s word', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr')
  const staff = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => hrPerson(id))
  await bench.sync('hr', '2026-01-31', people(...staff))
  const broken: Reject = { row: 9, column: 'Worker ID', code: 'shifted-columns', reason: 'shifted', effect: 'row-rejected', raw: 'x,y' }
  const run = await bench.sync('hr', '2026-02-28', { ...people(...staff.slice(1)), rejects: [broken] })
  expect(run).toMatchObject({ state: 'held', rowsRead: 8, rejected: 1 })
  expect(run.notes[0]).toBe('1 row could not be read, and 1 of the people known so far is missing: the row may be theirs, and they would count as leavers.')
  const accepted = await judgeHeldRun(bench.context, officer, { run: run.id, accept: true, reason: 'They left.' })
  expect(accepted.state).toBe('complete')
})

test('a repeated worker id is no unread person, and rows that could not be read hold nothing back while nobody is missing', async () => {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr')
  const staff = ['a', 'b', 'c', 'd', 'e'].map((id) => hrPerson(id))
  await bench.sync('hr', '2026-01-31', people(...staff))
  const twice: Reject = { row: 7, column: 'Worker ID', code: 'duplicate-id', reason: 'again', effect: 'row-rejected', raw: 'a' }
  expect((await bench.sync('hr', '2026-02-28', { ...people(...staff.slice(1)), rejects: [twice] })).state).toBe('complete')
  const broken: Reject = { ...twice, code: 'bad-quote' }
  expect((await bench.sync('hr', '2026-03-31', { ...people(...staff), rejects: [broken] })).state).toBe('complete')
})

test('an entitlement list with unread rows says that access they name may only seem to have ended', async () => {
  const bench = await workspace()
  const broken: Reject = { row: 12, column: 'entitlement', code: 'bad-quote', reason: 'quote', effect: 'row-rejected', raw: 'x' }
  const run = await bench.sync('erp', '2026-02-28', { ...many, rejects: [broken] })
  expect(run).toMatchObject({ state: 'complete' })
  expect(run.notes).toContain('1 row could not be read; access that only such rows name seems to have ended here.')
})

test('a source is as old as the last run that was taken over, whatever became of those after it', async () => {
  const bench = await workspace()
  const held = await bench.sync('erp', '2026-02-28', few)
  await judgeHeldRun(bench.context, officer, { run: held.id, accept: false, reason: 'Cut off.' })
  const again = await bench.sync('erp', '2026-03-31', few)
  expect(await listSourceCards(bench.context)).toMatchObject([
    { lastRun: { id: again.id, state: 'held' }, lastTaken: { asOf: '2026-01-31', imported: 10 }, heldRun: { id: again.id }, runs: 3 },
  ])
})
