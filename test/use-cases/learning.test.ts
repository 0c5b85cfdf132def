import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ModelCard } from '../../src/shared/model/learning.ts'
import { pastDecisionsFile } from '../support/past-decisions-file.ts'
import { asOf, buildWorkspace, finish, mia, specOf, type TestWorkspace } from '../support/workspace-builder.ts'

let folder: string
let workspace: TestWorkspace
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-learning-'))
  workspace = await buildWorkspace(join(folder, 'w'), { enrolled: [mia] })
  file = join(folder, 'history.csv')
  await writeFile(file, `${pastDecisionsFile()}tom;erp-post;perhaps;01.02.2025;Finance;Accountant;1002\ntom;erp-post;approved;31.02.2025;Finance;Accountant;1002\n`)
})
afterAll(async () => {
  await workspace.close()
  await rm(folder, { recursive: true, force: true })
})

const advised = async (): Promise<Map<string, { action: string; score: number; sum: number; past: number; weights: string }>> => {
  const found = new Map<string, { action: string; score: number; sum: number; past: number; weights: string }>()
  for await (const { lines } of await workspace.officer.campaigns.recommend({ campaign: null, asOf })) {
    for (const { account, entitlement, action, score, signals } of lines) {
      const past = signals.filter(({ kind }) => kind === 'past-decision')
      found.set(`${account} ${entitlement}`, {
        action, score, sum: signals.reduce((sum, { weight }) => sum + weight, 0), past: past.length, weights: '',
      })
    }
  }
  return found
}

