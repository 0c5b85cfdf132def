import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificatesIn } from '../signing/certificate-files.ts'
import { fingerprint } from '../signing/certificates.ts'
import type { Trust } from '../signing/verify-cms.ts'
import { startBeside } from './beside.ts'
import { startChecks } from './bundle-checks.ts'
import type { BundleCheck, CheckList } from './bundle-checks.ts'
import { NAMES, manifest as manifestShape } from './bundle-format.ts'
import type { Manifest } from './bundle-format.ts'
import { checkEvents } from './check-events.ts'
import type { SeenCheckpoint } from './check-events.ts'
import { checkFiles, checkRaw } from './check-files.ts'
import { checkPrint, expectedFoot } from './check-print.ts'
import { checkReport } from './check-report.ts'
import { checkRevocation, type GivenList, type MadeSignature } from './check-revocation.ts'
import { checkCheckpoint, checkManifestSignature, checkPdf, checkSignOffs } from './check-signatures.ts'
import { checkTime } from './check-time.ts'
import { readEvidenceHead } from './evidence-file.ts'
import type { Beside } from './read-beside.ts'
import { unzipBundle } from './zip-bundle.ts'

/**
 * `rootPem`: the root certificate somebody trusts, with those it replaced where there are any; left out, who signed is not checked. `now`: certificates
 * must be valid then. `timeRootsPem`: certificates of time authorities somebody trusts. `lists`: revocation lists newer than the one in the bundle.
 */
export type VerifyOptions = {
  readonly rootPem?: string
  readonly seen?: readonly SeenCheckpoint[]
  readonly timeRootsPem?: string
  readonly lists?: readonly GivenList[]
  readonly now: Date
  /** File of the thread (reader-thread) that reads a large bundle's files beside its events; left out, everything is read in this one. */
  readonly thread?: URL
  /** Told before each part that takes long, with how far it is (0 to 1). May throw, to stop. */
  readonly between?: (step: string, share: number) => void
}

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
  const timeRoots = certificatesIn(options.timeRootsPem ?? '')
  if (options.timeRootsPem !== undefined && timeRoots.length === 0) {
    return { ok: false, reason: 'not-a-certificate', detail: 'What was given for the time authority is not a certificate in PEM form' }
  }
  const checks = startChecks()
  const trust: Trust = { root, formerRoots, at: options.now }
  const manifest = await readManifest(folder, checks)
  const sealed = manifest === undefined ? undefined : await checkManifestSignature(folder, manifest, trust, checks)
  const signer = sealed === undefined ? undefined : fingerprint(sealed.certificate)
  if (manifest !== undefined) await checkContent(folder, manifest, { sealed, signer, trust }, options, checks)
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

type Signed = { readonly sealed: MadeSignature | undefined; readonly signer: string | undefined; readonly trust: Trust }

async function checkContent(
  folder: string, manifest: Manifest, signed: Signed, options: VerifyOptions, checks: CheckList,
): Promise<void> {
  const { files } = manifest
  const beside = startBeside({
    folder, report: NAMES.report, paths: [...files.map(({ path }) => path), NAMES.evidence, NAMES.items],
    foot: expectedFoot(await readEvidenceHead(join(folder, NAMES.evidence))),
  }, files.reduce((sum, { bytes }) => sum + bytes, 0), options.thread)
  try {
    await checkAgainst(beside.read, folder, manifest, signed, options, checks)
  } finally {
    await beside.stop()
  }
}

async function checkAgainst(
  beside: Promise<Beside>, folder: string, manifest: Manifest, { sealed, signer, trust }: Signed, options: VerifyOptions, checks: CheckList,
): Promise<void> {
  const between = options.between ?? (() => undefined)
  const isThere = await stat(join(folder, NAMES.events)).then((entry) => entry.isFile(), () => false)
  if (!isThere) {
    checks.fail('events', 'events.jsonl is missing')
    return checkFiles(folder, manifest, (await beside).hashes, checks)
  }
  between('Walking the log', 0)
  const log = await checkEvents(folder, manifest, options.seen ?? [], checks)
  between('Counting the report again from the log', 0.45)
  const head = await checkReport(folder, manifest, log, beside, checks)
  between('Checking signatures', 0.65)
  const signatures = [
    ...(sealed === undefined ? [] : [sealed]), ...(await checkCheckpoint(folder, { manifest, log, head, trust }, checks)),
    ...(await checkSignOffs(folder, log, head, trust, checks)),
  ]
  if (log.isIntact) await checkRevocation(folder, signatures, { trust, given: options.lists ?? [], log }, checks)
  if (head !== undefined) await checkRaw(folder, manifest, head, checks)
  between('Hashing the files and reading the print', 0.8)
  const { hashes, pdf, print } = await beside
  await checkFiles(folder, manifest, hashes, checks)
  const stamp = checkPdf(pdf, { evidence: hashes.get(NAMES.evidence), signer, trust }, checks)
  if (head !== undefined) checkPrint(head, print, checks)
  await checkTime(folder, { head, sealedAt: manifest.sealedAt, pdf: stamp, roots: certificatesIn(options.timeRootsPem ?? '') }, checks)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
