import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCheckpoint } from '../../core/evidence/checkpoint.ts'
import { toBase64 } from '../../core/evidence/bytes.ts'
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { certificatesIn } from '../signing/certificate-files.ts'
import { certificateFromPem, fingerprint } from '../signing/certificates.ts'
import { isSelfIssued, leadsTo } from '../signing/chain.ts'
import { isSameKey } from '../signing/enrolment.ts'
import { verifyContent } from '../signing/verify-cms.ts'
import type { Trust } from '../signing/verify-cms.ts'
import { verifyPdf } from '../signing/verify-pdf.ts'
import { startChecks } from './bundle-checks.ts'
import type { BundleCheck, CheckList } from './bundle-checks.ts'
import { NAMES, manifest as manifestShape, signOffFile } from './bundle-format.ts'
import type { Manifest } from './bundle-format.ts'
import { checkEvents } from './check-events.ts'
import type { SeenCheckpoint, WalkedLog } from './check-events.ts'
import { checkFiles, checkRaw } from './check-files.ts'
import { checkReport } from './check-report.ts'
import { hashFile } from './file-sink.ts'
import { unzipBundle } from './zip-bundle.ts'

/**
 * `rootPem`: the root certificate somebody trusts, with those it replaced where there are any; left out, who signed is not checked. `now`: certificates must be valid then.
 */
export type VerifyOptions = { readonly rootPem?: string; readonly seen?: readonly SeenCheckpoint[]; readonly now: Date }

/**
 * `signerFingerprint`: SHA-256 (hex) of the certificate the bundle was sealed with. `hasPassed`: no check failed; checks that were not
 * made are told apart, one by one.
 */
export type BundleVerdict =
  | { ok: true; checks: readonly BundleCheck[]; hasPassed: boolean; signerFingerprint: string | undefined; manifest: Manifest | undefined }
  | { ok: false; reason: 'not-a-bundle' | 'not-a-certificate'; detail: string }

/**
 * Checks a bundle, a folder or a zipped one, with nothing but its files, the root, and checkpoints seen earlier. Changes nothing; a zipped one is
 * unpacked into a temporary folder that is gone afterwards.
 */
export async function verifyBundle(bundle: string, options: VerifyOptions): Promise<BundleVerdict> {
  if (!(await stat(bundle).then((entry) => entry.isFile(), () => false))) return verifyFolder(bundle, options)
  const folder = await mkdtemp(join(tmpdir(), 'muster-verify-'))
  try {
    const unzipped = await unzipBundle(bundle, folder)
    return unzipped.ok ? await verifyFolder(folder, options) : { ok: false, reason: 'not-a-bundle', detail: unzipped.detail }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function verifyFolder(folder: string, options: VerifyOptions): Promise<BundleVerdict> {
  const [root, ...formerRoots] = options.rootPem === undefined ? [] : certificatesIn(options.rootPem)
  if (options.rootPem !== undefined && root === undefined) {
    return { ok: false, reason: 'not-a-certificate', detail: 'The root given is not a certificate in PEM form' }
  }
  if (!(await stat(folder).then((entry) => entry.isDirectory(), () => false))) {
    return { ok: false, reason: 'not-a-bundle', detail: `${folder} is not a folder` }
  }
  const checks = startChecks()
  const trust: Trust = { root, formerRoots, at: options.now }
  const manifest = await readManifest(folder, checks)
  const signer = manifest === undefined ? undefined : await checkManifestSignature(folder, trust, checks)
  if (manifest !== undefined) await checkContent(folder, manifest, signer, trust, options.seen ?? [], checks)
  const all = checks.all()
  return { ok: true, checks: all, hasPassed: all.every(({ outcome }) => outcome !== 'failed'), signerFingerprint: signer, manifest }
}

async function readManifest(folder: string, checks: CheckList): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, NAMES.manifest), 'utf8').catch(() => '')
  const parsed = manifestShape.safeParse(parseJson(text))
  if (!parsed.success) {
    checks.fail('manifest', 'manifest.json is missing or is not a list of files')
    return undefined
  }
  const { files, campaign } = parsed.data
  checks.pass('manifest', `${files.length} files, campaign "${campaign.name}", version ${campaign.version}`)
  return parsed.data
}

/** Fingerprint of the signer when the signature itself holds. */
async function checkManifestSignature(folder: string, trust: Trust, checks: CheckList): Promise<string | undefined> {
  const [content, cms] = await Promise.all([read(folder, NAMES.manifest), read(folder, NAMES.manifestSignature)])
  const untold = verifyContent(content, cms, { root: undefined, at: trust.at })
  if (!untold.ok) {
    checks.fail('manifest-signature', untold.detail)
    return undefined
  }
  const subject = new X509Certificate(untold.signer).subject
  checks.pass('manifest-signature', `signed by ${subject.replaceAll('\n', ', ')}`)
  if (trust.root === undefined) {
    checks.skip('root', 'no root certificate was given, so who signed was not checked')
    return untold.fingerprint
  }
  const trusted = verifyContent(content, cms, trust)
  const isOfficer = subject.split('\n').includes('OU=officer')
  const faults = [...(trusted.ok ? [] : [trusted.detail]), ...(isOfficer ? [] : ['the bundle was not sealed by an officer'])]
  checks.judge('root', faults, `certificate ${untold.fingerprint}`)
  return untold.fingerprint
}

