import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, vi } from 'vitest'
import { z } from 'zod'
import { initWorkspace } from '../../src/main/app.ts'
import { addDays } from '../../src/main/core/campaign/working-days.ts'
import { campaignSpec } from '../../src/shared/model/campaign.ts'
import { sodRules } from '../../src/shared/model/sod-rule.ts'
import { microRule, recurrenceRule } from '../../src/shared/model/calendar.ts'
import { finish, fixtureFolder, openWorkspace, passphrase, type Client, type TestWorkspace } from './workspace-builder.ts'
import { failed, verifyBoth } from './verify-both.ts'

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const person = z.strictObject({
  id: z.string(), name: z.string(), manager: z.string().default(''), department: z.string().default('Finance'), title: z.string().default('Clerk'),
  status: z.enum(['active', 'inactive', 'on-leave']).default('active'), ends: z.string().default(''), type: z.string().default('employee'), enrolled: z.boolean().default(false),
})
/** Without the defaults above: what is not named stays as it was. */
const personChange = z.strictObject({
  id: z.string(), name: z.string().optional(), manager: z.string().optional(), department: z.string().optional(), title: z.string().optional(),
  status: z.enum(['active', 'inactive', 'on-leave']).optional(), ends: z.string().optional(),
})
const outcome = z.enum(['keep', 'revoke', 'look-closer', 'keep-until'])
const counts = z.record(z.string(), z.int())

/** One thing somebody does, or what must be so, on a day. People are named by the part of their address before the @. */
const action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('launch'), campaign: z.string(), spec: z.record(z.string(), z.unknown()) }),
  z.strictObject({ do: z.literal('launch-draft'), campaign: z.string(), as: z.string() }),
  z.strictObject({ do: z.literal('decide'), as: z.string(), campaign: z.string(), outcome, until: day.optional(), about: z.string().optional(), most: z.int().optional(), sign: z.boolean().default(true) }),
  z.strictObject({ do: z.literal('delegate'), as: z.string(), person: z.string(), to: z.string(), from: day, until: day }),
  z.strictObject({ do: z.literal('end-delegation'), person: z.string() }),
  z.strictObject({ do: z.literal('hr'), people: z.array(personChange) }),
  z.strictObject({ do: z.literal('grant'), person: z.string(), rights: z.array(z.string()) }),
  z.strictObject({ do: z.literal('ungrant'), person: z.string(), rights: z.array(z.string()) }),
  z.strictObject({ do: z.literal('next-stage'), campaign: z.string() }),
  z.strictObject({ do: z.literal('sod'), rules: z.array(z.record(z.string(), z.unknown())) }),
  /** The log of sign-ins as it is from now on: account, application, day. */
  z.strictObject({ do: z.literal('sign-ins'), rows: z.array(z.tuple([z.string(), z.string(), day])) }),
  z.strictObject({ do: z.literal('reassign'), campaign: z.string(), from: z.string(), to: z.string() }),
  z.strictObject({ do: z.literal('extend'), campaign: z.string(), due: day }),
  z.strictObject({ do: z.literal('holidays'), days: z.array(day) }),
  z.strictObject({ do: z.literal('recur'), spec: z.record(z.string(), z.unknown()), rule: recurrenceRule }),
  z.strictObject({ do: z.literal('micro'), rules: z.array(microRule) }),
  z.strictObject({ do: z.literal('take-letters'), to: z.array(z.string()) }),
  z.strictObject({ do: z.literal('close'), campaign: z.string(), exceptions: z.int().optional(), seal: z.boolean().default(true) }),
  z.strictObject({
    do: z.literal('expect'), campaign: z.string().optional(), progress: counts.optional(), queues: counts.optional(), stage: z.int().optional(), final: counts.optional(),
    notes: z.int().optional(), events: counts.optional(), campaigns: z.array(z.string()).optional(), due: day.optional(), removals: counts.optional(),
    /** Removals whose right was used after the decision: the account and the day. */
    usedAfter: z.array(z.string()).optional(),
    /** What a reviewer is told of the stages before about one of their items, as "who: outcome". */
    told: z.array(z.strictObject({ as: z.string(), about: z.string(), answers: z.array(z.string()) })).optional(),
    /** Open items before people who have left, by who that is. */
    withoutReviewer: counts.optional(),
  }),
])

