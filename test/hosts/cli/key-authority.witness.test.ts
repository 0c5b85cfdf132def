// The key commands of a running workspace, as a person types them; openssl plays the organisation's own authority.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { openOpensslAuthority, type OpensslAuthority } from '../../support/openssl-authority.ts'
import { runWitness, witnessTest } from '../../support/witness-tools.ts'
import { realDoors, runCommand, type Ran } from '../run-command.ts'

let folder: string
let authority: OpensslAuthority

const [olga, rui] = ['olga@example.org', 'rui@example.org']
const first = 'officer says so'
const muster = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => runCommand(argv, realDoors, {
  cwd: folder, env: { MUSTER_WORKSPACE: join(folder, 'w'), MUSTER_PASSPHRASE: first, MUSTER_OFFICER_PASSPHRASE: first, ...env },
})
const save = (name: string, content: string | Uint8Array): Promise<void> => writeFile(join(folder, name), content)
const keys = async (): Promise<{ root: { fingerprint: string }; way: string; people: { email: string; certificate: { fingerprint: string; standing: string } | null }[]; revoked: { why: string }[] }> =>
  (await muster(['key', 'list', '--json'])).json() as never

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-keys-'))
  authority = await openOpensslAuthority(join(folder, 'authority'), 'ec')
  // The files are left open here: what is told apart is keys, and each command saves a second.
  await muster(['init', 'w', '--officer', olga, '--name', 'Keys & Co', '--no-encryption'])
  await muster(['enrol', rui], { MUSTER_PASSPHRASE: 'rui says so' })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

witnessTest('key replace and key passphrase: a new key under a new passphrase, refused without the root\'s; the former one is on the list openssl reads', ['openssl'], async () => {
  const before = (await keys()).people.find(({ email }) => email === rui)?.certificate?.fingerprint
  const replace = (env: Readonly<Record<string, string>>): Promise<Ran> => muster(['key', 'replace', rui, '--why', 'lost', '--reason', 'forgotten'], { MUSTER_PASSPHRASE: 'rui says anew', ...env })
  expect((await replace({ MUSTER_OFFICER_PASSPHRASE: 'not the root' })).err).toContain('does not open the organisation\'s root key. Nothing was changed.')
  expect((await replace({ MUSTER_PASSPHRASE: 'short' })).err).toContain('at least 8 characters')
  expect((await replace({})).out).toContain(`${rui} signs with a new key.`)
  const now = await keys()
  expect([now.people.find(({ email }) => email === rui)?.certificate?.fingerprint === before, now.revoked.map(({ why }) => why)]).toEqual([false, ['lost']])
  await save('own.crl', (await muster(['key', 'crl'])).out)
  expect(runWitness('openssl', ['crl', '-in', join(folder, 'own.crl'), '-CAfile', join(folder, 'w', 'keys', 'root.pem'), '-noout', '-text']).output).toMatch(/verify OK[^]*Cessation Of Operation|Revoked Certificates/)

  const change = (env: Readonly<Record<string, string>>): Promise<Ran> => muster(['key', 'passphrase', '--as', rui], env)
  expect((await change({ MUSTER_OFFICER_PASSPHRASE: 'rui says so', MUSTER_PASSPHRASE: 'rui says thrice' })).err).toContain('The current passphrase is not this one.')
  expect((await change({ MUSTER_OFFICER_PASSPHRASE: 'rui says anew', MUSTER_PASSPHRASE: 'rui says thrice' })).out).toContain('the key is the same')
})

