import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realDoors, runCommand, type Ran } from '../run-command.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'muster-key-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const officer = ['--officer', 'olga@example.org']
const muster = (argv: readonly string[], env: Readonly<Record<string, string>> = {}, typed?: readonly string[]): Promise<Ran> =>
  runCommand(argv, realDoors, { cwd: folder, env, ...(typed === undefined ? {} : { typed }) })
const codeIn = (text: string): string => (text.match(/[A-Z2-9]{5}(?:-[A-Z2-9]{5})+/g) ?? []).join('-')

test('a new workspace is encrypted, opens with the officer\'s passphrase, and its recovery kit is shown once', async () => {
  const made = await muster(['init', 'own', ...officer], { MUSTER_PASSPHRASE: 'officer says so' })
  expect(made.err).toBe('')
  const code = codeIn(made.out)
  expect(code.split('-')).toHaveLength(13)
  expect(readFileSync(join(folder, 'own', 'muster.db')).toString('latin1', 0, 6)).not.toBe('SQLite')

  const closed = await muster(['workspace', 'status', '-w', 'own'])
  expect([closed.exit, closed.err]).toEqual([2, expect.stringMatching(/^muster: This workspace is encrypted and nobody can be asked.*MUSTER_WORKSPACE_PASSPHRASE/)])
  const [, , recorded] = ((await muster(['key', 'log', '-w', 'own', '--json'], { MUSTER_PASSPHRASE: 'officer says so' })).json() as { kind: string; detail: string }[]).toReversed()
  expect(recorded).toMatchObject({ kind: 'workspace-key-changed', detail: 'The workspace was made encrypted. Databases: AEGIS-256; originals: age (X25519, ChaCha20-Poly1305). Opens with a passphrase, a recovery kit.' })

  const wrong = await muster(['status', '-w', 'own'], {}, ['no', 'nor this', 'neither'])
  expect(wrong.exit).toBe(2)
  expect(wrong.err).toContain('type it in the passphrase\'s place')
  const asked = await muster(['workspace', 'status', '-w', 'own', '--json'], {}, [code.toLowerCase()])
  expect(asked.json()).toMatchObject({ isEncrypted: true, pending: null, opensWith: { passphrase: true, computer: false } })
  expect(asked.err).toContain('Passphrase of this workspace (or its recovery code):')
  expect(asked.out).not.toContain(code)
})

test('passphrase, kit and key can be changed; the answer to each is only given to who opens it', async () => {
  await muster(['init', 'changing', ...officer, '--no-recovery-kit'], { MUSTER_PASSPHRASE: 'officer says so', MUSTER_WORKSPACE_PASSPHRASE: 'first of the workspace' })
  const first = { MUSTER_WORKSPACE_PASSPHRASE: 'first of the workspace', MUSTER_WORKSPACE: 'changing' }
  expect((await muster(['status'], { MUSTER_PASSPHRASE: 'officer says so', MUSTER_WORKSPACE: 'changing' })).err).toContain('no recovery kit was made')
  const changed = await muster(['workspace', 'passphrase'], { ...first, MUSTER_NEW_WORKSPACE_PASSPHRASE: 'second of the workspace' })
  expect(changed.err).toBe('')
  expect((await muster(['status'], first)).err).toContain('does not open this workspace')
  const second = { ...first, MUSTER_WORKSPACE_PASSPHRASE: 'second of the workspace' }
  const kit = (await muster(['workspace', 'recovery', '--json'], second)).json() as { recoveryCode: string }
  const rekeyed = await muster(['workspace', 'rekey'], second)
  expect(rekeyed.err).toBe('')
  expect(rekeyed.out).toContain('Everything on the disk is under a new key.')
  expect((await muster(['status'], { ...first, MUSTER_WORKSPACE_PASSPHRASE: kit.recoveryCode })).err).toContain('not of this workspace\'s present kit')
  expect((await muster(['status'], { ...first, MUSTER_WORKSPACE_PASSPHRASE: codeIn(rekeyed.out) })).exit).toBe(0)
})

test('a plain workspace stays as it is until it is told, then is encrypted where it lies; twice is refused', async () => {
  await muster(['init', 'plain', ...officer, '--no-encryption'], { MUSTER_PASSPHRASE: 'officer says so' })
  const status = await muster(['workspace', 'status', '-w', 'plain'])
  expect(status.out).toContain('NOT encrypted')
  const encrypted = await muster(['workspace', 'encrypt', '-w', 'plain'], {}, ['opens it all', 'opens it all'])
  expect(encrypted.err).not.toContain('muster:')
  expect(codeIn(encrypted.out).split('-')).toHaveLength(13)
  expect(existsSync(join(folder, 'plain', 'keys', 'workspace-key.json'))).toBe(true)
  expect((await muster(['workspace', 'encrypt', '-w', 'plain'], { MUSTER_WORKSPACE_PASSPHRASE: 'opens it all' })).err).toContain('encrypted already')
})
