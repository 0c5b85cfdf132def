import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { protectedObjects } from '../../src/main/storage/protected-objects.ts'
import { sodRule, type SodRuleInput } from '../../src/shared/model/sod-rule.ts'
import { asOf, buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, specOf, type Client, type TestWorkspace } from '../support/workspace-builder.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia] })).close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function workspace(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

/** Mia and Tom may post and pay; Mia and Ted hold the administration, too. */
const postAndPay: SodRuleInput = { id: 'post-and-pay', name: 'Post and pay', severity: 'high', description: '', left: ['erp-post'], right: ['erp-pay'] }
const parsed = (...rules: SodRuleInput[]) => rules.map((rule) => sodRule.parse(rule))

const person = async (client: Client, name: string): Promise<number> => {
  const found = (await client.inventory.search({ text: name })).identities[0]
  if (found === undefined) throw new Error(`nobody is called ${name}`)
  return found.id
}
const right = async (client: Client, nativeId: string): Promise<number> => {
  const found = (await client.inventory.search({ text: nativeId })).entitlements.find((one) => one.nativeId === nativeId)
  if (found === undefined) throw new Error(`there is no right ${nativeId}`)
  return found.id
}
const events = ({ folder }: TestWorkspace): { kind: string; body: Record<string, unknown> }[] => {
  const db = new Database(join(folder, 'muster.db'), { readonly: true })
  try {
    return db.prepare<[], { line: string }>('SELECT line FROM evidence_event ORDER BY seq').all().map(({ line }) => JSON.parse(line) as { kind: string; body: Record<string, unknown> })
  } finally {
    db.close()
  }
}
const kinds = (at: TestWorkspace) => events(at).map((event) => event.kind)
const caught = async (client: Client) => (await client.policies.conflicts({})).lines.map((line) => `${line.subject}: ${line.state}`)
const code = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (error as { code: string }).code)

describe('rules in force', () => {
  it('are counted live, and everybody caught is named with how the rights came', async () => {
    const { officer } = await workspace()
    await officer.policies.setSodRules({ rules: parsed(postAndPay) })
    expect((await officer.policies.sodOverview()).rules.map(({ counts }) => counts)).toEqual([{ open: 2, mitigated: 0, exempt: 0 }])
    const { total, lines } = await officer.policies.conflicts({})
    expect(total).toBe(2)
    expect(lines.map((line) => line.subject).sort()).toEqual(['Mia Manager', 'Tom Team'])
    expect(lines[0]?.left[0]).toMatchObject({ nativeId: 'erp-post', source: 'ERP', path: 'direct' })
  })

  it('the advice sees the same conflicts as the screen', async () => {
    const { officer } = await workspace()
    await officer.policies.setSodRules({ rules: parsed({ ...postAndPay, compensating: ['erp-admin'] }) })
    const seen: string[] = []
    for await (const { lines } of await officer.campaigns.recommend({ campaign: null, asOf })) {
      for (const line of lines) {
        for (const signal of line.signals) {
          if (signal.kind === 'sod-conflict') seen.push(`${line.subject}: ${signal.facts.isMitigated === true ? 'mitigated' : 'open'}`)
        }
      }
    }
    expect([...new Set(seen)].sort()).toEqual((await caught(officer)).sort())
    expect(seen.sort()).toEqual(['Mia Manager: mitigated', 'Mia Manager: mitigated', 'Tom Team: open', 'Tom Team: open'])
  })

  it('are not overwritten by somebody who looked at an older set', async () => {
    const at = await workspace()
    const { rulesHash } = await at.officer.policies.sodOverview()
    await at.officer.policies.setSodRules({ rules: parsed(postAndPay), basedOn: rulesHash })
    expect(await code(at.officer.policies.setSodRules({ rules: [], basedOn: rulesHash }))).toBe('CONFLICT')
    expect(await at.officer.policies.sodRules()).toHaveLength(1)
    expect(kinds(at).filter((kind) => kind === 'sod-rules-set')).toHaveLength(1)
  })

  it('a preview tells whom a rule would catch and which names it does not know, and writes nothing', async () => {
    const at = await workspace()
    const before = kinds(at).length
    const [rule] = parsed({ ...postAndPay, right: { entitlements: ['erp-pay', 'erp-nonsense'], tags: ['nobody'] } })
    if (rule === undefined) return
    const preview = await at.officer.policies.previewRule({ rule })
    expect(preview.counts).toEqual({ open: 2, mitigated: 0, exempt: 0 })
    expect(preview.right).toMatchObject({ entitlements: [{ nativeId: 'erp-pay' }], unknown: [{ id: 'erp-nonsense', source: null }], emptyTags: ['nobody'] })
    expect(await at.officer.policies.sodRules()).toEqual([])
    expect(kinds(at)).toHaveLength(before)
  })

  it('a campaign launched earlier keeps the conflicts it was launched with', async () => {
    const at = await workspace()
    await at.officer.policies.setSodRules({ rules: parsed(postAndPay) })
    const campaign = await launch(at.officer, specOf('Frozen', { rules: { controlSharePercent: 0 } }))
    await at.officer.policies.setSodRules({ rules: [] })
    const reviewer = await at.as(mia)
    const { items } = await reviewer.review.queue({ campaign })
    const tom = items.find((item) => item.subjectName === 'Tom Team' && item.entitlementName === 'Release payments')
    expect(tom?.isFlagged).toBe(true)
    expect(await caught(at.officer)).toEqual([])
  })
})

