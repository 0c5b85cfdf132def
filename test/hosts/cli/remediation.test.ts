import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closedCampaign } from '../../support/remediated-workspace.ts'
import { ada, asOf, buildWorkspace, mia, passphrase } from '../../support/workspace-builder.ts'
import { realDoors, runCommand, type Ran } from '../run-command.ts'

let place: string
let workspace: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-cli-remediation-'))
  workspace = join(place, 'workspace')
  const built = await buildWorkspace(workspace, { enrolled: [mia, ada] })
  await closedCampaign(built)
  await built.close()
}, 120_000)
afterAll(() => rm(place, { recursive: true, force: true }))

const muster = (argv: readonly string[], env: Readonly<Record<string, string>> = { MUSTER_PASSPHRASE: passphrase }): Promise<Ran> =>
  runCommand(['remediation', ...argv, '--workspace', workspace, '--as-of', asOf], realDoors, { cwd: place, env })

test('the whole way from the command line: plan, look, hand out, report, give back, and what Muster may do', async () => {
  expect((await muster(['list'])).out).toContain('No such removal.')
  expect((await muster(['apply'])).err).toContain('Nothing is planned')
  expect((await muster(['plan'])).out).toMatch(/^\d+ removals planned, 0 proved gone already\./)
  expect((await muster(['plan', '--json'])).json()).toEqual({ planned: 0, alreadyGone: 0 })
  const { rows } = (await muster(['list', '--state', 'planned', '--json'])).json() as { rows: { id: number; subjectName: string }[] }
  const [one, two] = rows.map(({ id }) => String(id))
  if (one === undefined || two === undefined) throw new Error('too few are planned')
  const shown = await muster(['show', one])
  expect(shown.out).toContain('no: This source is read from a file')
  expect(shown.out).toMatch(/Used after\s+not seen up to/)

  const written = await muster(['worklist', one, two, '--out', 'todo.csv', '--handed-out'])
  expect([written.exit, written.out]).toEqual([0, '2 lines written to todo.csv.\n'])
  expect((await readFile(join(place, 'todo.csv'), 'utf8')).split('\r\n')).toHaveLength(4)
  expect((await muster(['done', one, '--note', 'ERP team'])).out).toContain('not proved until the next sync')
  expect((await muster(['restore', two, '--reason', 'Needed after all'])).out).toContain('is withdrawn; nothing was removed')
  expect((await muster(['restore', two])).err).toContain('--reason is missing')
  expect((await muster(['list', '--state', 'applied', '--json'])).json()).toMatchObject({ total: 1 })

  const third = String(rows[2]?.id)
  expect((await muster(['apply', third])).err).toContain('only advises')
  expect((await muster(['mode', 'automatic'])).err).toContain('at least one rule')
  expect((await muster(['mode', 'approve', '--urgent-days', '2'])).out).toMatch(/Mode\s+approve/)
  expect((await muster(['mode', 'approve'], { MUSTER_PASSPHRASE: 'guess' })).exit).toBe(2)
  const applied = await muster(['apply', third])
  expect([applied.exit, applied.out]).toEqual([1, expect.stringContaining('by ticket or list')])
  expect((await muster(['ticket', third, '--system', 'jira'])).err).toContain('Jira is not set up yet')
})