export const scenario = z.strictObject({
  about: z.string(), start: day, end: day, people: z.array(person),
  rights: z.array(z.tuple([z.string(), z.string(), z.enum(['none', 'elevated', 'admin']), z.enum(['low', 'medium', 'high', 'critical']), z.string()])),
  grants: z.record(z.string(), z.array(z.string())),
  days: z.array(z.strictObject({ on: day, acts: z.array(action) })),
})
export type Scenario = z.infer<typeof scenario>

const addressOf = (name: string): string => `${name}@example.com`

type Run = {
  readonly workspace: TestWorkspace
  readonly files: string
  readonly people: Map<string, z.infer<typeof person>>
  readonly grants: Map<string, Set<string>>
  readonly campaigns: Map<string, number>
  readonly told: Scenario
}

/** Plays a scenario day by day against the real use cases on SQLite: the calendar is asked every day, and only the date is make-believe. */
export async function play(told: Scenario, folder: string): Promise<{ readonly events: number; readonly campaigns: number }> {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    vi.setSystemTime(`${told.start}T08:00:00Z`)
    const run = await begin(told, folder)
    try {
      for (let on = told.start; on <= told.end; on = addDays(on, 1)) {
        vi.setSystemTime(`${on}T09:00:00Z`)
        await run.workspace.officer.calendar.tick()
        for (const { acts } of told.days.filter((one) => one.on === on)) for (const one of acts) await act(run, on, one)
      }
      await expectSound(run.workspace.officer)
      const again = await run.workspace.officer.calendar.tick()
      expect([again.delegated, again.rerouted, again.noted, again.stuck, again.delegationsEnded, again.steps, again.stagesOpened]).toEqual([0, 0, 0, 0, 0, [], []])
      return { events: eventsOf(folder, null).length, campaigns: (await run.workspace.officer.campaigns.list()).length }
    } finally {
      await run.workspace.close()
    }
  } finally {
    vi.useRealTimers()
  }
}

async function begin(told: Scenario, folder: string): Promise<Run> {
  const files = fixtureFolder(folder)
  await mkdir(files, { recursive: true })
  await initWorkspace(folder, { name: 'Scenario', officerEmail: addressOf('olga'), officerName: 'Olga Officer', passphrase, isSample: false, at: null })
  const workspace = await openWorkspace(folder)
  const run: Run = {
    workspace, files, told, campaigns: new Map(), people: new Map(told.people.map((one) => [one.id, one])),
    grants: new Map(Object.entries(told.grants).map(([id, rights]) => [id, new Set(rights)])),
  }
  await writeFiles(run)
  await workspace.officer.sources.add({ name: 'HR', kind: 'hr', config: { file: join(files, 'people.csv') } })
  await workspace.officer.sources.add({ name: 'ERP', kind: 'csv-entitlements', config: { file: join(files, 'grants.csv') } })
  await sync(run, told.start)
  for (const { id, name, enrolled } of told.people) {
    if (enrolled) await workspace.officer.workspace.enrol({ email: addressOf(id), name, roles: ['reviewer'], passphrase, officerPassphrase: passphrase })
  }
  return run
}

