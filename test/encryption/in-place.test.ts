import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { restoreWorkspace, type Settling } from '../../src/main/app.ts'
import { openBySecret, readKeyFile } from '../../src/main/secrets/key-ring.ts'
import { hasPlainFiles } from '../../src/main/secrets/raw-folder.ts'
import { fakeVault, filesThatSay, opened, sqliteSays, workspacePassphrase } from '../support/encrypted-workspace.ts'
import { asOf, buildWorkspace, copyWorkspace, finish, launch, mia, olga, passphrase, specOf } from '../support/workspace-builder.ts'

let place: string
let plain: string
let plainBackup: string
let encrypted: string
let code: string
let copies = 0

/** Of the fixture; none of them may be readable anywhere but in the certificates' own folder. */
const words = [mia, 'Release payments', 'lou.leaver@example.com']
const copyOf = (from: string): Promise<string> => copyWorkspace(from, join(place, `copy-${copies++}`))
const readable = async (folder: string): Promise<readonly string[]> =>
  (await filesThatSay(folder, words)).filter((path) => !path.startsWith(join(folder, 'keys')) && !path.startsWith(join(folder, 'bundles')))

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  plain = join(place, 'plain')
  plainBackup = join(place, 'plain.muster-backup')
  const workspace = await buildWorkspace(plain)
  await workspace.officer.workspace.backup({ file: plainBackup })
  await workspace.close()
  encrypted = await copyOf(plain)
  const { app, officer } = await opened(encrypted, { passphrase: workspacePassphrase })
  code = (await officer.workspace.makeRecoveryKit({ current: workspacePassphrase })).code
  await app.close()
}, 120_000)

afterAll(() => rm(place, { recursive: true, force: true }))

test('a workspace of an earlier version opens as it was, and is encrypted as soon as a passphrase is given', async () => {
  const folder = await copyOf(plain)
  expect(await readable(folder)).not.toEqual([])
  const before = await opened(folder)
  expect(await before.officer.workspace.protection()).toMatchObject({ isEncrypted: false })
  const status = await before.officer.workspace.status()
  await before.app.close()

  const told: Settling[] = []
  const after = await opened(folder, { passphrase: workspacePassphrase, onSettling: (progress) => told.push(progress) })
  expect(told.slice(0, 3).map(({ change, step }) => `${change} ${step}`)).toEqual(['encrypt copying', 'encrypt rewriting', 'encrypt comparing'])
  const shares = told.filter(({ step }) => step !== 'originals').map(({ share }) => share)
  expect(shares).toEqual(shares.toSorted((left, right) => left - right))
  expect(told.filter(({ step }) => step === 'originals')).toHaveLength((await readdir(join(folder, 'raw'))).length)
  expect(await after.officer.workspace.protection()).toMatchObject({ isEncrypted: true, pending: null, unfinished: null, opensWith: { passphrase: true, computer: false, recovery: null } })
  expect(await after.officer.workspace.status()).toMatchObject({ grants: status.grants, identities: status.identities, snapshots: status.snapshots, events: status.events + 1 })
  expect(await after.officer.evidence.checkLog()).toMatchObject({ isValid: true })
  // While it is open: the write-ahead log too.
  expect(existsSync(join(folder, 'muster.db-wal'))).toBe(true)
  expect(await readable(folder)).toEqual([])
  await after.app.close()
  expect(await readable(folder)).toEqual([])
  expect(await hasPlainFiles(join(folder, 'raw'))).toBe(false)
}, 60_000)

test('sqlite3 and a connection without the key say that it is no database', async () => {
  const database = join(encrypted, 'muster.db')
  const without = new Database(database, { readonly: true })
  expect(() => without.prepare('SELECT count(*) FROM sqlite_schema').get()).toThrow('file is not a database')
  without.close()
  const said = await sqliteSays(database)
  if (said !== null) expect(said).toContain('file is not a database')
})

