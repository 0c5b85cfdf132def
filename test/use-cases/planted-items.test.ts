import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { failed, verifyBoth } from '../support/verify-both.ts'
import { ada, buildWorkspace, finish, launch, mia, olga, passphrase, specOf } from '../support/workspace-builder.ts'

async function refusedAs(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (caught: unknown) => caught)
  return error instanceof Error ? error.message : 'allowed'
}

test('an item whose right answer is known is judged like any other, never becomes a removal, and the report and both verifiers know it', async () => {
  const place = await mkdtemp(join(tmpdir(), 'muster-planted-'))
  onTestFinished(() => rm(place, { recursive: true, force: true }))
  const { officer, as, folder, close } = await buildWorkspace(join(place, 'workspace'), { enrolled: [mia, ada] })
  onTestFinished(close)
  const campaign = await launch(officer, specOf('Planted', { rules: { reasonRequired: [], controlSharePercent: 0, noAnswer: 'revoke' } }))
  const { items } = await officer.campaigns.items({ campaign, limit: 100 })
  const [first, second, third] = items.filter(({ reviewer }) => reviewer === mia).map(({ itemId }) => itemId)
  const own = items.find(({ reviewer }) => reviewer === olga)?.itemId
  if (first === undefined || second === undefined || third === undefined || own === undefined) throw new Error('the fixture has too few items')

  expect(await officer.campaigns.plant({ campaign, item: first, expected: 'revoke', note: 'Given for this' })).toMatchObject([{ item: first, expected: 'revoke', asked: 1, answered: 0, right: 0 }])
  await officer.campaigns.plant({ campaign, item: second, expected: 'revoke' })
  await officer.campaigns.plant({ campaign, item: third, expected: 'keep' })
  expect(await officer.campaigns.plant({ campaign, item: third, expected: null })).toHaveLength(2)
  expect(await refusedAs(officer.campaigns.plant({ campaign, item: own, expected: 'revoke' }))).toMatch(/asked about this item yourself/)
  expect(await refusedAs(officer.campaigns.plant({ campaign, item: 99_999, expected: 'revoke' }))).toMatch(/no item/)
  const manager = await as(mia)
  expect(await refusedAs(manager.campaigns.planted({ campaign }))).not.toBe('allowed')
  expect(await refusedAs(manager.campaigns.plant({ campaign, item: first, expected: 'keep' }))).not.toBe('allowed')
  expect(JSON.stringify(await manager.review.item({ itemId: first }))).not.toMatch(/plant|Given for this/i)

  await manager.review.decide({ itemId: first, outcome: 'revoke' })
  await manager.review.decide({ itemId: second, outcome: 'keep' })
  for (const { itemId, state } of (await manager.review.queue({ campaign })).items) if (state === 'undecided') await manager.review.decide({ itemId, outcome: 'revoke' })
  expect(await refusedAs(officer.campaigns.plant({ campaign, item: second, expected: null }))).toMatch(/has been decided/)
  await manager.review.signOff({ campaign, passphrase })
  await officer.campaigns.close({ campaign })
  expect(await refusedAs(officer.campaigns.plant({ campaign, item: own, expected: 'revoke' }))).toMatch(/while it runs/)

  const figures = await officer.campaigns.figures({ campaign })
  expect([figures.planted, figures.total.plantedAnswered, figures.total.plantedRight]).toEqual([2, 2, 1])
  const tick = await officer.calendar.tick()
  expect(tick.removals.planned).toBeGreaterThan(3)
  const planned = (await officer.remediation.list({ limit: 500 })).rows.map(({ item }) => item)
  expect(planned).toContain(third)
  expect([planned.includes(first), planned.includes(second), (await officer.remediation.counts()).unplanned]).toEqual([false, false, 0])
  // Everything nobody answered goes by the rule, planted items aside.
  expect((await officer.calendar.tick()).removals.planned).toBe(0)
  expect(await officer.calendar.dailyWork()).toMatchObject([{ did: [{ step: 'plan-removals', count: tick.removals.planned }], failed: [] }])

  const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(failed(await verifyBoth(sealed.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] }))).toEqual([])
  const report = JSON.parse(await readFile(join(sealed.path, 'evidence.json'), 'utf8')) as { facts: { store: { planted: unknown } } }
  expect(report.facts.store.planted).toMatchObject([{ item: first, answered: 1, right: 1, note: 'Given for this' }, { item: second, answered: 1, right: 0 }])
})