describe('exemptions', () => {
  const give = async (client: Client, change: Partial<{ until: string; name: string }> = {}) =>
    client.policies.grantExemption({
      ruleId: 'post-and-pay', identityId: await person(client, change.name ?? 'Tom'), owner: 'CFO', reason: 'Only two people in the office', until: change.until ?? '2026-06-30',
    })

  it('take a person\'s conflict out of the open ones until their day, and say who answers for it', async () => {
    const at = await workspace()
    await at.officer.policies.setSodRules({ rules: parsed(postAndPay) })
    const made = await give(at.officer)
    expect(made).toMatchObject({ state: 'active', subject: 'Tom Team', owner: 'CFO' })
    expect((await caught(at.officer)).sort()).toEqual(['Mia Manager: open', 'Tom Team: exempt'])
    expect(events(at).at(-1)).toMatchObject({ kind: 'sod-exemption-granted', body: { rule: 'post-and-pay', owner: 'CFO', until: '2026-06-30' } })
    await at.officer.policies.endExemption({ id: made.id, reason: 'A third colleague came' })
    expect((await caught(at.officer)).sort()).toEqual(['Mia Manager: open', 'Tom Team: open'])
    expect(kinds(at).at(-1)).toBe('sod-exemption-ended')
  })

  it('count for nothing once their day has passed', async () => {
    const at = await workspace()
    await at.officer.policies.setSodRules({ rules: parsed(postAndPay) })
    const made = await give(at.officer, { until: asOf })
    expect(await caught(at.officer)).toContain('Tom Team: exempt')
    const db = new Database(join(at.folder, 'muster.db'))
    db.prepare('UPDATE sod_exemption SET until = ? WHERE id = ?').run('2026-03-30', made.id)
    db.close()
    expect(await caught(at.officer)).toContain('Tom Team: open')
    expect((await at.officer.policies.exemptions())[0]).toMatchObject({ state: 'expired' })
  })

  it.each(['2026-03-30', '2029-01-01'])('an end on %s is refused', async (until) => {
    const { officer } = await workspace()
    await officer.policies.setSodRules({ rules: parsed(postAndPay) })
    expect(await code(give(officer, { until }))).toBe('INVALID')
  })

  it('a new one replaces the running one', async () => {
    const at = await workspace()
    await at.officer.policies.setSodRules({ rules: parsed(postAndPay) })
    await give(at.officer)
    await give(at.officer, { until: '2026-09-30' })
    expect((await at.officer.policies.exemptions()).map((one) => one.state)).toEqual(['active', 'ended'])
  })

  it('end when their rule goes or catches other rights, not when it is only worded anew', async () => {
    const at = await workspace()
    await at.officer.policies.setSodRules({ rules: parsed(postAndPay) })
    await give(at.officer)
    expect(await at.officer.policies.setSodRules({ rules: parsed({ ...postAndPay, name: 'Other words', severity: 'critical' }) })).toMatchObject({ exemptionsEnded: 0 })
    expect(await at.officer.policies.setSodRules({ rules: parsed({ ...postAndPay, left: ['erp-post', 'erp-admin'] }) })).toMatchObject({ exemptionsEnded: 1 })
    expect((await at.officer.policies.exemptions())[0]).toMatchObject({ state: 'ended', endedWhy: expect.stringContaining('other rights') as string })
    expect(kinds(at).slice(-2)).toEqual(['sod-rules-set', 'sod-exemption-ended'])
  })
})

