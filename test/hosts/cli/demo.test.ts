import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoResult } from '../../../src/main/hosts/cli/demo/run-demo.ts'
import { stepsInOrder } from '../../../src/main/hosts/cli/demo/sample-manifest.ts'
import { realDoors, runCommand, type Ran } from '../run-command.ts'

const organisation = ['--people', '40', '--seed', '11', '--as-of', '2026-03-31']

let folder: string
let ran: Ran

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-demo-'))
  ran = await runCommand(['demo', 'here', ...organisation, '--json'], realDoors, { cwd: folder })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const progressOf = async (dir: string): Promise<unknown> => {
  const status = (await runCommand(['campaign', 'status', '1', '--json', '--workspace', join(folder, dir, 'workspace')], realDoors)).json()
  return (status as { progress: unknown }).progress
}

describe('the demo', () => {
  it('goes from files to a verified bundle and leaves a campaign open to try', () => {
    expect(ran.err).toBe('')
    expect(ran.exit).toBe(0)
    const result = ran.json() as DemoResult
    expect(result.verification.isValid).toBe(true)
    expect(result.exceptions.length).toBeGreaterThan(0)
    expect(result.openCampaign.items).toBeGreaterThan(100)
    expect(result.tryAs).toContain('@')
  })

  it('can be verified as it tells people to, without Muster', () => {
    const { bundle, root } = ran.json() as DemoResult
    const alone = spawnSync(process.execPath, [join(bundle, 'verify.mjs'), bundle, root], { encoding: 'utf8' })
    expect(alone.stdout + alone.stderr).toContain('passed')
    expect(alone.status).toBe(0)
  })

  it('is made anew only when asked to, and decides the same for the same seed', async () => {
    const again = await runCommand(['demo', 'here', '--json'], realDoors, { cwd: folder })
    expect(JSON.parse(again.err)).toMatchObject({ error: { code: 'demo-exists' } })
    const before = await progressOf('here')
    const fresh = await runCommand(['demo', 'here', '--fresh', ...organisation, '--json'], realDoors, { cwd: folder })
    expect(fresh.exit).toBe(0)
    expect(await progressOf('here')).toEqual(before)
  })
})

it('a sample is read day by day; on one day people come first, then what they hold, then what they used', () => {
  const file = (name: string, asOf: string) => ({ name, asOf, rows: 1 })
  const sources = [
    { source: 'logins', kind: 'csv-sign-ins', accountsOf: 'dir', files: [file('l2', '2026-02-01')], columns: {} },
    { source: 'dir', kind: 'csv-entitlements', accountsOf: null, files: [file('d1', '2026-01-01'), file('d2', '2026-02-01')], columns: {} },
    { source: 'hr', kind: 'hr', accountsOf: null, files: [file('h0', '2025-12-01'), file('h2', '2026-02-01')], columns: {} },
  ] as const
  expect(stepsInOrder({ name: 'x', seed: 1, people: 1, asOf: '2026-02-01', sources }).map((step) => step.file)).toEqual(['h0', 'd1', 'h2', 'd2', 'l2'])
})