/** The tests tell one story and build on each other. */
describe('learning from past decisions, from file to campaign and back', () => {
  let first: ModelCard
  let before: Awaited<ReturnType<typeof advised>>

  test('before there is anything to learn from, it says how much is missing and refuses', async () => {
    const { missing, models, active } = await workspace.officer.learning.overview()
    expect([missing, models, active]).toEqual([{ kept: 20, revoked: 20 }, [], null])
    await expect(workspace.officer.learning.train({}).then(finish)).rejects.toThrow(/20 kept and 20 revoked decisions are missing/)
    before = await advised()
  })

  test('a preview shows mapping, decisions and rejects, and saves nothing', async () => {
    const preview = await workspace.officer.learning.preview({ file, rows: 500 })
    expect(preview.mapping.columns).toEqual({
      account: 'Account', entitlement: 'Entitlement', outcome: 'Decision', decidedOn: 'Decided on', department: 'Department', title: 'Title', manager: 'Manager',
    })
    expect(preview.rejects.map(({ row, column, code }) => [row, column, code])).toEqual([[162, 'Decision', 'bad-value'], [163, 'Decided on', 'bad-date']])
    expect((await workspace.officer.learning.overview()).imports).toEqual([])
  })

  test('an import adds up, keeps the original under its hash, and is an event', async () => {
    const taken = await finish(await workspace.officer.learning.importFile({ file }))
    expect(taken.rowsRead).toBe(162)
    expect(taken.imported + taken.rejected + taken.merged).toBe(taken.rowsRead)
    expect([taken.rejected, taken.kept + taken.revoked]).toEqual([2, taken.imported])
    expect(await readdir(join(workspace.folder, 'raw'))).toContain(`${taken.fileSha256}.gz`)
    const { total, rejects } = await workspace.officer.learning.rejects({ import: taken.id })
    expect([total, rejects[1]?.reason]).toEqual([2, expect.stringContaining('31.02.2025')])
    const { history, missing } = await workspace.officer.learning.overview()
    expect([history.imported, history.unknownEntitlement, missing]).toEqual([taken.imported, 0, { kept: 0, revoked: 0 }])
  })

  test('the same file does not count twice, unless its first import was withdrawn', async () => {
    await expect(workspace.officer.learning.importFile({ file }).then(finish)).rejects.toThrow(/taken before, as import 1/)
    await workspace.officer.learning.withdraw({ import: 1, reason: 'wrong year' })
    expect((await workspace.officer.learning.overview()).history.imported).toBe(0)
    expect((await finish(await workspace.officer.learning.importFile({ file }))).id).toBe(2)
  })

  test('a model that was only learned changes no advice', async () => {
    first = await finish(await workspace.officer.learning.train({ seed: 5 }))
    expect(first.state).toBe('shadow')
    expect(await advised()).toEqual(before)
  })

  test('the same decisions and seed make the same coefficients, another seed others', async () => {
    const again = await finish(await workspace.officer.learning.train({ seed: 5 }))
    expect([again.coefficientsHash, again.historyHash]).toEqual([first.coefficientsHash, first.historyHash])
    expect((await finish(await workspace.officer.learning.train({ seed: 6 }))).coefficientsHash).not.toBe(first.coefficientsHash)
  })

  test('the report counts every open grant once, changes nothing a rule decides, and tells held-out agreement per class', async () => {
    const { report, statements } = await workspace.officer.learning.show({ model: first.id })
    expect(report.moves.reduce((sum, { grants }) => sum + grants, 0)).toBe(report.grants)
    expect(report.moves.filter((move) => move.before !== move.after).reduce((sum, { grants }) => sum + grants, 0)).toBe(report.changed)
    expect([report.grants, report.ruledChanged]).toEqual([before.size, 0])
    expect(report.ruled).toBeGreaterThan(0)
    expect(report.heldOut.auc).toBeGreaterThan(7_000)
    expect(report.heldOut.kept.decisions + report.heldOut.revoked.decisions).toBe(report.history.decisions)
    expect(statements.some(({ parts }) => parts.some(({ value }) => value === 'ERP administration (ERP)'))).toBe(true)
    expect(JSON.stringify(statements)).not.toMatch(/entitlement \d|person \d/)
  })

  test('activation asks for the report that was read, and only an officer may', async () => {
    await expect(workspace.officer.learning.activate({ model: first.id, reportHash: '0'.repeat(64) })).rejects.toThrow(/Look at the report/)
    const reviewer = await workspace.as(mia)
    await expect(reviewer.learning.activate({ model: first.id, reportHash: first.reportHash })).rejects.toThrow()
    expect((await workspace.officer.learning.activate({ model: first.id, reportHash: first.reportHash })).state).toBe('active')
  })

  test('with a model in force the shown weights still add up to the score, and rules decide as before', async () => {
    const after = await advised()
    for (const [key, line] of after) {
      const old = before.get(key)
      expect(line.sum - line.score, key).toBe((old?.sum ?? 0) - (old?.score ?? 0))
      if (key.startsWith('lou') || key.startsWith('svc')) expect(line.action, key).toBe(old?.action)
    }
    expect(after.get('ted erp-admin')?.score).toBeLessThan(before.get('ted erp-admin')?.score ?? 0)
    expect([...after.values()].every(({ past }) => past > 0)).toBe(true)
  })

  test('a campaign is launched with the model, says so, and keeps it after a rollback', async () => {
    const campaign = await workspace.officer.campaigns.create({ spec: specOf('With the past'), asOf })
    await finish(await workspace.officer.campaigns.launch({ campaign: campaign.id }))
    const weights = (await workspace.officer.learning.overview()).weights
    expect(weights).toContain(`+${first.version}`)
    const rolledBack = await workspace.officer.learning.rollback({ reason: 'too strict' })
    expect([rolledBack.active, rolledBack.weights]).toEqual([null, weights.split('+')[0]])
    expect(await advised()).toEqual(before)
    for await (const { lines } of await workspace.officer.campaigns.recommend({ campaign: campaign.id, asOf })) {
      expect(lines.every(({ signals }) => signals.some(({ rows }) => rows.includes(`learned-model:${first.id}`)))).toBe(true)
    }
    await expect(workspace.officer.learning.rollback({ reason: 'again' })).rejects.toThrow(/nothing to roll back/)
  })

  test('everything that happened to models is in a log that checks out', async () => {
    const check = await workspace.officer.evidence.checkLog()
    expect(check.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  })
})
