// Where a new workspace's root comes from, by real commands; openssl plays the organisation's own authority.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { openOpensslAuthority, type OpensslAuthority } from '../../support/openssl-authority.ts'
import { witnessTest } from '../../support/witness-tools.ts'
import { realDoors, runCommand, type Ran } from '../run-command.ts'

let folder: string
let authority: OpensslAuthority
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-root-'))
  authority = await openOpensslAuthority(join(folder, 'authority'), 'ec')
  await writeFile(join(folder, 'people.p12'), await authority.handOver('from the safe'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const officer = 'olga@example.org'
const secret = 'officer says so'
const muster = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runCommand(argv, realDoors, { cwd: folder, env: { MUSTER_PASSPHRASE: secret, MUSTER_OFFICER_PASSPHRASE: secret, ...env } })
const init = (name: string, ...more: readonly string[]): Promise<Ran> => muster(['init', name, '--officer', officer, '--no-recovery-kit', ...more])

witnessTest('a root that is brought is shown first, taken only with its fingerprint, and certifies people from the start', ['openssl'], async () => {
  const opens = { MUSTER_FILE_PASSPHRASE: 'from the safe' }
  const brought = ['init', 'brought', '--officer', officer, '--no-recovery-kit', '--root-file', 'people.p12']
  expect((await muster(brought, { MUSTER_FILE_PASSPHRASE: 'wrong' })).err).toContain('The passphrase does not open the file.')
  const looked = await muster(brought, opens)
  expect([looked.exit, looked.out]).toEqual([0, expect.stringContaining(authority.rootFingerprint)])
  expect(looked.out).toContain('Nothing was made.')
  expect((await muster([...brought, '--root-fingerprint', 'ab'.repeat(32)], opens)).err).toContain('another fingerprint than the one you compared with')
  expect(existsSync(join(folder, 'brought'))).toBe(false)
  const made = await muster([...brought, '--root-fingerprint', authority.rootFingerprint, '--json'], opens)
  expect([made.exit, made.err]).toEqual([0, ''])
  expect(made.json()).toMatchObject({ rootFingerprint: authority.rootFingerprint })
  expect((await muster(['enrol', 'rui@example.org', '-w', 'brought'])).err).toBe('')
  const keys = join(folder, 'brought', 'keys')
  expect(execFileSync('openssl', ['verify', '-CAfile', authority.rootPath, '-untrusted', join(keys, 'intermediates.pem'), join(keys, 'people', 'rui@example.org.pem')], { encoding: 'utf8' })).toContain(': OK')
  expect((await muster(['key', 'list', '-w', 'brought', '--json'])).json()).toMatchObject({ way: 'imported', formerRoots: [], root: { fingerprint: authority.rootFingerprint } })
  expect((await muster(['log', 'check', '-w', 'brought'])).exit).toBe(0)
})

witnessTest('a PKCS#12 file encrypted as in former times is refused with the command that converts it, and what that makes is taken', ['openssl'], async () => {
  const openssl = (...parameters: string[]): string => execFileSync('openssl', parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  openssl('pkcs12', '-in', 'people.p12', '-passin', 'pass:from the safe', '-nodes', '-out', 'plain.pem')
  const tripleDes = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']
  for (const old of [['-legacy'], tripleDes, ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'NONE']]) {
    openssl('pkcs12', '-export', ...old, '-in', 'plain.pem', '-passout', 'pass:former', '-out', 'former.p12')
    const refused = await init('former', '--root-file', 'former.p12').then(() => muster(['init', 'former', '--officer', officer, '--root-file', 'former.p12'], { MUSTER_FILE_PASSPHRASE: 'former' }))
    expect([refused.exit, refused.err], old.join(' ')).toEqual([2, expect.stringContaining('"openssl pkcs12 -legacy -in FILE -out authority.pem"')])
    openssl('pkcs12', '-legacy', '-in', 'former.p12', '-out', 'authority.pem', '-passin', 'pass:former', '-passout', 'pass:converted')
    const taken = await muster(['init', 'former', '--officer', officer, '--root-file', 'authority.pem'], { MUSTER_FILE_PASSPHRASE: 'converted' })
    expect([taken.err, taken.out]).toEqual(['', expect.stringContaining(authority.rootFingerprint)])
  }
  // A key that lies open asks for no passphrase.
  expect((await init('former', '--root-file', 'plain.pem')).out).toContain(authority.rootFingerprint)
})

witnessTest('a workspace that waits for its authority reads sources, signs nothing and says where to go on; the answer makes it whole', ['openssl'], async () => {
  const made = await init('asking', '--request', 'olga.csr')
  expect(made.err).toBe('')
  expect(made.out).toContain('Until its answer is here nobody can sign')
  const inside = (...argv: readonly string[]): Promise<Ran> => muster([...argv, '-w', 'asking'])
  await writeFile(join(folder, 'people.csv'), 'Worker ID,Status,First Name,Last Name,Email,Job Title,Department,Manager ID,Hire Date,Termination Date\n100,Active,Mira,Okafor,mira@small.example,Head,Finance,,2015-01-05,\n')
  expect((await inside('source', 'add', 'hr', 'people.csv', '--kind', 'hr')).exit).toBe(0)
  expect((await inside('sync')).exit).toBe(0)
  for (const argv of [['checkpoint'], ['key', 'take', 'rui@example.org', 'olga.csr']]) expect((await inside(...argv)).exit, argv.join(' ')).toBe(2)
  expect((await inside('checkpoint')).err).toContain(`is not here yet. Nothing was signed; the compliance officer takes its answer in under Settings, Keys and people, or with "muster key take ${officer} FILE"`)
  expect((await inside('enrol', 'rui@example.org')).err).toContain('muster key request rui@example.org')
  expect((await inside('key', 'list')).out).toMatch(/requested +olga@example.org/)
  const waiting = await inside('status')
  expect(waiting.out).toMatch(/NOBODY CAN SIGN HERE YET[^]*certificate awaited +olga@example.org, since /)

  await writeFile(join(folder, 'olga.p7b'), await authority.certify(await readFile(join(folder, 'olga.csr'), 'utf8')))
  const unnamed = await inside('key', 'take', officer, 'olga.p7b')
  expect(unnamed.err).toContain(authority.rootFingerprint)
  const taken = await inside('key', 'take', officer, 'olga.p7b', '--fingerprint', authority.rootFingerprint)
  expect([taken.exit, taken.err]).toEqual([0, ''])
  expect((await inside('checkpoint')).exit).toBe(0)
  expect((await inside('log', 'check')).exit).toBe(0)
  expect((await inside('key', 'list', '--json')).json()).toMatchObject({ way: 'elsewhere', requests: [], formerRoots: [], root: { fingerprint: authority.rootFingerprint } })
  expect((await inside('status')).out).not.toMatch(/NOBODY CAN SIGN|certificate awaited/)
})

witnessTest('who does not wait any more makes a root here after all, with the key that was requested', ['openssl'], async () => {
  expect((await init('impatient', '--request', 'late.csr')).exit).toBe(0)
  expect((await init('other', '--request', 'late.csr')).err).toContain('is there already. Nothing was made.')
  expect(existsSync(join(folder, 'other'))).toBe(false)
  const renew = (env: Readonly<Record<string, string>>): Promise<Ran> =>
    muster(['key', 'root', 'renew', '--reason', 'Our authority does not answer', '-w', 'impatient'], { MUSTER_WORKSPACE_PASSPHRASE: secret, MUSTER_ROOT_PASSPHRASE: 'the root alone', ...env })
  expect((await renew({ MUSTER_PASSPHRASE: 'not this one' })).err).toContain('does not open the key a certificate was requested for')
  expect((await renew({})).err).toBe('')
  expect((await muster(['key', 'list', '-w', 'impatient', '--json'])).json()).toMatchObject({ way: 'made', requests: [], formerRoots: [], people: [{ certificate: { standing: 'stands' } }] })
  expect((await muster(['checkpoint', '-w', 'impatient'])).exit).toBe(0)
  expect((await muster(['log', 'check', '-w', 'impatient'])).exit).toBe(0)
})