describe('tags', () => {
  it('are suggested by name, follow from nothing until confirmed, then carry a rule', async () => {
    const at = await workspace()
    const { officer } = at
    await officer.policies.setSodRules({ rules: parsed({ ...postAndPay, left: { tags: ['enter-invoice'] }, right: { tags: ['approve-payment'] } }) })
    const suggestions = await officer.policies.suggestTags({ tag: 'approve-payment' })
    expect(suggestions.map((one) => one.nativeId)).toEqual(['erp-pay'])
    expect(await caught(officer)).toEqual([])
    await officer.policies.setTag({ tag: 'approve-payment', entitlements: suggestions.map((one) => one.entitlementId), isAssigned: true })
    await officer.policies.setTag({ tag: 'enter-invoice', entitlements: [await right(officer, 'erp-post')], isAssigned: true })
    expect((await caught(officer)).sort()).toEqual(['Mia Manager: open', 'Tom Team: open'])
    expect(events(at).at(-1)).toMatchObject({ kind: 'entitlements-tagged', body: { tag: 'enter-invoice', isAssigned: true, entitlements: [{ source: 'ERP', entitlement: 'erp-post' }] } })
    expect(await officer.policies.suggestTags({ tag: 'approve-payment' })).toEqual([])
    expect((await officer.policies.tagged({ tag: 'approve-payment' }))[0]).toMatchObject({ by: 'olga.officer@example.com', nativeId: 'erp-pay' })
    expect((await officer.policies.tags()).find((one) => one.tag === 'approve-payment')).toMatchObject({ entitlements: 1, rules: ['post-and-pay'] })
    expect(await officer.policies.setTag({ tag: 'enter-invoice', entitlements: [await right(officer, 'erp-post')], isAssigned: false })).toEqual({ changed: 1 })
    expect(await caught(officer)).toEqual([])
  })

  it('giving a tag twice changes and records nothing the second time', async () => {
    const at = await workspace()
    const entitlements = [await right(at.officer, 'erp-pay')]
    await at.officer.policies.setTag({ tag: 'pay', entitlements, isAssigned: true })
    const before = kinds(at).length
    expect(await at.officer.policies.setTag({ tag: 'pay', entitlements, isAssigned: true })).toEqual({ changed: 0 })
    expect(kinds(at)).toHaveLength(before)
  })
})

describe('what if', () => {
  it('answers for a person and rights that come and go, and changes nothing', async () => {
    const at = await workspace()
    const { officer } = at
    await officer.policies.setSodRules({ rules: parsed({ ...postAndPay, compensating: ['erp-admin'] }) })
    const before = kinds(at).length
    const ted = await officer.policies.whatIf({ identityId: await person(officer, 'Ted'), gets: [await right(officer, 'erp-pay')] })
    expect(ted.appears).toMatchObject([{ state: 'mitigated', mitigatedBy: { nativeId: 'erp-admin' }, left: [{ nativeId: 'erp-post', path: 'direct' }], right: [{ nativeId: 'erp-pay', path: '' }] }])
    const miaLoses = await officer.policies.whatIf({ identityId: await person(officer, 'Mia'), loses: [await right(officer, 'erp-admin')] })
    expect(miaLoses).toMatchObject({ appears: [], ends: [], changes: [{ before: { state: 'mitigated' }, after: { state: 'open', mitigatedBy: null } }] })
    const tom = await officer.policies.whatIf({ identityId: await person(officer, 'Tom'), loses: [await right(officer, 'erp-pay')] })
    expect(tom).toMatchObject({ appears: [], ends: [{ state: 'open' }], stays: [] })
    expect(kinds(at)).toHaveLength(before)
  })

  it('follows what is held through a group that comes or goes, and names it', async () => {
    const at = await workspace()
    const { officer } = at
    const file = join(at.folder, 'groups.csv')
    await writeFile(file, [
      'Account,Email,Entitlement,Entitlement Name,Path',
      'mia,mia.manager@example.com,g-finance,Finance,direct', 'mia,mia.manager@example.com,g-pay,Payers,g-finance',
      'mia,mia.manager@example.com,app-bank,Bank portal,g-finance > g-pay', 'mia,mia.manager@example.com,app-audit,Audit trail,direct',
      'tom,tom.team@example.com,app-audit,Audit trail,direct', 'tom,tom.team@example.com,g-pay,Payers,direct', 'tom,tom.team@example.com,app-bank,Bank portal,g-pay',
      'tom,tom.team@example.com,g-finance,Finance,direct', 'tom,tom.team@example.com,app-bank,Bank portal,g-finance > g-pay',
      'ada,ada.above@example.com,app-audit,Audit trail,direct', 'mia,mia.manager@example.com,app-desk,Service desk,via Finance',
    ].join('\n'))
    await officer.sources.add({ name: 'Groups', kind: 'csv-entitlements', config: { file } })
    await finish(await officer.sources.sync({ source: 'Groups', asOf }))
    await officer.policies.setSodRules({ rules: parsed({ ...postAndPay, id: 'pay-and-audit', left: ['app-bank'], right: ['app-audit'] }) })
    const [finance, pay, bank] = [await right(officer, 'g-finance'), await right(officer, 'g-pay'), await right(officer, 'app-bank')]
    const named = (rights: readonly { nativeId: string }[]): string[] => rights.map(({ nativeId }) => nativeId)

    const miaLoses = await officer.policies.whatIf({ identityId: await person(officer, 'Mia'), loses: [finance] })
    expect([named(miaLoses.losesAlong), miaLoses.ends.length, miaLoses.stays.length]).toEqual([['g-pay', 'app-bank', 'app-desk'], 1, 0])
    // Held through another group as well, the right stays when the one goes.
    const tomLoses = await officer.policies.whatIf({ identityId: await person(officer, 'Tom'), loses: [finance] })
    expect([named(tomLoses.losesAlong), tomLoses.stays.length]).toEqual([[], 1])
    const adaGets = await officer.policies.whatIf({ identityId: await person(officer, 'Ada'), gets: [finance] })
    expect([named(adaGets.getsAlong), adaGets.appears.map(({ left }) => left.map(({ path }) => path))]).toEqual([['g-pay', 'app-bank', 'app-desk'], [['Finance > Payers']]])
    // Whoever leaves one group and joins another keeps what both bring.
    const swapped = await officer.policies.whatIf({ identityId: await person(officer, 'Mia'), loses: [finance], gets: [pay] })
    expect([named(swapped.getsAlong), named(swapped.losesAlong), swapped.ends.length, swapped.stays.length]).toEqual([[], ['app-desk'], 0, 1])
    const alone = await officer.policies.whatIf({ identityId: await person(officer, 'Ada'), gets: [bank] })
    expect([alone.getsAlong, alone.appears.length]).toEqual([[], 1])
  })
})

