import { chmod, cp, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decryptKey, encryptKey } from '../../../src/main/reports/signing/key-envelope.ts'
import { fileNameOf, personPaths, rootPaths } from '../../../src/main/reports/signing/key-files.ts'
import { createOrganisationRoot, enrolPerson, unlockSigner } from '../../../src/main/reports/signing/signer.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'

const COST = 2 ** 15
const options = { passphrase: 'open', now: new Date(), cost: COST }

test('a key opens with its passphrase only, in whatever Unicode form it is typed', async () => {
  const envelope = await encryptKey(Buffer.from('secret key'), 'Zürich', COST)
  expect(await decryptKey(envelope, 'Zu\u0308rich')).toMatchObject({ ok: true, key: Buffer.from('secret key') })
  expect(await decryptKey(envelope, 'zürich')).toEqual({ ok: false, reason: 'wrong-passphrase' })
  expect(JSON.stringify(envelope)).not.toContain('secret key')
})

test('an envelope whose parameters were changed does not open, and one that asks for endless memory is not tried', async () => {
  const envelope = await encryptKey(Buffer.from('secret key'), 'open', COST)
  const doubled = { ...envelope, kdf: { ...envelope.kdf, cost: COST * 2 } }
  expect(await decryptKey(doubled, 'open')).toEqual({ ok: false, reason: 'wrong-passphrase' })
  for (const cost of [2 ** 30, 40_000, 2, -1]) {
    expect(await decryptKey({ ...envelope, kdf: { ...envelope.kdf, cost } }, 'open')).toEqual({ ok: false, reason: 'damaged-key' })
  }
  const shortTag = { ...envelope, cipher: { ...envelope.cipher, tag: 'AAAA' } }
  expect(await decryptKey(shortTag, 'open')).toEqual({ ok: false, reason: 'damaged-key' })
  expect(await decryptKey('nonsense', 'open')).toEqual({ ok: false, reason: 'damaged-key' })
})

test('an enrolled person can sign; wrong passphrase, stranger and mixed-up files are told apart as data', async () => {
  const folder = await temporaryFolder()
  const { keysFolder, signerOf } = await createTestOrganisation(folder)
  await signerOf('anna@example.com')
  await signerOf('ben@example.com')
  expect(await unlockSigner(keysFolder, 'Anna@Example.com', 'open')).toMatchObject({ ok: true })
  expect(await unlockSigner(keysFolder, 'anna@example.com', 'shut')).toEqual({ ok: false, reason: 'wrong-passphrase' })
  expect(await unlockSigner(keysFolder, 'nobody@example.com', 'open')).toEqual({ ok: false, reason: 'no-key' })
  await cp(personPaths(keysFolder, 'ben@example.com').key, personPaths(keysFolder, 'anna@example.com').key)
  expect(await unlockSigner(keysFolder, 'anna@example.com', 'open')).toEqual({ ok: false, reason: 'damaged-key' })
  await writeFile(personPaths(keysFolder, 'ben@example.com').key, '{ half')
  expect(await unlockSigner(keysFolder, 'ben@example.com', 'open')).toEqual({ ok: false, reason: 'damaged-key' })
})

test('a root and a person are never overwritten, and enrolling needs the root\'s passphrase', async () => {
  const { keysFolder, signerOf } = await createTestOrganisation(await temporaryFolder())
  await signerOf('anna@example.com')
  const before = await readFile(rootPaths(keysFolder).certificate, 'utf8')
  expect(await createOrganisationRoot(keysFolder, 'Other', options)).toEqual({ ok: false, reason: 'already-enrolled' })
  const person = { email: 'anna@example.com', name: 'Anna', role: 'reviewer' } as const
  expect(await enrolPerson(keysFolder, person, 'open', options)).toEqual({ ok: false, reason: 'already-enrolled' })
  const other = { ...person, email: 'c@example.com' }
  expect(await enrolPerson(keysFolder, other, 'shut', options)).toEqual({ ok: false, reason: 'wrong-passphrase' })
  expect(await readFile(rootPaths(keysFolder).certificate, 'utf8')).toBe(before)
})

test('key files are readable by their owner only, and no draft is left behind', async () => {
  const { keysFolder } = await createTestOrganisation(await temporaryFolder())
  const names = await readdir(keysFolder, { recursive: true })
  const officer = join('people', 'officer@example.com')
  expect(names.sort()).toEqual(['people', `${officer}.key.json`, `${officer}.pem`, 'root.key.json', 'root.pem'])
  if (process.platform === 'win32') return
  for (const name of names.filter((one) => one !== 'people')) expect((await stat(join(keysFolder, name))).mode & 0o777).toBe(0o600)
})

test('a folder that cannot be written is an error, and nothing half-written stays', async ({ skip }) => {
  const folder = await temporaryFolder()
  if (process.platform === 'win32' || process.getuid?.() === 0) skip('only an ordinary user on a POSIX system is refused by file modes')
  await chmod(folder, 0o500)
  await expect(createOrganisationRoot(folder, 'Example', options)).rejects.toThrow(/EACCES/)
  expect(await readdir(folder)).toEqual([])
})

test.each(['../../etc/passwd', '..', '.hidden@example.com', 'a/b@example.com', 'a\\b', 'CON', 'x'.repeat(300), 'jörg@example.com', ''])(
  'the address %j becomes a plain file name inside the folder',
  (email) => {
    const name = fileNameOf(email)
    expect(name).toMatch(/^[a-z0-9@_-][a-z0-9@._-]{0,119}$/)
    expect(name).not.toContain('..')
  },
)

test('addresses that would share a file name do not', () => {
  expect(fileNameOf('a/b@example.com')).not.toBe(fileNameOf('a_b@example.com'))
  expect(fileNameOf('a/b@example.com')).not.toBe(fileNameOf('a:b@example.com'))
})
