import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { initWorkspace } from '../../../src/main/app.ts'
import { asOf, finish, launch, olga, openWorkspace, passphrase, specOf } from '../../support/workspace-builder.ts'
import { expiresOn, filesIn } from './packet-stage.ts'

const reviewers = 500

test('five hundred packets are written in one go, each with its own passphrase, and the log names every one', async () => {
  const place = await mkdtemp(join(tmpdir(), 'muster-many-'))
  onTestFinished(() => rm(place, { recursive: true, force: true }))
  const folder = join(place, 'workspace')
  const email = (n: number): string => `person-${n}@example.com`
  const people = Array.from({ length: reviewers }, (_, n) => `${n + 1},active,Person ${n},${email(n)},Sales,Clerk,,2019-01-01,`)
  await writeFile(join(place, 'people.csv'), ['Employee ID,Status,Name,Email,Department,Title,Manager ID,Hire Date,Termination Date', ...people, ''].join('\n'))
  const grants = Array.from({ length: reviewers }, (_, n) => `service-${n},,right-${n % 20},Right ${n % 20},ERP,none,low,,2024-05-01`)
  await writeFile(join(place, 'grants.csv'), ['Account,Email,Entitlement,Entitlement Name,Application,Privilege,Risk,Owner,Granted', ...grants, ''].join('\n'))
  await initWorkspace(folder, { name: 'Many', officerEmail: olga, officerName: 'Olga Officer', passphrase, isSample: false, at: null })
  const opened = await openWorkspace(folder)
  onTestFinished(opened.close)
  const { officer } = opened
  await officer.sources.add({ name: 'HR', kind: 'hr', config: { file: join(place, 'people.csv') } })
  await officer.sources.add({ name: 'ERP', kind: 'csv-entitlements', config: { file: join(place, 'grants.csv') } })
  for (const source of ['HR', 'ERP']) await finish(await officer.sources.sync({ source, asOf }))
  await launch(officer, specOf('Many', { reviewers: { order: ['group'], group: Array.from({ length: reviewers }, (_, n) => email(n)) } }))
  const shares: number[] = []
  let result: { written: readonly { person: string }[]; passphrases: string | null } | undefined
  for await (const step of await officer.packets.write({ campaign: 1, out: join(place, 'out'), expiresOn, passphrase })) {
    if (step.state === 'done') result = step.result
    else if (step.share !== null) shares.push(step.share)
  }
  expect(new Set(result?.written.map(({ person }) => person)).size).toBe(reviewers)
  expect(shares).toEqual([...shares].sort((left, right) => left - right))
  expect(shares.length).toBeGreaterThan(10)
  const told = (await readFile(result?.passphrases ?? '', 'utf8')).trim().split('\n').map((line) => line.split(',')[2])
  expect([told.length, new Set(told).size]).toEqual([reviewers, reviewers])
  expect((await filesIn(join(place, 'out'))).filter((name) => name.endsWith('.musterpack')).length).toBe(reviewers)
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
}, 240_000)