async function writeFiles({ files, people, grants, told }: Run): Promise<void> {
  const hr = [...people.values()].map(({ id, name, manager, department, title, status, ends, type }) =>
    [id, status, name, addressOf(id), department, title, manager, '2018-01-01', ends, type].join(','))
  await writeFile(join(files, 'people.csv'), `${['Employee ID,Status,Name,Email,Department,Title,Manager ID,Hire Date,Termination Date,Employee Type', ...hr].join('\n')}\n`)
  const rights = new Map(told.rights.map((right) => [right[0], right]))
  const rows = [...grants].flatMap(([id, held]) => [...held].map((right) => {
    const [key, name, privilege, risk, owner] = rights.get(right) ?? [right, right, 'none', 'low', '']
    return [id, addressOf(id), key, name, 'ERP', privilege, risk, owner === '' ? '' : addressOf(owner), '2024-05-01'].join(',')
  }))
  await writeFile(join(files, 'grants.csv'), `${['Account,Email,Entitlement,Entitlement Name,Application,Privilege,Risk,Owner,Granted', ...rows].join('\n')}\n`)
}

async function sync({ workspace }: Run, on: string): Promise<void> {
  for (const source of ['HR', 'ERP']) {
    const run = await finish(await workspace.officer.sources.sync({ source, asOf: on }))
    if (run.state !== 'complete') throw new Error(`${on}: ${source} was not taken: ${run.notes.join(' ')}`)
  }
}

async function act(run: Run, on: string, one: z.infer<typeof action>): Promise<void> {
  const { officer, as } = run.workspace
  const numberOf = (name: string): number => {
    const id = run.campaigns.get(name)
    if (id === undefined) throw new Error(`${on}: no campaign ${name}`)
    return id
  }
  switch (one.do) {
    case 'launch': {
      const spec = campaignSpec.parse({ name: one.campaign, scope: {}, control: {}, ...one.spec })
      const { id } = await officer.campaigns.create({ spec, asOf: on })
      await finish(await officer.campaigns.launch({ campaign: id }))
      run.campaigns.set(one.campaign, id)
      return
    }
    case 'launch-draft': {
      const draft = (await officer.campaigns.list()).find(({ spec, state }) => spec.name === one.campaign && (state === 'draft' || state === 'running'))
      if (draft === undefined) throw new Error(`${on}: no campaign called ${one.campaign}`)
      if (draft.state === 'draft') await finish(await officer.campaigns.launch({ campaign: draft.id }))
      run.campaigns.set(one.as, draft.id)
      return
    }
    case 'decide': return decide(one.as === 'olga' ? officer : await as(addressOf(one.as)), numberOf(one.campaign), one)
    case 'delegate':
      await (one.as === 'olga' ? officer : await as(addressOf(one.as))).calendar.delegate({
        person: addressOf(one.person), to: addressOf(one.to), fromOn: one.from, toOn: one.until, reason: 'Away',
      })
      return
    case 'end-delegation': {
      const running = (await officer.calendar.delegations()).find(({ person: who, state }) => who === addressOf(one.person) && state !== 'over')
      await officer.calendar.endDelegation({ delegation: running?.id ?? -1, reason: 'Back early' })
      return
    }
    case 'hr':
      for (const change of one.people) {
        const before = run.people.get(change.id)
        run.people.set(change.id, person.parse({ ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) }))
      }
      return reread(run, on)
    case 'grant':
      run.grants.set(one.person, new Set([...(run.grants.get(one.person) ?? []), ...one.rights]))
      return reread(run, on)
    case 'ungrant':
      for (const right of one.rights) run.grants.get(one.person)?.delete(right)
      return reread(run, on)
    case 'next-stage':
      await officer.campaigns.nextStage({ campaign: numberOf(one.campaign) })
      return
    case 'sod':
      await officer.policies.setSodRules({ rules: sodRules.parse(one.rules) })
      return
    case 'sign-ins': return signIns(run, on, one.rows)
    case 'reassign':
      await officer.campaigns.reassign({ campaign: numberOf(one.campaign), from: addressOf(one.from), to: addressOf(one.to), reason: 'Nobody else is left' })
      return
    case 'extend':
      await officer.campaigns.extend({ campaign: numberOf(one.campaign), dueOn: one.due, reason: 'More time' })
      return
    case 'holidays':
      await officer.calendar.setHolidays({ days: one.days.map((holiday) => ({ day: holiday, name: 'Holiday' })) })
      return
    case 'recur':
      await officer.calendar.setRecurrence({ spec: campaignSpec.parse({ scope: {}, control: {}, ...one.spec }), rule: one.rule })
      return
    case 'micro':
      for (const rule of one.rules) await officer.calendar.setMicroRule(rule)
      return
    case 'take-letters':
      expect((await officer.calendar.takeLetters({})).map(({ person: who }) => who).sort(), `${on}: letters`).toEqual(one.to.map(addressOf).sort())
      return
    case 'close': return close(run, on, numberOf(one.campaign), one)
    case 'expect': return expectAll(run, on, one, one.campaign === undefined ? null : numberOf(one.campaign))
  }
}

