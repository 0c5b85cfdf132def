import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { certificateFromPem } from '../../../src/main/reports/signing/certificates.ts'
import { carriedTimeStamp } from '../../../src/main/reports/signing/verify-cms.ts'
import { signContent, signDigest } from '../../../src/main/reports/signing/sign-cms.ts'
import { askAuthority, authorityAddress, timeStampRequest } from '../../../src/main/reports/time-stamp/ask-authority.ts'
import { responseOf, tokenOf, verifyTimeStamp } from '../../../src/main/reports/time-stamp/time-stamp.ts'
import { sha256 } from '../../support/sha256.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { createTimeAuthority, serveTimeAuthority } from '../../support/time-authority.ts'
import { runWitness, witnessTest } from '../../support/witness-tools.ts'

const rootsOf = (pem: string): Uint8Array[] => [certificateFromPem(pem) ?? new Uint8Array(0)]

witnessTest('openssl reads our request, and its answers are accepted: with old and new names of the certificate, as response and as bare token', ['openssl'], async () => {
  const folder = await temporaryFolder()
  for (const ess of ['sha1', 'sha256'] as const) {
    const authority = createTimeAuthority(join(folder, ess), { ess })
    const query = timeStampRequest('the list')
    writeFileSync(join(folder, 'ours.tsq'), query)
    expect(runWitness('openssl', ['ts', '-query', '-in', join(folder, 'ours.tsq'), '-text']).output).toContain('Certificate required: yes')
    const response = authority.answer(query)
    const trust = { roots: rootsOf(authority.rootPem) }
    const verdict = verifyTimeStamp('the list', response, trust)
    expect(verdict).toMatchObject({ ok: true, authority: 'Example Time unit 1', isTrusted: true })
    expect(Math.abs(Date.parse(verdict.ok ? verdict.at : '') - Date.now())).toBeLessThan(60_000)
    expect(verifyTimeStamp('the list', tokenOf(response), trust)).toEqual(verdict)
    expect(Buffer.from(tokenOf(responseOf(tokenOf(response)))).equals(Buffer.from(tokenOf(response)))).toBe(true)
    expect(verifyTimeStamp('another list', response, trust)).toMatchObject({ ok: false, reason: 'other-content' })
    expect(verifyTimeStamp('the list', response, { roots: undefined })).toMatchObject({ ok: true, isTrusted: undefined })
  }
})

witnessTest('a stamp signed with RSA-PSS is read like any other, and one signed in a way nobody knows is told so', ['openssl'], async () => {
  const authority = createTimeAuthority(await temporaryFolder(), { ess: 'sha1' })
  const stamp = authority.answerWithPss(timeStampRequest('the list'))
  const trust = { roots: rootsOf(authority.rootPem) }
  expect(verifyTimeStamp('the list', stamp, trust)).toMatchObject({ ok: true, authority: 'Example Time unit 1', isTrusted: true })
  expect(verifyTimeStamp('another list', stamp, trust)).toMatchObject({ ok: false, reason: 'other-content' })
  expect(verifyTimeStamp('the list', stamp.with(-3, (stamp.at(-3) ?? 0) ^ 1), trust)).toMatchObject({ ok: false, reason: 'bad-signature' })
  // id-RSASSA-PSS made into a name nobody uses.
  const pss = Buffer.from('06092a864886f70d01010a', 'hex')
  const unknown = Buffer.from(stamp)
  unknown[unknown.lastIndexOf(pss) + pss.length - 1] = 0x7f
  expect(verifyTimeStamp('the list', unknown, trust)).toMatchObject({ ok: false, detail: expect.stringContaining('signed in a way that is not known here') as string })
})

witnessTest('what is kept in a file, openssl verifies', ['openssl'], async () => {
  const folder = await temporaryFolder()
  const authority = createTimeAuthority(folder)
  writeFileSync(join(folder, 'list'), 'the list')
  writeFileSync(join(folder, 'list.tsr'), responseOf(tokenOf(authority.answer(timeStampRequest('the list')))))
  const asked = ['ts', '-verify', '-data', join(folder, 'list'), '-in', join(folder, 'list.tsr'), '-CAfile', authority.rootFile]
  expect(runWitness('openssl', asked)).toMatchObject({ status: 0 })
  writeFileSync(join(folder, 'list'), 'the lost')
  expect(runWitness('openssl', asked).status).not.toBe(0)
})

witnessTest('every byte of a stamp counts: whatever is flipped, it is not accepted as another time', ['openssl'], async () => {
  const authority = createTimeAuthority(await temporaryFolder())
  const response = authority.answer(timeStampRequest('the list'))
  const trust = { roots: rootsOf(authority.rootPem) }
  const honest = verifyTimeStamp('the list', response, trust)
  if (!honest.ok) throw new Error(honest.detail)
  for (let at = 0; at < response.length; at += 5) {
    const verdict = verifyTimeStamp('the list', response.with(at, (response[at] ?? 0) ^ 0x11), trust)
    if (verdict.ok) expect([verdict.at, verdict.serial, verdict.authority]).toEqual([honest.at, honest.serial, honest.authority])
  }
  expect(verifyTimeStamp('the list', response.subarray(0, 300), trust)).toMatchObject({ ok: false, reason: 'not-a-stamp' })
})

