import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ReportHead } from '../../src/shared/model/evidence-report.ts'
import { asOf, buildWorkspace, finish, fixtureFolder, launch, passphrase, specOf } from '../support/workspace-builder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'

test('lists of people are named among the extracts: the one a snapshot rests on, and earlier ones that told of a change; one that told nothing new is not', async () => {
  const place = await mkdtemp(join(tmpdir(), 'muster-people-'))
  onTestFinished(() => rm(place, { recursive: true, force: true }))
  const folder = join(place, 'workspace')
  const { officer, close } = await buildWorkspace(folder)
  onTestFinished(close)
  const file = join(fixtureFolder(folder), 'people.csv')
  const people = await readFile(file, 'utf8')
  const moved = people.replace(/Finance/, 'Treasury')
  expect(moved).not.toBe(people)
  const runs: number[] = []
  for (const content of [people, moved, moved, `${moved}\n`]) {
    await writeFile(file, content)
    const run = await finish(await officer.sources.sync({ source: 'HR', asOf }))
    expect(run.state).toBe('complete')
    runs.push(run.id)
  }
  const campaign = await launch(officer, specOf('Quarter'))
  await officer.campaigns.close({ campaign })
  const { path } = await finish(await officer.evidence.seal({ campaign, passphrase }))
  const { extracts } = JSON.parse(await readFile(join(path, 'evidence.json'), 'utf8')) as ReportHead
  const [, changed, , newest] = runs
  expect(extracts.filter(({ sourceKind }) => sourceKind === 'hr').map(({ run, snapshot }) => [run, snapshot !== null])).toEqual([[1, false], [changed, false], [newest, true]])
  expect(failed(await verifyBoth(path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8') }))).toEqual([])
})
