// The organisation's own authority instead of a root made here. openssl plays it, and with pdfsig looks at what is sealed under it.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { base64, openOpensslAuthority, type OpensslAuthority } from '../support/openssl-authority.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, type Client, type TestWorkspace } from '../support/workspace-builder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'
import { runWitness, witnessTest } from '../support/witness-tools.ts'

let place: string
let template: string
let campaign: number
let authority: OpensslAuthority
let copies = 0

// Mia signed off under the root made here; Ada and Olga have not.
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  authority = await openOpensslAuthority(join(place, 'authority'))
  const workspace = await buildWorkspace(template, { enrolled: [mia, ada] })
  campaign = await launch(workspace.officer, specOf('Quarter', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
  await decideAndSign(await workspace.as(mia))
  await workspace.close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function workspace(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

async function decideAndSign(client: Client, secret = passphrase): Promise<void> {
  for (const { itemId, state } of (await client.review.queue({ campaign })).items) if (state === 'undecided') await client.review.decide({ itemId, outcome: 'keep' })
  await client.review.signOff({ campaign, passphrase: secret })
}

const ask = (officer: Client, email: string, secret = 'a new passphrase') =>
  officer.keys.requestCertificate({ email, name: 'Somebody', roles: email === olga ? ['officer'] : ['reviewer'], passphrase: secret })

async function adopt(officer: Client): Promise<void> {
  const { request } = await ask(officer, olga)
  const content = base64(await authority.certify(request))
  await officer.keys.importCertificate({ email: olga, content, passphrase: 'a new passphrase', rootFingerprint: authority.rootFingerprint, reason: 'The group\'s PKI from now on' })
}

witnessTest('a request goes out, certificates of the organisation\'s own authority come in, and what is sealed leads to its root for openssl, pdfsig and both verifiers', ['openssl', 'pdfsig', 'certutil'], async () => {
  const { officer, as, folder } = await workspace()
  const formerRoot = await readFile(join(folder, 'keys', 'root.pem'), 'utf8')
  const { request } = await ask(officer, olga)
  expect(runWitness('sh', ['-c', `printf '%s' '${request}' | openssl req -verify -noout -text`]).output).toMatch(/OU\s*=\s*officer/)
  const content = base64(await authority.certify(request))
  const shown = await officer.keys.readCertificate({ email: olga, content })
  expect(shown).toMatchObject({ rootFingerprint: authority.rootFingerprint, isOtherRoot: true })
  await expect(officer.keys.importCertificate({ email: olga, content, passphrase: 'a new passphrase' })).rejects.toThrow(new RegExp(authority.rootFingerprint))
  await officer.keys.importCertificate({ email: olga, content, passphrase: 'a new passphrase', rootFingerprint: authority.rootFingerprint, reason: 'The group\'s PKI from now on' })

  await expect(decideAndSign(await as(ada))).rejects.toThrow(/former root.*muster key request/)
  const ofAda = await ask(officer, ada, 'ada\'s passphrase')
  await officer.keys.importCertificate({ email: ada, content: base64(await authority.certify(ofAda.request)), passphrase: 'a new passphrase' })
  await decideAndSign(await as(ada), 'ada\'s passphrase')
  await decideAndSign(officer, 'a new passphrase')
  await officer.campaigns.close({ campaign })
  const { path } = await finish(await officer.evidence.seal({ campaign, passphrase: 'a new passphrase' }))

  expect(await officer.evidence.verify({ bundle: path })).toMatchObject({ isValid: true })
  expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
  // Mia signed before: with the present root alone that is told, with the former one beside it all holds.
  expect(failed(await verifyBoth(path, { rootPem: authority.rootPem }))).toEqual(['sign-offs'])
  expect(failed(await verifyBoth(path, { rootPem: authority.rootPem + formerRoot }))).toEqual([])
  expect(await readFile(join(path, 'VERIFY.txt'), 'utf8')).toContain('The organisation replaced its root')
  expect((await readdir(join(path, 'certs'))).toSorted()).toEqual(['former-roots.pem', 'intermediates.pem', 'people', 'root.pem'])
  const cms = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', join(path, 'manifest.p7s'), '-content', join(path, 'manifest.json'), '-out', '/dev/null']
  expect(runWitness('openssl', [...cms, '-CAfile', authority.rootPath]).status).toBe(0)
  const nss = join(folder, 'nss')
  runWitness('sh', ['-c', `mkdir '${nss}' && certutil -N -d 'sql:${nss}' --empty-password && certutil -A -d 'sql:${nss}' -n root -t CT,CT,CT -i '${authority.rootPath}'`])
  const { output } = runWitness('pdfsig', ['-nssdir', `sql:${nss}`, join(path, 'report.pdf')])
  for (const sentence of ['Signature is Valid.', 'Certificate is Trusted.', 'Total document signed']) expect(output).toContain(sentence)

  const { way, formerRoots, custody, requests } = await officer.keys.show()
  expect({ way, formers: formerRoots.length, requests }).toEqual({ way: 'elsewhere', formers: 1, requests: [] })
  expect(custody.slice(0, 4).map(({ kind, person }) => [kind, person])).toEqual([
    ['certificate-imported', ada], ['certificate-requested', ada], ['certificate-imported', olga], ['root-adopted', null],
  ])
  await expect(officer.workspace.enrol({ email: 'new@example.com', name: 'New', roles: ['reviewer'], passphrase, officerPassphrase: passphrase })).rejects.toThrow(/own authority.*muster key request/)
  await expect(officer.keys.replace({ email: ada, why: 'replaced', reason: 'old', passphrase, officerPassphrase: passphrase })).rejects.toThrow(/own authority/)
  expect((await readdir(join(folder, 'keys'))).includes('root.key.json')).toBe(false)
})

witnessTest('a certificate that would not hold later is refused with what to ask the authority for, and nothing is changed', ['openssl'], async () => {
  const { officer, folder } = await workspace()
  const { request } = await ask(officer, olga)
  const before = await readdir(join(folder, 'keys'), { recursive: true })
  const { events } = await officer.workspace.status()
  const whole = await authority.certify(request)
  const [own = ''] = whole.split(/(?<=-----END CERTIFICATE-----\n)/)
  const other = await (await openOpensslAuthority(join(place, 'elsewhere'), 'ec')).certify((await ask(officer, ada)).request)
  const usual = 'keyUsage=digitalSignature\n'
  const both = 'extendedKeyUsage=1.3.6.1.5.5.7.3.36,emailProtection\n'
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', 'no certificate at all', /holds no certificate/],
    ['somebody else\'s key', other, /None of the certificates is for the key/],
    ['no chain', own, /whole chain/],
    ['one purpose', await authority.certify(request, { extensions: `${usual}extendedKeyUsage=1.3.6.1.5.5.7.3.36\nsubjectAltName=email:${olga}` }), /both extended key usages/],
    ['no purpose named', await authority.certify(request, { extensions: `${usual}subjectAltName=email:${olga}` }), /both extended key usages/],
    ['no signatures', await authority.certify(request, { extensions: `keyUsage=keyEncipherment\n${both}subjectAltName=email:${olga}` }), /digital signatures/],
    ['another person', await authority.certify(request, { extensions: `${usual}${both}subjectAltName=email:mallory@example.com` }), /does not name olga/],
    ['another role', await authority.certify(request, { subject: '/O=Harbourline/OU=reviewer/CN=Olga' }), /OU=officer/],
    ['an authority', await authority.certify(request, { extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign' }), /authority's, not a person's/],
  ]
  for (const [name, content, sentence] of cases) {
    await expect(officer.keys.importCertificate({ email: olga, content: base64(content), passphrase: 'a new passphrase', rootFingerprint: authority.rootFingerprint, reason: 'x' }), name).rejects.toThrow(sentence)
  }
  const good = { email: olga, content: base64(whole), passphrase: 'a new passphrase', rootFingerprint: authority.rootFingerprint, reason: 'x' }
  await expect(officer.keys.importCertificate({ ...good, rootFingerprint: 'ab'.repeat(32) })).rejects.toThrow(/another fingerprint/)
  await expect(officer.keys.importCertificate({ ...good, passphrase })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  await expect(officer.keys.importCertificate({ ...good, reason: ' ' })).rejects.toThrow(/Say why/)
  const forAda = { ...good, email: ada, content: base64(await authority.certify((await ask(officer, ada)).request)), passphrase }
  await expect(officer.keys.importCertificate(forAda)).rejects.toThrow(/has to be your own/)
  await expect(officer.keys.importCertificate({ ...good, email: 'nobody@example.com' })).rejects.toThrow(/No certificate was requested/)
  expect((await readdir(join(folder, 'keys'), { recursive: true })).filter((name) => !name.startsWith('requests'))).toEqual(before.filter((name) => !name.startsWith('requests')))
  // Two requests for Ada are all that happened.
  expect((await officer.workspace.status()).events).toBe(events + 2)
  await officer.keys.checkpoint({ passphrase })
})

witnessTest('its revocation list comes in: whoever is on it cannot sign, an older or a foreign list is refused', ['openssl'], async () => {
  const { officer, folder, as } = await workspace()
  await expect(officer.keys.importRevocationList({ content: base64('x') })).rejects.toThrow(/certifies people itself/)
  await adopt(officer)
  await officer.keys.importCertificate({ email: ada, content: base64(await authority.certify((await ask(officer, ada, passphrase)).request)), passphrase: 'a new passphrase' })
  const empty = await authority.revocationList()
  expect(await officer.keys.importRevocationList({ content: base64(empty) })).toMatchObject({ entries: 0 })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await authority.revoke(await readFile(join(folder, 'keys', 'people', `${ada}.pem`), 'utf8'))
  expect(await officer.keys.importRevocationList({ content: base64(await authority.revocationList()) })).toMatchObject({ entries: 1 })
  await expect(decideAndSign(await as(ada))).rejects.toThrow(/on the revocation list/)
  await expect(officer.keys.importRevocationList({ content: base64(empty) })).rejects.toThrow(/older/)
  const foreign = await (await openOpensslAuthority(join(place, 'foreign'), 'ec')).revocationList()
  await expect(officer.keys.importRevocationList({ content: base64(foreign) })).rejects.toThrow(/not signed by/)
  const { revoked, people, custody } = await officer.keys.show()
  expect(revoked).toMatchObject([{ why: 'compromised' }])
  expect(people.find(({ email }) => email === ada)?.certificate?.standing).toBe('revoked')
  expect(custody[0]).toMatchObject({ kind: 'revocation-list-changed', note: '1' })
})

witnessTest('an authority brought with its key certifies everybody anew for the keys they have; a new root made here does the same', ['openssl'], async () => {
  const { officer, as, folder } = await workspace()
  const file = { content: base64(await authority.handOver('from the safe')), filePassphrase: 'from the safe' }
  const change = { passphrase, rootPassphrase: 'the new root alone', reason: 'From the group\'s key ceremony' }
  await expect(officer.keys.readAuthority({ ...file, filePassphrase: 'wrong' })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  await expect(officer.keys.readAuthority({ ...file, content: base64(authority.rootPem) })).rejects.toThrow(/no private key/)
  const { rootFingerprint } = await officer.keys.readAuthority(file)
  expect(rootFingerprint).toBe(authority.rootFingerprint)
  await expect(officer.keys.importRoot({ ...file, ...change, rootFingerprint: 'ab'.repeat(32) })).rejects.toThrow(/another fingerprint/)
  await expect(officer.keys.importRoot({ ...file, ...change, rootFingerprint, passphrase: 'wrong' })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  const imported = await officer.keys.importRoot({ ...file, ...change, rootFingerprint })
  expect(imported.certified.toSorted()).toEqual([ada, mia, olga].toSorted())
  expect(runWitness('openssl', ['verify', '-CAfile', authority.rootPath, '-untrusted', join(folder, 'keys', 'intermediates.pem'), join(folder, 'keys', 'people', `${ada}.pem`)]).status).toBe(0)
  await decideAndSign(await as(ada))
  await officer.workspace.enrol({ email: 'new@example.com', name: 'New', roles: ['reviewer'], passphrase, officerPassphrase: 'the new root alone' })
  await officer.keys.revoke({ email: 'new@example.com', why: 'left', reason: 'left', officerPassphrase: 'the new root alone' })

  const renewed = await officer.keys.renewRoot({ ...change, reason: 'Its passphrase was lost' })
  expect(renewed.rootFingerprint).not.toBe(imported.rootFingerprint)
  expect((await officer.workspace.session()).workspace.rootFingerprint).toBe(renewed.rootFingerprint)
  await decideAndSign(officer)
  expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
  const { way, revoked, formerRoots } = await officer.keys.show()
  expect({ way, revoked, formerRoots: formerRoots.length }).toEqual({ way: 'made', revoked: [], formerRoots: 2 })
})

witnessTest('a root taken in but not recorded, because the process died, is recorded when it is done again', ['openssl'], async () => {
  const opened = await workspace()
  const { officer, folder } = opened
  const { request } = await ask(officer, olga)
  const content = base64(await authority.certify(request))
  const { readIssued, installIssued } = await import('../../src/main/reports/signing/certificate-request.ts')
  const issued = await readIssued(join(folder, 'keys'), { email: olga, name: 'Olga', role: 'officer' }, Buffer.from(content, 'base64'), new Date())
  if (!issued.ok) throw new Error(issued.reason)
  await installIssued(join(folder, 'keys'), olga, issued)
  await officer.keys.importCertificate({ email: olga, content, passphrase: 'a new passphrase' })
  const { way, custody } = await officer.keys.show()
  expect(way).toBe('elsewhere')
  expect(custody.filter(({ kind }) => kind === 'root-adopted')).toHaveLength(1)
  expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
})