test('a kept original is an age file: age opens it with the key of the ring, and its hash is that of the file as it came', async () => {
  const file = await readKeyFile(join(encrypted, 'keys'))
  const ring = file === null ? null : await openBySecret(file, 'passphrase', workspacePassphrase)
  const names = await readdir(join(encrypted, 'raw'))
  expect(names.length).toBeGreaterThan(0)
  expect(names.every((name) => name.endsWith('.gz.age'))).toBe(true)
  const name = names.find((one) => /^[0-9a-f]{64}\.gz\.age$/.test(one)) ?? ''
  const identity = join(place, 'identity')
  writeFileSync(identity, `${ring?.ring[0]?.files ?? ''}\n`, { mode: 0o600 })
  let packed: Buffer
  try {
    packed = execFileSync('age', ['-d', '-i', identity, join(encrypted, 'raw', name)])
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  expect(createHash('sha256').update(gunzipSync(packed)).digest('hex')).toBe(name.slice(0, 64))
})

test('without the passphrase it says what would open it; with a wrong one nothing is changed', async () => {
  const folder = await copyOf(encrypted)
  await expect(opened(folder)).rejects.toMatchObject({ name: 'StartError', code: 'passphrase-needed', message: expect.stringContaining('MUSTER_WORKSPACE_PASSPHRASE') })
  await expect(opened(folder, { env: { MUSTER_WORKSPACE_PASSPHRASE: 'not this one' } })).rejects.toMatchObject({
    code: 'wrong-passphrase', message: expect.stringMatching(/does not open this workspace.*recovery kit made on \d{4}-/),
  })
  const asked: (string | null)[] = []
  const answers = ['wrong', `${code.slice(0, 4)}${code[4] === 'A' ? 'B' : 'A'}${code.slice(5)}`, workspacePassphrase]
  const { app } = await opened(folder, { askPassphrase: async (why) => { asked.push(why); return answers.shift() ?? '' } })
  await app.close()
  expect(asked).toEqual([null, expect.stringContaining('does not open'), expect.stringContaining('mistyped in group 1')])
})

test('a lost passphrase: the recovery kit opens the workspace, and a new passphrase can be chosen with it', async () => {
  const folder = await copyOf(encrypted)
  const { app, officer } = await opened(folder, { env: { MUSTER_WORKSPACE_PASSPHRASE: code.toLowerCase().replaceAll('-', ' ') } })
  await expect(officer.workspace.changePassphrase({ current: 'forgotten', next: 'a new passphrase' })).rejects.toThrow('does not open this workspace')
  await officer.workspace.changePassphrase({ current: code, next: 'a new passphrase' })
  await app.close()
  const again = await opened(folder, { passphrase: 'a new passphrase' })
  await again.app.close()
  await expect(opened(folder, { passphrase: workspacePassphrase })).rejects.toMatchObject({ code: 'wrong-passphrase' })
})

test('a lost key without a kit, a lost or damaged key file: it says plainly that nobody can read the workspace, or what to put back', async () => {
  const folder = await copyOf(plain)
  await (await opened(folder, { passphrase: workspacePassphrase })).app.close()
  await expect(opened(folder, { passphrase: 'what was it' })).rejects.toThrow('If it is lost, nobody can read this workspace or its backups again: no recovery kit was made.')
  const key = join(folder, 'keys', 'workspace-key.json')
  const text = await readFile(key, 'utf8')
  writeFileSync(key, '{"format":')
  await expect(opened(folder, { passphrase: workspacePassphrase })).rejects.toThrow('is damaged, and without it this workspace cannot be opened. Put it back from a copy of the keys folder')
  await rm(key)
  await expect(opened(folder, { passphrase: workspacePassphrase })).rejects.toThrow('there is no key file keys/workspace-key.json. Put the keys folder back')
  writeFileSync(key, text)
  await (await opened(folder, { passphrase: workspacePassphrase })).app.close()
})

test('a computer with a key store of its own encrypts a plain workspace at once and asks nobody; elsewhere it needs a passphrase, and the kit where the store was emptied', async () => {
  const folder = await copyOf(plain)
  const vault = fakeVault()
  const first = await opened(folder, { host: 'desktop', vault })
  expect(await first.officer.workspace.protection()).toMatchObject({ isEncrypted: true, opensWith: { passphrase: false, computer: true, recovery: null } })
  const kit = await first.officer.workspace.makeRecoveryKit({ current: null })
  await first.app.close()
  expect(await readable(folder)).toEqual([])
  await (await opened(folder, { host: 'desktop', vault })).app.close()
  await expect(opened(folder)).rejects.toMatchObject({ code: 'passphrase-needed' })
  vault.forget()
  await expect(opened(folder, { host: 'desktop', vault })).rejects.toMatchObject({ code: 'passphrase-needed' })
  await (await opened(folder, { host: 'desktop', vault, passphrase: kit.code })).app.close()
  // The store knows it again.
  await (await opened(folder, { host: 'desktop', vault })).app.close()
})

test('a store that does not give back what it took is not relied on: the workspace opens plain as it was', async () => {
  const folder = await copyOf(plain)
  const vault = { protect: async () => 'gone', reveal: async () => { throw new Error('no') } }
  const { app, officer } = await opened(folder, { host: 'desktop', vault })
  expect(await officer.workspace.protection()).toMatchObject({ isEncrypted: false })
  await app.close()
  expect(existsSync(join(folder, 'keys', 'workspace-key.json'))).toBe(false)
})

test('re-keyed: another key for the database and the originals, a new kit, and the old kit opens nothing; work goes on', async () => {
  const folder = await copyOf(encrypted)
  const first = await opened(folder, { passphrase: workspacePassphrase })
  const kit = await first.officer.workspace.rekey({ current: workspacePassphrase, next: 'the next passphrase' })
  expect(await first.officer.workspace.protection()).toMatchObject({ pending: 'rekey' })
  // Until it is opened again everything goes on under the former key.
  await finish(await first.officer.sources.sync({ source: 'ERP', asOf }))
  await first.app.close()
  const raw = new Map(await Promise.all((await readdir(join(folder, 'raw'))).map(async (name) => [name, await readFile(join(folder, 'raw', name))] as const)))

  const second = await opened(folder, { passphrase: 'the next passphrase' })
  expect(await second.officer.workspace.protection()).toMatchObject({ pending: null, unfinished: null })
  for (const [name, bytes] of raw) expect((await readFile(join(folder, 'raw', name))).equals(bytes)).toBe(false)
  const campaign = await launch(second.officer, specOf('After', { reviewers: { order: ['named'], named: olga, fallback: mia } }))
  expect(campaign).toBeGreaterThan(0)
  await second.app.close()
  await expect(opened(folder, { passphrase: code })).rejects.toThrow('not of this workspace\'s present kit')
  await (await opened(folder, { passphrase: kit.code })).app.close()
  expect(await readable(folder)).toEqual([])
}, 60_000)

test('backups are encrypted, and come back: one made now, one from before a re-key, one that was plain', async () => {
  const folder = await copyOf(encrypted)
  const backup = join(place, `encrypted-${copies}.muster-backup`)
  const first = await opened(folder, { passphrase: workspacePassphrase })
  const made = await first.officer.workspace.backup({ file: backup })
  await first.officer.workspace.rekey({ current: workspacePassphrase, next: null })
  await first.app.close()
  await (await opened(folder, { passphrase: workspacePassphrase })).app.close()
  const copied = await readFile(backup)
  expect(words.some((word) => copied.includes(word))).toBe(false)
  for (const file of [backup, plainBackup]) {
    const done = await restoreWorkspace(folder, { file, officer: null, passphrase, reason: 'test' }, { passphrase: workspacePassphrase, env: {} })
    if (file === backup) expect(done.events).toBe(made.events)
    const { app, officer } = await opened(folder, { passphrase: workspacePassphrase })
    expect((await officer.workspace.status()).grants).toBeGreaterThan(0)
    await app.close()
    expect(await readable(folder)).toEqual([])
  }
  await expect(restoreWorkspace(folder, { file: backup, officer: null, passphrase, reason: 'test' }, { env: {} })).rejects.toThrow('does not open this workspace')
  const stranger = await copyOf(plain)
  await expect(restoreWorkspace(stranger, { file: backup, officer: null, passphrase, reason: 'test' }, { env: {} })).rejects.toThrow('encrypted with a key this workspace never had')
}, 60_000)

test('a bundle whose seal was killed is cleared away at the next opening, wherever it was being written; a finished one beside it stays', async () => {
  const folder = await copyOf(encrypted)
  const out = join(place, `out-${copies}`)
  const script = `import('${new URL('../support/seal-until-killed.ts', import.meta.url).href}')`
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', script, folder, out], { encoding: 'utf8' }).signal).toBe('SIGKILL')
  expect(await filesThatSay(out, ['half a bundle'])).toHaveLength(1)
  await (await opened(folder, { passphrase: workspacePassphrase })).app.close()
  expect(await readdir(out)).toEqual(['1-Other.v1.muster'])
})

test('a second Muster is told that the first has the workspace, before it asks for any passphrase', async () => {
  const folder = await copyOf(encrypted)
  const { app } = await opened(folder, { passphrase: workspacePassphrase })
  await expect(opened(folder, { askPassphrase: () => Promise.reject(new Error('asked')) })).rejects.toMatchObject({ code: 'locked' })
  await app.close()
})
