import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Ran } from '../run-command.ts'
import { manager, officer, smallCompany, type SmallCompany } from '../small-company.ts'

const jonas = 'jonas@small.example'
const lena = 'lena@small.example'

let folder: string
let company: SmallCompany

/** The calendar is make-believe; everything else is the real command line. */
const on = (day: string): void => { vi.setSystemTime(`${day}T09:00:00Z`) }

const muster = async (line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  return company.muster(argv, env)
}
const does = async (line: string, env?: Readonly<Record<string, string>>): Promise<string> => {
  const ran = await muster(line, env)
  if (ran.exit !== 0) throw new Error(`${line} ended with ${ran.exit}: ${ran.out}${ran.err}`)
  return ran.out
}
const told = async <T>(line: string): Promise<T> => JSON.parse(await does(`${line} --json`)) as T

interface Line { readonly itemId: number; readonly reviewer: string; readonly subject: string; readonly state: string }
const items = async (campaign = 1): Promise<readonly Line[]> => (await told<{ items: Line[] }>(`campaign items ${campaign}`)).items

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  on('2026-11-20')
  folder = await mkdtemp(join(tmpdir(), 'muster-cli-depth-'))
  company = await smallCompany(folder)
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true, force: true })
})

test('typed from rules to figures: stages, strategies, independence, stand-ins, ladders, known answers, what follows by itself, a revoke taken back, and campaigns that come by rule or again', { timeout: 120_000 }, async () => {
  await does(`init workspace --officer ${officer.email} --name "Small Company"`)
  await does('source add hr people.csv --kind hr')
  await does('source add access access.csv --kind csv-entitlements')
  await does('sync')
  await writeFile(join(folder, 'rules.json'), JSON.stringify({
    strategy: 'all-must-keep', escalation: [{ day: -2, action: 'remind' }, { day: 1, action: 'replace-by-fallback' }],
    reviewers: { order: ['manager'], fallback: officer.email },
    stages: [{ name: 'Second look', reviewers: { order: ['named'], named: lena, fallback: officer.email }, strategy: 'majority', takes: ['look-closer', 'undecided'], days: 7 }],
  }))

  // A wrong word names the option; the right ones are in the rules that were fixed.
  expect((await muster('campaign create --name Depth --due 2026-12-04 --spec rules.json --avoid everybody')).err).toContain('--avoid')
  await does('campaign create --name Depth --due 2026-12-04 --spec rules.json --avoid same-right --avoid circular --most-items 5 --reason-for revoke')
  const preview = await told<{ totals: { inReview: number }; reviewers: { person: string; items: number }[] }>('campaign preview 1')
  expect(preview.reviewers.find(({ person }) => person === manager.email)?.items).toBe(5)
  await does('campaign launch 1')
  const { campaign } = await told<{ campaign: { spec: { strategy: string; reviewers: { avoids: string[]; mostItems: number } } } }>('campaign status 1')
  expect(campaign.spec).toMatchObject({ strategy: 'all-must-keep', reviewers: { avoids: ['same-right', 'circular'], mostItems: 5 } })

  const mine = (await items()).filter(({ reviewer }) => reviewer === manager.email)
  const [first, second, third] = mine.map(({ itemId }) => itemId)
  expect(await does(`campaign plant 1 --item ${first ?? 0} --note "Given on 2026-11-02 for this"`)).toContain('revoke')
  expect((await muster(`campaign plant 1 --item ${second ?? 0} --expected maybe`)).err).toContain('--expected is keep or revoke')
  await does(`campaign plant 1 --item ${second ?? 0}`)
  await does(`campaign plant 1 --item ${second ?? 0} --take-back`)
  expect(await told<unknown[]>('campaign plant 1')).toHaveLength(1)

  // Away from Monday to Friday: what lies open goes to the stand-in and what is still open comes back.
  await does('calendar holidays "2026-12-01=Founders"')
  expect(await does(`delegate --for ${manager.email} --to ${jonas} --from 2026-11-23 --until 2026-11-27 --reason "On leave"`)).toContain('stands in')
  on('2026-11-23')
  expect(await does('tick')).toMatch(/\d items given to stand-ins\./)
  expect((await items()).filter(({ reviewer }) => reviewer === jonas).length).toBeGreaterThan(2)
  on('2026-11-28')
  expect(await does('tick')).toContain('1 delegation ended.')
  expect((await items()).filter(({ reviewer }) => reviewer === manager.email)).toHaveLength(mine.length)
  expect(await does('delegate')).toMatch(/over\s+On leave/)

  // Two working days before Friday the 4th is Wednesday the 2nd; letters are taken along by a person, and only then count as sent.
  on('2026-12-02')
  expect(await does('tick')).toContain('Campaign 1: remind (day -2).')
  expect(await does('tick')).toContain('Nothing to do on 2026-12-02.')
  expect(await does('calendar letters --out letters.txt')).toMatch(/letters? written to letters.txt/)
  expect(await readFile(join(folder, 'letters.txt'), 'utf8')).toContain(`<${manager.email}>`)
  expect(await does('calendar letters')).toContain('No letters wait.')

  await does(`enrol ${manager.email}`, { MUSTER_PASSPHRASE: manager.passphrase })
  await does(`decide ${first ?? 0} revoke --reason-code not-needed --as ${manager.email}`)
  await does(`decide ${second ?? 0} revoke --reason-code not-needed --as ${manager.email}`)
  await does(`decide ${third ?? 0} look-closer --reason-code ask-owner --as ${manager.email}`)
  await does(`sign-off --as ${manager.email}`, { MUSTER_PASSPHRASE: manager.passphrase })
  on('2026-12-07')
  expect(await does('tick')).toContain('Campaign 1: replace by fallback (day 1).')
  expect((await items()).filter(({ reviewer, state }) => reviewer === manager.email && state === 'undecided')).toEqual([])
  on('2026-12-08')
  expect(await does('tick')).toContain('Campaign 1: the next stage is open.')
  const staged = await told<{ campaign: { stage: number; dueOn: string } }>('campaign status 1')
  expect(staged.campaign).toMatchObject({ stage: 2, dueOn: '2026-12-17' })
  expect((await items()).some(({ reviewer }) => reviewer === lena)).toBe(true)
  await does('campaign extend 1 --due 2026-12-18 --reason "Year end"')
  on('2026-12-16')
  await does('campaign close 1')

  // What was revoked and signed follows by itself; the item whose answer was known does not.
  expect(await does('tick')).toContain('1 removal planned, 0 proved gone already.')
  const removals = await told<{ rows: { item: number }[] }>('remediation list')
  expect(removals.rows.map(({ item }) => item)).toEqual([second])
  const figures = await does('campaign figures 1')
  expect(figures).toMatch(/known answers found\s+100 % of 1/)
  expect(figures).toMatch(/removals proved gone\s+0 of 1/)

  // It was wrong: given back by hand, for a file is not changed from here, and closed by the next reading that shows it.
  const id = String((await told<{ rows: { id: number }[] }>('remediation list')).rows[0]?.id)
  await does(`remediation done ${id} --note "By hand"`)
  expect(await does(`remediation restore ${id} --reason "Needed after all"`)).toContain(`muster remediation give-back ${id}`)
  expect(await does('remediation give-back --dry-run')).toContain('is read from a file; Muster cannot change it')
  expect((await muster('remediation give-back')).err).toContain('only advises')
  expect((await muster('remediation give-back --system mail')).err).toContain('--system is one of servicenow, jira')
  on('2026-12-17')

  // Small campaigns by rule, and the same campaign again by the calendar.
  await does('micro privileged-grant --due 5')
  await writeFile(join(folder, 'access.csv'), `${await readFile(join(folder, 'access.csv'), 'utf8')}lena,Lena Vogt,lena@small.example,102,fin-pay,Payment release,Release payments to the bank,Payments,elevated,high,2026-12-16\n`)
  await does('sync')
  expect(await told('remediation list --state restored')).toMatchObject({ total: 1 })
  expect((await muster('remediation give-back')).err).toContain('Nothing is to be given back')
  expect(await does('tick')).toContain('Campaign 2 was opened by a rule.')
  expect(await does('micro')).toMatch(/privileged-grant\s+lena@small.example.*opened\s+2/)
  expect(await does('calendar recur 1 --first 2027-01-04 --every 3 --due 15')).toMatch(/Depth\s+3 months\s+2027-01-04/)
  on('2027-01-04')
  expect(await does('tick')).toContain('Campaign 3 is a new draft')
  expect(await does('campaign list')).toMatch(/Depth \(2027-01-04\)\s+draft/)
  expect((await does('campaign figures --all')).split('\n').filter((line) => /Depth|New privileged/.test(line))).toHaveLength(2)
  expect((await muster('micro nonsense')).err).toContain('there are mover')
  expect(await does('log check')).not.toContain('FAILED')
})