describe('protected objects', () => {
  it('are named to whoever removes access, recorded, and looked at closer', async () => {
    const at = await workspace()
    const made = await at.officer.policies.protect({ kind: 'account', source: 'ERP', nativeId: 'svc-batch', basis: 'service-principal', reason: 'Night batch' })
    await at.officer.policies.protect({ kind: 'entitlement', source: 'ERP', nativeId: 'erp-admin', basis: 'named', reason: 'Last administrator' })
    expect(await code(at.officer.policies.protect({ kind: 'account', source: 'ERP', nativeId: 'svc-batch', basis: 'named', reason: 'Again' }))).toBe('CONFLICT')
    const advice = new Map<string, string[]>()
    for await (const { lines } of await at.officer.campaigns.recommend({ campaign: null, asOf })) {
      for (const line of lines) advice.set(`${line.account} ${line.entitlement}`, line.rules)
    }
    expect(advice.get('mia ERP administration') ?? advice.get('mia erp-admin')).toEqual(['protected-look-closer'])
    const source = (await at.officer.sources.list()).find((one) => one.name === 'ERP')?.id ?? 0
    await at.officer.policies.endProtection({ id: made.id, reason: 'Gone' })
    expect(kinds(at).slice(-3)).toEqual(['object-protected', 'object-protected', 'protection-ended'])
    const store = await openStore(join(at.folder, 'muster.db'), { mustExist: true })
    onTestFinished(store.close)
    expect(await protectedObjects(store.db, source)).toEqual({ accounts: new Set(), entitlements: new Set(['erp-admin']) })
  })
})

describe('who may', () => {
  it('an auditor reads, only an officer writes, a reviewer does neither', async () => {
    const at = await workspace()
    const reviewer = await at.as(mia)
    expect(await code(reviewer.policies.sodOverview())).toBe('NOT_ALLOWED')
    expect(await code(reviewer.policies.setSodRules({ rules: [] }))).toBe('NOT_ALLOWED')
  })
})

describe('the library', () => {
  it('every rule can be put in force as it is, and every tag it names is described', async () => {
    const { officer } = await workspace()
    const { areas, tags } = await officer.policies.library()
    const rules = areas.flatMap((area) => area.rules)
    expect(await officer.policies.setSodRules({ rules })).toMatchObject({ rules: rules.length })
    const described = new Set(tags.map((tag) => tag.tag))
    expect(rules.flatMap((rule) => [rule.left, rule.right, rule.compensating].flatMap((side) => side?.tags ?? [])).filter((tag) => !described.has(tag))).toEqual([])
    for (const rule of rules) expect([rule.description.length > 30, rule.reason.length > 20], rule.id).toEqual([true, true])
  })
})