async function signIns({ workspace: { officer }, files }: Run, on: string, rows: readonly (readonly [string, string, string])[]): Promise<void> {
  const file = join(files, 'sign-ins.csv')
  await writeFile(file, `${['Account,Application,Time,Result', ...rows.map(([account, application, at]) => `${account},${application},${at}T08:00:00Z,success`)].join('\n')}\n`)
  if (!(await officer.sources.list()).some(({ name }) => name === 'Logins')) {
    await officer.sources.add({ name: 'Logins', kind: 'csv-sign-ins', config: { file, accountsOf: 'ERP' } })
  }
  const run = await finish(await officer.sources.sync({ source: 'Logins', asOf: on }))
  if (run.state !== 'complete') throw new Error(`${on}: the sign-ins were not taken: ${run.notes.join(' ')}`)
}

async function reread(run: Run, on: string): Promise<void> {
  await writeFiles(run)
  await sync(run, on)
  await run.workspace.officer.calendar.tick()
}

const reasons = { keep: 'still-needed', revoke: 'not-needed', 'look-closer': 'ask-owner', 'keep-until': 'needed-until-date' } as const

async function decide(client: Client, campaign: number, one: Extract<z.infer<typeof action>, { do: 'decide' }>): Promise<void> {
  const { outcome: chosen, until = null, about, most, sign } = one
  const items = (await client.review.queue({ campaign })).items
    .filter(({ state, subjectName, entitlementName }) => state === 'undecided' && (about === undefined || `${subjectName}: ${entitlementName}` === about)).slice(0, most)
  for (const { itemId } of items) {
    await client.review.decide({ itemId, outcome: chosen, until, reasonCode: reasons[chosen] })
  }
  if (sign) await client.review.signOff({ campaign, passphrase })
}

async function expectSound(officer: Client): Promise<void> {
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome: found }) => found !== 'passed')).toEqual([])
}

async function close(run: Run, on: string, campaign: number, { exceptions, seal }: { exceptions?: number | undefined; seal: boolean }): Promise<void> {
  const { officer, folder } = run.workspace
  const { totals } = await officer.campaigns.status({ campaign })
  const closed = await officer.campaigns.close({ campaign })
  expect(closed.state, on).toBe('closed')
  const final = finalOf(run.workspace.folder, campaign)
  expect(final['cases'], `${on}: every grant in review came to something`).toBe(totals?.inReview)
  if (!seal) return
  const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
  const checks = await verifyBoth(sealed.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] })
  expect(failed(checks), on).toEqual([])
  if (exceptions !== undefined) expect(sealed.exceptions, on).toHaveLength(exceptions)
  const report = z.object({ selfReviews: z.int() }).parse(JSON.parse(await readFile(join(sealed.path, 'evidence.json'), 'utf8')))
  expect(report.selfReviews, on).toBe(0)
}

function finalOf(folder: string, campaign: number): Record<string, number> {
  const closed = eventsOf(folder, campaign).find(({ kind }) => kind === 'campaign-closed')
  const { outcomes, byRule } = z.object({ final: z.object({ outcomes: z.record(z.string(), z.int()), byRule: z.array(z.int()) }) }).parse(closed?.body).final
  return { ...outcomes, byRule: byRule.length, cases: Object.values(outcomes).reduce((sum, count) => sum + count, 0) }
}