witnessTest('another authority\'s word, and a person\'s certificate, are not taken for this authority\'s', ['openssl'], async () => {
  const folder = await temporaryFolder()
  const [ours, theirs] = [createTimeAuthority(join(folder, 'ours')), createTimeAuthority(join(folder, 'theirs'))]
  const response = theirs.answer(timeStampRequest('the list'))
  expect(verifyTimeStamp('the list', response, { roots: rootsOf(theirs.rootPem) })).toMatchObject({ ok: true })
  expect(verifyTimeStamp('the list', response, { roots: rootsOf(ours.rootPem) })).toMatchObject({ ok: false, reason: 'untrusted' })
  const { officer } = await createTestOrganisation(folder)
  expect(verifyTimeStamp('the list', await signContent('the list', officer), { roots: undefined })).toMatchObject({ ok: false, reason: 'not-a-stamp' })
})

witnessTest('a signature carries its stamp as others expect it, and openssl still verifies the signature', ['openssl'], async () => {
  const folder = await temporaryFolder()
  const authority = createTimeAuthority(join(folder, 'time'))
  const { officer, root } = await createTestOrganisation(folder)
  const cms = await signDigest(sha256(Buffer.from('the report')), officer, (bytes) => Promise.resolve(tokenOf(authority.answer(timeStampRequest(bytes)))))
  const carried = carriedTimeStamp(cms)
  expect(verifyTimeStamp(carried?.over ?? '', carried?.token ?? new Uint8Array(0), { roots: rootsOf(authority.rootPem) })).toMatchObject({ ok: true })
  for (const [name, content] of [['cms', cms], ['content', 'the report'], ['root.pem', root.pem]] as const) writeFileSync(join(folder, name), content)
  const paths = ['-in', join(folder, 'cms'), '-content', join(folder, 'content'), '-CAfile', join(folder, 'root.pem'), '-out', join(folder, 'out')]
  expect(runWitness('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', ...paths])).toMatchObject({ status: 0 })
  expect(runWitness('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', join(folder, 'cms')]).output).toContain('id-smime-aa-timeStampToken')
  expect(carriedTimeStamp(await signContent('the report', officer))).toBeUndefined()
  expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('the report')
})

witnessTest('an authority is asked once over http, and an answer that is refused, old, wrong, endless or missing is told in a sentence', ['openssl'], async () => {
  const authority = createTimeAuthority(await temporaryFolder())
  const before = authority.answer(timeStampRequest('the list'))
  const trust = { roots: rootsOf(authority.rootPem) }
  let misbehave: ((query: Buffer) => { status?: number; body: Uint8Array }) | undefined
  const served = await serveTimeAuthority((query) => misbehave?.(query) ?? { body: authority.answer(query) })
  const address = authorityAddress(served.url)
  if (address === null) throw new Error('no address')
  const ask = () => askAuthority(fetch, address, 'the list', trust, new AbortController().signal)
  try {
    expect(address.isLoopback).toBe(true)
    expect(await ask()).toMatchObject({ ok: true, authority: 'Example Time unit 1' })
    expect(served.asked).toHaveLength(1)
    const told = async (answer: typeof misbehave): Promise<string> => {
      misbehave = answer
      const found = await ask()
      return found.ok ? 'taken' : found.detail
    }
    expect(await told(() => ({ body: before }))).toContain('answered another question')
    expect(await told(() => ({ status: 503, body: Buffer.from('down') }))).toContain('answered 503')
    expect(await told(() => ({ body: Buffer.from('<html>') }))).toContain('cannot be read')
    expect(await told(() => ({ body: Buffer.alloc(100_000) }))).toContain('could not be reached')
    // PKIStatus rejection, without a token.
    expect(await told(() => ({ body: Buffer.from('30053003020102', 'hex') }))).toContain('refused')
    expect(await told(() => ({ body: authority.answer(timeStampRequest('other')) }))).toContain('something else')
  } finally {
    await served.close()
  }
  expect(await ask()).toMatchObject({ ok: false })
})

witnessTest('an address with a password, of another protocol or of no form is none', ['openssl'], () => {
  expect(['http://user:pass@time.example/', 'ftp://time.example/', 'time.example', 'https://time.example/#x', ''].map(authorityAddress)).toEqual([null, null, null, null, null])
  expect(authorityAddress('https://time.example/tsr?kind=1')).toMatchObject({ host: 'time.example', isLoopback: false })
  expect(authorityAddress('http://127.0.0.1.example.com/')).toMatchObject({ isLoopback: false })
})