witnessTest('key root renew and import: everybody is certified anew; a wrong file, passphrase, fingerprint or a missing reason changes nothing', ['openssl'], async () => {
  const root = (await keys()).root.fingerprint
  await save('people.p12', await authority.handOver('from the safe'))
  await save('nothing.p12', 'nothing of use')
  await save('root-alone.pem', authority.rootPem)
  const bring = (file: string, more: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    muster(['key', 'root', 'import', file, ...more], { MUSTER_FILE_PASSPHRASE: 'from the safe', MUSTER_ROOT_PASSPHRASE: 'the root alone', ...env })
  const named = ['--fingerprint', authority.rootFingerprint, '--reason', 'From the key ceremony']
  const refusals: readonly (readonly [() => Promise<Ran>, RegExp])[] = [
    [() => bring('missing.p12'), /missing\.p12 cannot be read/],
    [() => bring('nothing.p12'), /cannot be read: it is damaged, or no PKCS#12 or PEM file/],
    [() => bring('root-alone.pem'), /holds no private key/],
    [() => bring('people.p12', [], { MUSTER_FILE_PASSPHRASE: 'wrong' }), /does not open the file/],
    [() => bring('people.p12', ['--fingerprint', 'ab'.repeat(32), '--reason', 'x']), /another fingerprint/],
    [() => bring('people.p12', named, { MUSTER_PASSPHRASE: 'wrong' }), /does not open the key of olga/],
  ]
  for (const [ran, sentence] of refusals) expect((await ran()).err).toMatch(sentence)
  expect((await bring('people.p12')).out).toContain('Nothing was changed. Compare the fingerprint')
  expect((await keys()).root.fingerprint).toBe(root)
  expect((await bring('people.p12', named)).out).toMatch(/certified anew +.*olga@example.org/)
  expect((await keys()).root.fingerprint).toBe(authority.rootFingerprint)
  const renewed = await muster(['key', 'root', 'renew', '--reason', 'its passphrase was lost'], { MUSTER_ROOT_PASSPHRASE: first })
  expect(renewed.out).toContain('The organisation\'s root is replaced')
  expect((await muster(['log', 'check'])).exit).toBe(0)
})

witnessTest('key request, take and take-list: each answer that would not hold later is refused in a sentence, then the right one is taken', ['openssl'], async () => {
  const request = async (email: string, secret: string): Promise<string> => {
    expect((await muster(['key', 'request', email, '--out', `${email}.csr`], { MUSTER_PASSPHRASE: secret })).out).toContain('SHA-256 of the request')
    return readFile(join(folder, `${email}.csr`), 'utf8')
  }
  const take = (file: string, more: readonly string[] = [], secret = 'for the new key'): Promise<Ran> =>
    muster(['key', 'take', olga, file, '--fingerprint', authority.rootFingerprint, '--reason', 'The group\'s PKI', ...more], { MUSTER_PASSPHRASE: secret })
  const csr = await request(olga, 'for the new key')
  expect((await muster(['key', 'request', olga, '--out', `${olga}.csr`])).err).toContain('is there already')
  const again = await request(rui, 'rui in the new world')
  // The second request for Olga replaced the first; the key of that one is gone with it.
  expect((await take('nothing.p12')).err).toContain('holds no certificate')
  await save('former.p7b', await authority.certify(csr))
  expect((await take('former.p7b')).err).toContain('None of the certificates is for the key')
  await rm(join(folder, `${olga}.csr`))
  const mine = await request(olga, 'for the new key')
  const usual = `keyUsage=digitalSignature\nsubjectAltName=email:${olga}\n`
  const both = 'extendedKeyUsage=1.3.6.1.5.5.7.3.36,emailProtection\n'
  await save('rui.p7b', await authority.certify(again))
  await save('one-purpose.pem', await authority.certify(mine, { extensions: `${usual}extendedKeyUsage=1.3.6.1.5.5.7.3.36` }))
  await save('no-chain.pem', (await authority.certify(mine)).split(/(?<=-----END CERTIFICATE-----\n)/)[0] ?? '')
  await save('other-person.pem', await authority.certify(mine, { extensions: `keyUsage=digitalSignature\n${both}subjectAltName=email:mallory@example.org` }))
  await save('expired.pem', await authority.certify(mine, { days: -1 }))
  const elsewhere = await openOpensslAuthority(join(folder, 'elsewhere'), 'ec')
  await save('other-root.pem', await elsewhere.certify(mine))
  const refusals: readonly (readonly [string, RegExp])[] = [
    ['rui.p7b', /None of the certificates is for the key that was made for olga/], ['one-purpose.pem', /both extended key usages/], ['no-chain.pem', /whole chain/],
    ['other-person.pem', /does not name olga/], ['expired.pem', /not valid today/], ['other-root.pem', /another fingerprint than the one you compared with/],
  ]
  for (const [file, sentence] of refusals) expect((await take(file)).err, file).toMatch(sentence)
  await save('olga.p7b', await authority.certify(mine))
  expect((await take('olga.p7b', [], 'not this one')).err).toContain('it is the one given with the request')
  expect((await keys()).way).toBe('made')
  const taken = await muster(['key', 'take', olga, 'olga.p7b', '--fingerprint', authority.rootFingerprint, '--reason', 'The group\'s PKI'], { MUSTER_PASSPHRASE: 'for the new key', MUSTER_FORMER_PASSPHRASE: first })
  expect([taken.exit, taken.err]).toEqual([0, ''])
  expect((await keys()).way).toBe('elsewhere')
  const officers = { MUSTER_PASSPHRASE: 'for the new key' }
  expect((await muster(['key', 'take', rui, 'rui.p7b'], officers)).out).toContain(`${rui} signs with a certificate of`)

  await save('empty.crl', await authority.revocationList())
  await save('foreign.crl', await elsewhere.revocationList())
  expect((await muster(['key', 'take-list', 'olga.p7b'])).err).toContain('no revocation list')
  expect((await muster(['key', 'take-list', 'foreign.crl'])).err).toContain('not signed by')
  expect((await muster(['key', 'take-list', 'empty.crl'])).out).toContain('Certificates revoked: 0')
  await authority.revoke(await readFile(join(folder, 'w', 'keys', 'people', `${rui}.pem`), 'utf8'))
  await save('full.crl', await authority.revocationList())
  expect((await muster(['key', 'take-list', 'full.crl'])).out).toContain('Certificates revoked: 1')
  expect((await keys()).people.find(({ email }) => email === rui)?.certificate?.standing).toBe('revoked')
  expect((await muster(['log', 'check'])).exit).toBe(0)
})