async function checkContent(
  folder: string, manifest: Manifest, signer: string | undefined, trust: Trust, seen: readonly SeenCheckpoint[], checks: CheckList,
): Promise<void> {
  await checkFiles(folder, manifest, checks)
  const isThere = await stat(join(folder, NAMES.events)).then((entry) => entry.isFile(), () => false)
  if (!isThere) {
    checks.fail('events', 'events.jsonl is missing')
    return
  }
  const log = await checkEvents(folder, manifest, seen, checks)
  const head = await checkReport(folder, manifest, log, checks)
  await checkCheckpoint(folder, { manifest, log, head, trust }, checks)
  await checkSignOffs(folder, log, head, trust, checks)
  if (head !== undefined) await checkRaw(folder, manifest, head, checks)
  await checkPdf(folder, signer, trust, checks)
}

async function checkCheckpoint(
  folder: string, { manifest, log, head, trust }: { manifest: Manifest; log: WalkedLog; head: ReportHead | undefined; trust: Trust },
  checks: CheckList,
): Promise<void> {
  const note = await read(folder, NAMES.checkpoint)
  const checkpoint = parseCheckpoint(note.toString('utf8'))
  const faults: string[] = []
  function compare(what: string, named: { origin: string; size: number; root: string }): void {
    if (named.origin !== log.log) faults.push(`${what} names another log`)
    if (named.size !== log.size) faults.push(`${what} counts ${named.size} events, there are ${log.size}`)
    if (named.root !== log.root) faults.push(`${what} was made over other events than these`)
  }
  if (checkpoint === undefined) faults.push('the checkpoint is missing or cannot be read')
  else compare('the checkpoint', { ...checkpoint, root: toBase64(checkpoint.root) })
  compare('the list of files', manifest.log)
  if (head !== undefined && head.checkpoint.note !== note.toString('utf8')) faults.push('the report names another checkpoint')
  checks.judge('checkpoint', faults, `${log.size} events, root ${log.root}`)
  const signature = verifyContent(note, await read(folder, NAMES.checkpointSignature), trust)
  checks.judge('checkpoint-signature', signature.ok ? [] : [signature.detail], 'signed')
}

async function checkSignOffs(
  folder: string, log: WalkedLog, head: ReportHead | undefined, trust: Trust, checks: CheckList,
): Promise<void> {
  if (!log.isIntact) return
  const faults: string[] = []
  for (const { seq, reviewer, certificateFingerprint, carried } of log.replay.signOffs) {
    const name = signOffFile(seq)
    const signature = await read(folder, name)
    const line = log.signOffLines.get(seq) ?? ''
    if (carried !== undefined && (await isOfCertifiedKey(folder, { line, signature, certificateFingerprint }, trust))) continue
    const verdict = verifyContent(line, signature, trust)
    if (!verdict.ok) {
      faults.push(`${name}: ${verdict.detail}`)
      continue
    }
    const certificate = new X509Certificate(verdict.signer)
    if (verdict.fingerprint !== certificateFingerprint) faults.push(`${name} was signed with another certificate than its event names`)
    if (certificate.subjectAltName !== undefined && certificate.checkEmail(reviewer) === undefined) {
      faults.push(`${name} was signed by somebody else than ${reviewer}`)
    }
    const isNamed = head === undefined || head.signOffs.some(({ eventSeq, file }) => eventSeq === seq && file === name)
    if (!isNamed) faults.push(`the report does not name ${name}`)
  }
  checks.judge('sign-offs', faults, `${log.replay.signOffs.length} sign-offs`)
}

/**
 * Signed in a packet before its key was certified: the certificate its owner made does not lead to the root, but the one the officer issued
 * for the very same key does.
 */
async function isOfCertifiedKey(
  folder: string, signed: { readonly line: string; readonly signature: Uint8Array; readonly certificateFingerprint: string }, trust: Trust,
): Promise<boolean> {
  const verdict = verifyContent(signed.line, signed.signature, { ...trust, root: undefined })
  if (!verdict.ok || !isSelfIssued(verdict.signer)) return false
  const names = await readdir(join(folder, 'certs/people')).catch(() => [])
  for (const name of names) {
    const issued = certificateFromPem((await read(folder, `certs/people/${name}`)).toString('utf8'))
    if (issued === undefined || fingerprint(issued) !== signed.certificateFingerprint || !isSameKey(issued, verdict.signer)) continue
    if (trust.root === undefined) return true
    const intermediates = certificatesIn((await read(folder, NAMES.intermediates)).toString('utf8'))
    return [trust.root, ...(trust.formerRoots ?? [])].some((root) => leadsTo(issued, root, intermediates, trust.at))
  }
  return false
}

async function checkPdf(folder: string, signer: string | undefined, trust: Trust, checks: CheckList): Promise<void> {
  const path = join(folder, NAMES.report)
  const pdf = await verifyPdf(path, trust).catch(() => undefined)
  if (pdf === undefined) {
    checks.fail('report-signature', 'report.pdf is missing or cannot be read')
    return
  }
  const { signature, attachments } = pdf
  const faults = signature.ok ? [] : [signature.detail]
  if (signature.ok && signature.fingerprint !== signer) faults.push('the PDF was signed with another certificate than the list of files')
  checks.judge('report-signature', faults, 'signed as a whole')
  const evidence = await hashFile(join(folder, NAMES.evidence)).catch(() => undefined)
  // Where something was appended, another attachment may be the one that is shown.
  const isOneWhole = signature.ok || (signature.reason !== 'partly-signed' && signature.reason !== 'no-signature')
  const isAttached = isOneWhole && evidence !== undefined && attachments.includes(evidence.sha256)
  checks.judge('report-evidence', isAttached ? [] : ['the figures attached to the PDF are not those of evidence.json'], 'identical')
}

/** Empty when the file is not there: no signature and no content is empty, so the check that asked fails. */
async function read(folder: string, name: string): Promise<Buffer> {
  return readFile(join(folder, name)).catch(() => Buffer.alloc(0))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