type Told = { readonly kind: string; readonly body: Record<string, unknown> }

/** The log as it lies in the store. */
function eventsOf(folder: string, campaign: number | null): readonly Told[] {
  const store = new Database(join(folder, 'muster.db'), { readonly: true })
  try {
    const lines = store.prepare<[], { line: string }>('SELECT line FROM evidence_event ORDER BY seq').all()
    return lines.map(({ line }) => JSON.parse(line) as Told).filter(({ body }) => campaign === null || body['campaign'] === campaign)
  } finally {
    store.close()
  }
}

async function expectAll(run: Run, on: string, wanted: Extract<z.infer<typeof action>, { do: 'expect' }>, campaign: number | null): Promise<void> {
  const { officer, as } = run.workspace
  if (campaign !== null) {
    const status = await officer.campaigns.status({ campaign })
    if (wanted.progress !== undefined) expect(status.progress, `${on}: progress`).toMatchObject(wanted.progress)
    if (wanted.stage !== undefined) expect(status.campaign.stage, `${on}: stage`).toBe(wanted.stage)
    if (wanted.due !== undefined) expect(status.campaign.dueOn, `${on}: due`).toBe(wanted.due)
    if (wanted.notes !== undefined) expect(await officer.calendar.notes({ campaign }), `${on}: notes`).toHaveLength(wanted.notes)
    if (wanted.final !== undefined) expect(finalOf(run.workspace.folder, campaign), `${on}: final`).toMatchObject(wanted.final)
    if (wanted.withoutReviewer !== undefined) {
      const left = (await officer.campaigns.withoutReviewer()).filter((one) => one.campaign === campaign).map(({ person: who, items }) => [who, items])
      expect(left, `${on}: without a reviewer`).toEqual(Object.entries(wanted.withoutReviewer).map(([who, items]) => [addressOf(who), items]))
    }
    if (wanted.usedAfter !== undefined) {
      const facts = (await officer.remediation.facts({ campaign })).filter(({ lastUsedAfterDecision }) => lastUsedAfterDecision !== null)
      expect(facts.map(({ account, lastUsedAfterDecision }) => `${account} ${lastUsedAfterDecision?.slice(0, 10) ?? ''}`), `${on}: used after the decision`).toEqual(wanted.usedAfter)
    }
    for (const { as: who, about, answers } of wanted.told ?? []) {
      const client = who === 'olga' ? officer : await as(addressOf(who))
      const found = (await client.review.queue({ campaign })).items.find(({ subjectName, entitlementName }) => `${subjectName}: ${entitlementName}` === about)
      const { former } = await client.review.item({ itemId: found?.itemId ?? -1 })
      expect(former.map(({ name, outcome: given }) => `${name}: ${given ?? 'none'}`), `${on}: what ${who} is told about ${about}`).toEqual(answers)
    }
    for (const [who, items] of Object.entries(wanted.queues ?? {})) {
      const queue = await (who === 'olga' ? officer : await as(addressOf(who))).review.queue({ campaign }).catch(() => ({ items: [] }))
      expect(queue.items, `${on}: the queue of ${who}`).toHaveLength(items)
    }
  }
  if (wanted.usedAfter !== undefined) expect((await officer.remediation.counts()).usedAfter, `${on}: told`).toBe(wanted.usedAfter.length)
  if (wanted.removals !== undefined) expect((await officer.remediation.counts()).byState, `${on}: removals`).toMatchObject(wanted.removals)
  if (wanted.events !== undefined) {
    const events = eventsOf(run.workspace.folder, campaign)
    for (const [kind, times] of Object.entries(wanted.events)) expect(events.filter((event) => event.kind === kind), `${on}: ${kind}`).toHaveLength(times)
  }
  if (wanted.campaigns !== undefined) {
    expect((await officer.campaigns.list()).map(({ spec, state }) => `${spec.name}: ${state}`).sort(), `${on}: campaigns`).toEqual(wanted.campaigns.toSorted())
  }
}
