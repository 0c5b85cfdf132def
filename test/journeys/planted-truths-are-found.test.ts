import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSampleOrganisation, initWorkspace } from '../../src/main/app.ts'
import { sodRule } from '../../src/shared/model/sod-rule.ts'
import { stepsInOrder } from '../../src/main/hosts/cli/demo/sample-manifest.ts'
import { finish, olga, openWorkspace, passphrase, type TestWorkspace } from '../support/workspace-builder.ts'

const classes = ['leavers', 'orphans', 'toxicPairs', 'movers', 'dormantAdmins', 'quarterlyUsers', 'serviceAccounts', 'normal'] as const
type Class = (typeof classes)[number]
interface GrantRef { readonly account: string; readonly entitlement: string }
type Planted = { readonly grants: readonly GrantRef[] } | { readonly left: GrantRef; readonly right: GrantRef } | GrantRef
interface Truth extends Record<Class, readonly Planted[]> {
  readonly expected: Record<Class, { readonly oneOf: readonly string[]; readonly never: readonly string[] }>
}

/** Organisations the weights were not tuned on: read from their files, judged, compared with what was planted in them. */
describe.each([
  { seed: 1234, people: 150 },
  { seed: 77, people: 300 },
])('an organisation nobody tuned for (seed $seed, $people people)', ({ seed, people }) => {
  let folder: string
  let workspace: TestWorkspace
  let truth: Truth
  const advice = new Map<string, string>()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-truth-'))
    const files = join(folder, 'sources')
    const manifest = await writeSampleOrganisation(files, { seed, people, asOf: '2026-09-30' })
    truth = JSON.parse(await readFile(join(files, 'truth.json'), 'utf8')) as Truth
    await initWorkspace(join(folder, 'w'), { name: manifest.name, officerEmail: olga, officerName: 'Olga', passphrase, isSample: true, at: null })
    workspace = await openWorkspace(join(folder, 'w'))
    const { officer } = workspace
    for (const { source: name, kind, accountsOf, columns, files: [first] } of manifest.sources) {
      await officer.sources.add({ name, kind, config: { file: join(files, first?.name ?? ''), accountsOf }, mapping: { columns: { ...columns } } })
    }
    for (const step of stepsInOrder(manifest)) {
      const run = await finish(await officer.sources.sync({ source: step.source, asOf: step.asOf, file: join(files, step.file) }))
      expect({ file: step.file, state: run.state, rows: run.rowsRead, rejected: run.rejected })
        .toEqual({ file: step.file, state: 'complete', rows: step.rows, rejected: 0 })
    }
    const rules: unknown = JSON.parse(await readFile(new URL('../../resources/sod-rules/default.json', import.meta.url), 'utf8'))
    await officer.policies.setSodRules({ rules: sodRule.array().parse(rules) })
    for await (const { lines } of await officer.campaigns.recommend({ campaign: null, asOf: manifest.asOf })) {
      for (const line of lines) advice.set(`${line.account}\t${line.entitlement}`, line.action)
    }
  })
  afterAll(async () => {
    await workspace.close()
    await rm(folder, { recursive: true, force: true })
  })

  const verdicts = (kind: Class): string[] =>
    truth[kind]
      .flatMap((planted) => ('grants' in planted ? planted.grants : 'left' in planted ? [planted.left, planted.right] : [planted]))
      .map(({ account, entitlement }) => advice.get(`${account}\t${entitlement}`) ?? 'not judged')

  it('has something planted of every class', () => {
    for (const kind of classes) expect(verdicts(kind).length, kind).toBeGreaterThan(0)
  })

  it.each(['leavers', 'orphans', 'toxicPairs', 'serviceAccounts'] as const)('%s: not one is missed', (kind) => {
    const { oneOf } = truth.expected[kind]
    expect(verdicts(kind).filter((verdict) => !oneOf.includes(verdict))).toEqual([])
  })

  it('people who come only at the quarter\'s end are never advised to be revoked', () => {
    expect(verdicts('quarterlyUsers')).not.toContain('revoke')
    expect(verdicts('quarterlyUsers')).not.toContain('not judged')
  })

  it('of everyday access nothing is advised to be revoked, and nearly all is kept', () => {
    const normal = verdicts('normal')
    expect(normal).not.toContain('revoke')
    expect(normal.filter((verdict) => verdict === 'keep').length / normal.length).toBeGreaterThan(0.9)
  })

  it.each(['movers', 'dormantAdmins'] as const)('%s: at most one in ten is waved through', (kind) => {
    const found = verdicts(kind)
    expect(found.filter((verdict) => truth.expected[kind].never.includes(verdict)).length / found.length).toBeLessThanOrEqual(0.1)
  })
})
