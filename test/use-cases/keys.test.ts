import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openSecret } from '../../src/main/reports/signing/enrolment.ts'
import { revocationListPem } from '../../src/main/reports/signing/revocation.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, tom, type TestWorkspace } from '../support/workspace-builder.ts'
import { verifyBoth } from '../support/verify-both.ts'

let place: string
let template: string
let campaign: number
let copies = 0

// Mia signed off her items; the campaign is still running.
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  const workspace = await buildWorkspace(template, { enrolled: [mia, ada] })
  campaign = await launch(workspace.officer, specOf('Quarter', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
  await decideAndSign(workspace, mia)
  await workspace.close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function workspace(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

async function decideAndSign({ as }: TestWorkspace, email: string, secret = passphrase): Promise<void> {
  const client = await as(email)
  for (const { itemId, state } of (await client.review.queue({ campaign })).items) if (state === 'undecided') await client.review.decide({ itemId, outcome: 'keep' })
  await client.review.signOff({ campaign, passphrase: secret })
}

const rotation = { why: 'replaced', reason: 'two years old', officerPassphrase: passphrase } as const

test('a key replaced between a sign-off and the seal: both signatures stand, in both verifiers, and openssl knows the revoked certificate', async () => {
  const opened = await workspace()
  const { officer, folder } = opened
  const before = (await officer.keys.show()).people.find(({ email }) => email === mia)?.certificate?.fingerprint ?? ''
  const { fingerprint } = await officer.keys.replace({ ...rotation, email: mia, passphrase: 'another passphrase' })
  expect(fingerprint).not.toBe(before)
  for (const email of [ada, olga]) await decideAndSign(opened, email)
  await officer.campaigns.close({ campaign })
  const { path } = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(await officer.evidence.verify({ bundle: path })).toMatchObject({ isValid: true })
  const root = join(folder, 'keys', 'root.pem')
  const checks = await verifyBoth(path, { rootPem: await readFile(root, 'utf8') })
  expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])

  const list = await revocationListPem(join(folder, 'keys'))
  const crl = join(folder, 'crl-out.pem')
  await writeFile(crl, list ?? '')
  const openssl = (...parameters: string[]): string => {
    try {
      return execFileSync('openssl', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    } catch (error) {
      return String((error as { stdout: string; stderr: string }).stdout) + String((error as { stderr: string }).stderr)
    }
  }
  expect(openssl('crl', '-in', crl, '-CAfile', root, '-noout', '-text')).toMatch(/Superseded/)
  const retired = join(folder, 'keys', 'retired', `${before}.pem`)
  const current = join(folder, 'keys', 'people', `${mia}.pem`)
  expect(openssl('verify', '-CAfile', root, '-CRLfile', crl, '-crl_check', retired)).toMatch(/certificate revoked/)
  expect(openssl('verify', '-CAfile', root, '-CRLfile', crl, '-crl_check', current)).toMatch(/: OK/)
})

test('the new key signs with the new passphrase only, and the log check holds', async () => {
  const opened = await workspace()
  const { officer, as } = opened
  await officer.keys.replace({ ...rotation, email: ada, passphrase: 'another passphrase' })
  const client = await as(ada)
  for (const { itemId } of (await client.review.queue({ campaign })).items) await client.review.decide({ itemId, outcome: 'keep' })
  await expect(client.review.signOff({ campaign, passphrase })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  await client.review.signOff({ campaign, passphrase: 'another passphrase' })
  expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
})

test('a revoked person cannot sign until enrolled again; their private key is gone, their certificate is kept', async () => {
  const { officer, as, folder } = await workspace()
  const { fingerprint } = await officer.keys.revoke({ email: ada, why: 'lost', reason: 'notebook stolen', officerPassphrase: passphrase })
  const client = await as(ada)
  const [item] = (await client.review.queue({ campaign })).items
  await client.review.decide({ itemId: item?.itemId ?? 0, outcome: 'keep' })
  await expect(client.review.signOff({ campaign, passphrase })).rejects.toThrow(/no signing key/)
  expect((await readdir(join(folder, 'keys', 'people'))).filter((name) => name.startsWith(ada))).toEqual([])
  expect(await readdir(join(folder, 'keys', 'retired'))).toEqual([`${fingerprint}.pem`])
  await officer.workspace.enrol({ email: ada, name: 'Ada', roles: ['reviewer'], passphrase, officerPassphrase: passphrase })
  await client.review.signOff({ campaign, passphrase })
  const { revoked, custody, people } = await officer.keys.show()
  expect(revoked).toMatchObject([{ why: 'lost' }])
  expect(people.find(({ email }) => email === ada)?.certificate?.fingerprint).not.toBe(fingerprint)
  expect(custody.slice(0, 3).map(({ kind, person }) => [kind, person])).toEqual([['person-enrolled', ada], ['revocation-list-changed', null], ['key-revoked', ada]])
  expect(custody[2]?.detail).toContain('notebook stolen')
})

test('a change that is refused leaves every key as it was', async () => {
  const { officer, as, folder } = await workspace()
  const before = await readdir(join(folder, 'keys'), { recursive: true })
  const { events } = await officer.workspace.status()
  await expect(officer.keys.replace({ ...rotation, email: ada, passphrase: 'another passphrase', officerPassphrase: 'wrong' })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  await expect(officer.keys.replace({ ...rotation, email: ada, passphrase: 'short' })).rejects.toThrow(/8 characters/)
  await expect(officer.keys.revoke({ ...rotation, email: olga })).rejects.toThrow(/nobody could sign/)
  await expect(officer.keys.revoke({ ...rotation, email: tom })).rejects.toThrow(/no signing key/)
  await expect((await as(mia)).keys.revoke({ ...rotation, email: ada })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect((await as(mia)).keys.changePassphrase({ of: 'root', current: passphrase, next: 'another passphrase' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(officer.keys.changePassphrase({ of: 'own', current: 'wrong one', next: 'another passphrase' })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  expect(await readdir(join(folder, 'keys'), { recursive: true })).toEqual(before)
  expect((await officer.workspace.status()).events).toBe(events)
})

test('a passphrase is changed without changing the key; the root has its own', async () => {
  const { officer, folder } = await workspace()
  await finish(await officer.packets.write({ campaign, reviewers: [ada], out: join(folder, 'out'), expiresOn: '2099-12-31', passphrase }))
  await officer.keys.changePassphrase({ current: passphrase, next: 'another passphrase' })
  // What opens the answers to her packets is under the new passphrase too.
  const [file = ''] = await readdir(join(folder, 'keys', 'exchange'))
  const { envelope } = JSON.parse(await readFile(join(folder, 'keys', 'exchange', file), 'utf8')) as { envelope: unknown }
  expect(await openSecret(envelope, passphrase)).toBeUndefined()
  expect(await openSecret(envelope, 'another passphrase')).toMatch(/^AGE-SECRET-KEY-/)
  await expect(officer.keys.checkpoint({ passphrase })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  const signed = await officer.keys.checkpoint({ passphrase: 'another passphrase' })
  expect(signed.size).toBe((await officer.workspace.status()).events)
  await officer.keys.changePassphrase({ of: 'root', current: passphrase, next: 'the root alone' })
  await officer.keys.replace({ ...rotation, email: ada, passphrase, officerPassphrase: 'the root alone' })
  expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
})

test('a rotation cut off before it was recorded is done again, and both former certificates are revoked', async () => {
  const { officer, folder, app } = await workspace()
  const { replaceKey } = await import('../../src/main/reports/signing/change-keys.ts')
  await replaceKey(join(folder, 'keys'), { email: ada, name: 'Ada', role: 'reviewer' }, passphrase, { passphrase, now: new Date(), why: 'replaced' })
  await officer.keys.replace({ ...rotation, email: ada, passphrase: 'another passphrase' })
  expect((await officer.keys.show()).revoked).toHaveLength(2)
  expect(app).toBeDefined()
})

test('closing signs what was recorded since, where an officer had opened their key; a reviewer\'s key signs nothing of others', async () => {
  const folder = await copyWorkspace(template, join(place, `copy-${copies++}`))
  const open = async (email: string, work: (opened: TestWorkspace) => Promise<void>): Promise<{ events: number; signed: number | null }> => {
    const opened = await openWorkspace(folder)
    await decideAndSign(opened, email)
    await work(opened)
    await opened.close()
    const again = await openWorkspace(folder)
    const { events, lastCheckpointSize } = await again.officer.workspace.status()
    expect(await again.officer.evidence.checkLog()).toMatchObject({ isValid: true })
    await again.close()
    return { events, signed: lastCheckpointSize }
  }
  const more = ({ officer }: TestWorkspace): Promise<void> => officer.policies.setSodRules({ rules: [] }).then(() => undefined)
  const reviewer = await open(ada, more)
  expect(reviewer.signed).toBe(reviewer.events - 1)
  const officer = await open(olga, more)
  expect(officer.signed).toBe(officer.events)
})
