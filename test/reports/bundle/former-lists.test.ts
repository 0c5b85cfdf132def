// A root was replaced: what its revocation list says of the people it had certified goes on to count.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { fingerprint, certificateFromPem } from '../../../src/main/reports/signing/certificates.ts'
import { revocationListPem, revokeCertificate, stateOfLists } from '../../../src/main/reports/signing/revocation.ts'
import { signContent } from '../../../src/main/reports/signing/sign-cms.ts'
import { enrolReviewers, sampleLog, writeSampleBundle, type Enrolled } from '../../support/sample-bundle.ts'
import { sha256Hex } from '../../support/sha256.ts'
import { createTestOrganisation, type TestOrganisation } from '../../support/test-keys.ts'
import { failed, verifyBoth } from '../../support/verify-both.ts'

let scratch: string
/** Who certified the reviewers, and the root that took its place before the bundle was sealed. */
let former: TestOrganisation
let present: TestOrganisation
let reviewers: Enrolled[]
let retired: string
let roots: string
/** Sealed by a Muster whose log tells of the former root's list, and by one whose log did not. */
let told: string
let untold: string

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-test-'))
  former = await createTestOrganisation(join(scratch, 'former'))
  present = await createTestOrganisation(join(scratch, 'present'))
  reviewers = await enrolReviewers(former)
  retired = fingerprint(certificateFromPem(former.root.pem) ?? new Uint8Array(0))
  roots = present.root.pem + former.root.pem
  const list = await listSince('2026-11-21T07:00:00Z')
  told = await sealedWith(list, list)
  untold = await sealedWith(list, undefined)
  return () => {
    rmSync(scratch, { recursive: true, force: true })
  }
})

/** A list of an organisation that names a reviewer's certificate from a day on. */
async function listSince(at: string, { organisation = former, who = 0 } = {}): Promise<string> {
  const folder = mkdtempSync(join(scratch, 'keys-'))
  cpSync(organisation.keysFolder, folder, { recursive: true })
  const named = reviewers[who]
  if (named === undefined) throw new Error('no such reviewer')
  expect(await revokeCertificate(folder, named.signer.certificate, { why: 'compromised', at: new Date(at) }, 'open')).toMatchObject({ ok: true })
  return (await revocationListPem(folder)) ?? ''
}

/** Sealed under the present root; `told`: the list as the log tells it went with the former one, undefined = by a Muster that did not tell it yet. */
async function sealedWith(list: string, told: string | undefined): Promise<string> {
  const log = sampleLog(reviewers)
  log.add('officer@example.com', {
    kind: 'root-adopted',
    body: {
      rootFingerprint: fingerprint(certificateFromPem(present.root.pem) ?? new Uint8Array(0)), retired, intermediates: [], way: 'made', reason: 'its time was up',
      ...(told === undefined ? {} : { revocationList: stateOfLists(told) }),
    },
  })
  const { path } = await writeSampleBundle(mkdtempSync(join(scratch, 'bundle-')), present, reviewers, {
    doctored: { log, input: (input) => ({ ...input, formerRootsPem: former.root.pem, formerRevocationLists: [{ root: retired, pem: list }] }) },
  })
  return path
}

/** What an officer can do with a sealed bundle: another list in the place of the former root's, or none, and everything listed and signed anew. */
async function resealedWith(bundle: string, list: string | null): Promise<string> {
  const copy = join(mkdtempSync(join(scratch, 'copy-')), 'copy.muster')
  cpSync(bundle, copy, { recursive: true })
  const place = `certs/former-crl/${retired}.pem`
  if (list === null) rmSync(join(copy, place))
  else writeFileSync(join(copy, place), list)
  const manifest = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8')) as { files: { path: string; bytes: number; sha256: string }[] }
  manifest.files = manifest.files.flatMap((file) => (
    file.path !== place ? [file] : list === null ? [] : [{ path: place, bytes: Buffer.byteLength(list), sha256: sha256Hex(list) }]
  ))
  const text = JSON.stringify(manifest)
  writeFileSync(join(copy, 'manifest.json'), text)
  writeFileSync(join(copy, 'manifest.p7s'), await signContent(text, present.officer))
  return copy
}

const found = async (bundle: string, rootPem = roots): Promise<readonly [failed: readonly string[], said: string]> => {
  const checks = await verifyBoth(bundle, { rootPem })
  return [failed(checks), checks.find(({ code }) => code === 'revocation')?.detail ?? '']
}

test('a signature from before the revocation stands and that is said; one from after it does not, whichever root is there now', async () => {
  expect(await found(told)).toEqual([[], expect.stringMatching(/stands: the certificate of anna was revoked later, on 2026-11-21T07:00:00/)])
  const before = await resealedWith(untold, await listSince('2026-11-20T07:00:00Z'))
  expect(await found(before)).toEqual([['revocation'], expect.stringMatching(/signoffs\/\d+\.p7s was signed on 2026-11-20T.*, after the certificate of anna had been revoked on 2026-11-20T07:00:00/)])
  // Without the former root nothing under it is believed, so its list is not needed either.
  expect(await found(told, present.root.pem)).toEqual([['sign-offs'], expect.stringContaining('the former root it is of was not given')])
})

test('removed: without a key the list of files speaks against it, with the officer\'s key the log does', async () => {
  const bundle = join(mkdtempSync(join(scratch, 'copy-')), 'copy.muster')
  cpSync(told, bundle, { recursive: true })
  rmSync(join(bundle, 'certs/former-crl'), { recursive: true })
  expect((await found(bundle))[0]).toEqual(['files', 'revocation'])
  expect(await found(await resealedWith(told, null)))
    .toEqual([['revocation'], expect.stringMatching(/^certs\/former-crl\/[0-9a-f]{64}\.pem, the list of revoked certificates that event \d+ tells of, is missing/)])
  expect((await found(await resealedWith(untold, null)))[0]).toEqual([])
})

test('an older list of the same root in its place, from before anna\'s key was lost, is found', async () => {
  const older = await listSince('2026-11-21T06:00:00Z', { who: 1 })
  expect((await found(await resealedWith(untold, older)))[0]).toEqual([])
  expect(await found(await resealedWith(told, older))).toEqual([['revocation'], expect.stringMatching(/is not the list of revoked certificates that event \d+ tells of, but an older or another one/)])
})

test('a list of another organisation, of the present root, or none at all does not pass as the former root\'s, told or not', async () => {
  const theirs = await createTestOrganisation(mkdtempSync(join(scratch, 'theirs-')))
  const foreign = await listSince('2026-11-21T07:00:00Z', { organisation: theirs })
  expect((await found(untold))[0]).toEqual([])
  for (const other of [foreign, await listSince('2026-11-21T07:00:00Z', { organisation: present }), 'no list']) {
    expect(await found(await resealedWith(untold, other))).toEqual([['revocation'], expect.stringMatching(/is not a revocation list of the former root it is named after$/)])
  }
  expect(await found(await resealedWith(told, foreign))).toEqual([['revocation'], expect.stringContaining('but an older or another one')])
})
