import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { ReportHead } from '../../src/shared/model/evidence-report.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, passphrase, specOf, tom, type TestWorkspace } from '../support/workspace-builder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-notes-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia, ada, tom] })).close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function launched(): Promise<TestWorkspace & { campaign: number }> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  const spec = specOf('Quarter', { rules: { reasonRequired: [], controlSharePercent: 0 } })
  const campaign = await launch(opened.officer, { ...spec, control: { ...spec.control, frameworks: ['SOC 2 CC6.3', 'SOX ITGC'] } })
  return { ...opened, campaign }
}

const headOf = async (bundle: string): Promise<ReportHead> => JSON.parse(await readFile(join(bundle, 'evidence.json'), 'utf8')) as ReportHead
const words = async (work: Promise<unknown>): Promise<string> => work.then(() => 'allowed', (error: unknown) => (error as Error).message)

test('tests, custody, a sample and the reason of a second version are in the report, and both versions verify', async () => {
  const { officer, folder, campaign } = await launched()
  await officer.evidence.enterTest({ campaign, what: 'hr-headcount', how: 'HR report', expected: 6, found: 6 })
  await officer.evidence.noteCustody({ campaign, what: 'retention', where: 'audit share', until: '2033-12-31' })
  expect(await words(officer.evidence.drawSample({ campaign, seed: 'x', size: 2 }))).toContain('after the close')
  expect(await words(officer.evidence.amend({ campaign, reason: 'too early' }))).toContain('Nothing is sealed yet')
  await officer.campaigns.close({ campaign })
  const rootPem = await readFile(join(folder, 'keys', 'root.pem'), 'utf8')

  const first = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(failed(await verifyBoth(first.path, { rootPem }))).toEqual([])
  const drawn = await officer.evidence.drawSample({ campaign, seed: '4 8 15 16', size: 2 })
  expect(drawn.samples[0]?.items).toHaveLength(2)
  const again = await officer.evidence.drawSample({ campaign, seed: '4 8 15 16', size: 2 })
  expect(again.samples[1]?.items).toEqual(again.samples[0]?.items)

  const second = await finish(await officer.evidence.seal({ campaign, passphrase, reason: 'A sample was drawn' }))
  expect(failed(await verifyBoth(second.path, { rootPem }))).toEqual([])
  expect(failed(await verifyBoth(first.path, { rootPem }))).toEqual([])
  const { facts, campaign: told } = await headOf(second.path)
  expect(told.version).toBe(2)
  expect(facts?.log.amendments).toMatchObject([{ supersedes: 1, reason: 'A sample was drawn' }])
  expect(facts?.log.sealed).toMatchObject([{ version: 1 }])
  expect(facts?.log.samples).toHaveLength(2)
  expect(facts?.log.custody).toMatchObject([{ what: 'retention', until: '2033-12-31' }])
  expect(facts?.store.frameworks.map(({ name }) => name)).toEqual(['SOC 2', 'SOX ITGC'])
  expect(facts?.store.systems.some(({ isIn }) => isIn)).toBe(true)
  expect(facts?.store.freshness.length).toBeGreaterThan(0)
})

test('a test that gives a difference is FAILED and an exception, until a later one of the same kind gives none; both stay told', async () => {
  const { officer, campaign } = await launched()
  await officer.evidence.enterTest({ campaign, what: 'console-count', source: 'erp', how: 'Users page', expected: 10, found: 9, explanation: 'one was made later' })
  await officer.campaigns.close({ campaign })
  const first = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(first.exceptions.join(' ')).toContain('FAILED: The population stood the officer\'s tests')
  await officer.evidence.enterTest({ campaign, what: 'console-count', source: 'erp', how: 'Users page, again', expected: 9, found: 9 })
  const second = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(second.exceptions.join(' ')).not.toContain('officer\'s tests')
  const { facts } = await headOf(second.path)
  expect(facts?.log.tests).toHaveLength(2)
  expect(facts?.log.amendments).toMatchObject([{ reason: 'No reason was given.' }])
})

test('only the officer enters evidence, and never without saying where it comes from', async () => {
  const { officer, as, campaign } = await launched()
  expect(await words((await as(mia)).evidence.noteCustody({ campaign, what: 'stored', where: 'here' }))).toContain('officer')
  expect(await words(officer.evidence.enterTest({ campaign, what: 'hr-headcount', how: ' ', expected: 1, found: 1 }))).toContain('Say how')
  expect(await words(officer.evidence.noteCustody({ campaign, what: 'retention', where: 'share' }))).toContain('last day')
  expect((await officer.evidence.notes({ campaign })).custody).toEqual([])
})
