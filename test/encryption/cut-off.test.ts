import { spawn, execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasPlainFiles } from '../../src/main/secrets/raw-folder.ts'
import { filesThatSay, opened, workspacePassphrase } from '../support/encrypted-workspace.ts'
import { buildWorkspace, copyWorkspace, mia } from '../support/workspace-builder.ts'

let place: string
let plain: string
let rekeying: string
let copies = 0
let before: unknown

const copyOf = (from: string): Promise<string> => copyWorkspace(from, join(place, `copy-${copies++}`))
const entry = fileURLToPath(new URL('../support/settle-until-killed.ts', import.meta.url))

/** `out`: how many steps there were, where it came to its end. */
const openUntil = (folder: string, dieAt: number, mode: 'at-step' | 'in-rekey' = 'at-step'): Promise<{ signal: string | null; out: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, folder, workspacePassphrase, String(dieAt), mode], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (bytes: Buffer) => { out += bytes.toString() })
    child.on('exit', (_, signal) => resolve({ signal, out }))
  })

const holdings = async (folder: string): Promise<{ state: unknown; figures: unknown }> => {
  const { app, officer } = await opened(folder, { passphrase: workspacePassphrase })
  const { grants, identities, snapshots, accounts } = await officer.workspace.status()
  const state = await officer.workspace.protection()
  expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
  await app.close()
  return { state, figures: { grants, identities, snapshots, accounts } }
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  plain = join(place, 'plain')
  const workspace = await buildWorkspace(plain)
  const { grants, identities, snapshots, accounts } = await workspace.officer.workspace.status()
  before = { grants, identities, snapshots, accounts }
  await workspace.close()
  rekeying = await copyOf(plain)
  await (await opened(rekeying, { passphrase: workspacePassphrase })).app.close()
  const { app, officer } = await opened(rekeying, { passphrase: workspacePassphrase })
  await officer.workspace.rekey({ current: workspacePassphrase, next: null })
  await app.close()
}, 120_000)

afterAll(() => rm(place, { recursive: true, force: true }))

/** Killed at the points given as shares of all steps there are; then opened again, which goes on and ends well. */
const survives = async (from: string): Promise<void> => {
  const whole = await openUntil(await copyOf(from), 0)
  const steps = Number(whole.out)
  expect(steps).toBeGreaterThan(6)
  for (const share of [0.2, 0.5, 0.8]) {
    const folder = await copyOf(from)
    expect((await openUntil(folder, Math.ceil(steps * share))).signal).toBe('SIGKILL')
    const { state, figures } = await holdings(folder)
    expect(figures).toEqual(before)
    expect(state).toMatchObject({ isEncrypted: true, pending: null, unfinished: null })
    expect(await hasPlainFiles(join(folder, 'raw'))).toBe(false)
    expect((await filesThatSay(folder, [mia])).filter((path) => !path.startsWith(join(folder, 'keys')))).toEqual([])
    await rm(folder, { recursive: true })
  }
}

test('encrypting killed at any step: the workspace is plain or encrypted, whole, and the next opening finishes', () => survives(plain), 120_000)

test('a re-key killed at any step: one key or the other opens it, and the next opening finishes', () => survives(rekeying), 120_000)

test('a re-key killed while SQLite rewrites the copy leaves the database under its former key', async () => {
  const folder = await copyOf(rekeying)
  expect((await openUntil(folder, 1, 'in-rekey')).signal).toBe('SIGKILL')
  expect((await holdings(folder)).figures).toEqual(before)
}, 60_000)

test('encrypting that was cut off before it touched anything still opens without the passphrase, as it was', async () => {
  const folder = await copyOf(plain)
  // After the key file is there, before the copy takes the database's place.
  expect((await openUntil(folder, 4)).signal).toBe('SIGKILL')
  const { app, officer } = await opened(folder)
  expect(await officer.workspace.protection()).toMatchObject({ isEncrypted: false })
  await app.close()
  expect((await holdings(folder)).state).toMatchObject({ isEncrypted: true, pending: null })
}, 60_000)

test('a disk that fills up while it is encrypted: it opens as it was, says so, and goes on when there is room', async ({ skip }) => {
  const mount = join(place, 'small-disk')
  await mkdir(mount)
  const size = Number(execFileSync('du', ['-sk', plain]).toString().split('\t')[0])
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size + 900}k`, 'tmpfs', mount], { stdio: 'pipe' })
  } catch {
    skip('only root can mount a small disk')
  }
  try {
    const folder = await copyWorkspace(plain, join(mount, 'workspace'))
    const { app, officer } = await opened(folder, { passphrase: workspacePassphrase })
    expect(await officer.workspace.protection()).toMatchObject({ pending: 'encrypt', unfinished: expect.stringMatching(/The disk is full.*nothing is lost/) })
    expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
    await app.close()
    const roomy = await copyOf(folder)
    const after = await holdings(roomy)
    expect(after.state).toMatchObject({ isEncrypted: true, pending: null, unfinished: null })
    expect(after.figures).toEqual(before)
  } finally {
    execFileSync('umount', [mount], { stdio: 'pipe' })
  }
}, 60_000)
