import { createHash, hash as hashOnce, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { toBase64, utf8Bytes } from '../../core/evidence/bytes.ts'
import { parseCheckpoint } from '../../core/evidence/checkpoint.ts'
import { stubLine } from '../../core/evidence/event-stub.ts'
import { EMPTY_FRONTIER, appendLeaf, frontierRoot, leafHash } from '../../core/evidence/merkle-tree.ts'
import type { ReportHead, ReportItem } from '../../../shared/model/evidence-report.ts'
import { certificatesIn } from '../signing/certificate-files.ts'
import { certificateFromPem, fingerprint } from '../signing/certificates.ts'
import { fileNameOf, syncFolder } from '../signing/key-files.ts'
import { signContent } from '../signing/sign-cms.ts'
import { signPdf } from '../signing/sign-pdf.ts'
import type { Signer } from '../signing/signer.ts'
import { tokenOf } from '../time-stamp/time-stamp.ts'
import { unveil, veiledIn, type VeiledFile } from '../veil.ts'
import { NAMES, formerListFile, signOffFile } from './bundle-format.ts'
import type { Manifest, ManifestRaw } from './bundle-format.ts'
import { EVIDENCE_CLOSING, evidenceItemLine, evidenceOpening } from './evidence-file.ts'
import { openSink, writeThrough } from './file-sink.ts'
import type { WrittenFile } from './file-sink.ts'
import { CSV_HEADER, csvRow } from './items-csv.ts'
import { oscalResults } from './oscal.ts'
import { verifyText } from './verify-text.ts'

/** A raw extract. `sha256` and `bytes` are those of the file as read; `path` null = not included, bound by its hash only. */
export type BundleRawFile = {
  readonly run: number
  readonly fileName: string
  readonly path: string | null
  /** Where the file at `path` has to be opened first (kept encrypted): what the bundle gets. */
  readonly open?: () => AsyncIterable<Uint8Array>
  readonly packing: 'none' | 'gzip'
  readonly sha256: string
  readonly bytes: number
}

export type BundleInput = {
  /** Folder that will hold the bundle, and the bundle's name (bundleName()). */
  readonly outFolder: string
  readonly name: string
  readonly head: ReportHead
  readonly items: AsyncIterable<ReportItem>
  /** The log's lines in order, from the first to the checkpoint's size. Lines of other campaigns are written as stubs. */
  readonly events: AsyncIterable<{ readonly seq: number; readonly campaignId: number | null; readonly line: string }>
  /** The signed head the report names: three C2SP lines and their detached signature. */
  readonly checkpoint: { readonly note: string; readonly cms: Uint8Array }
  /** `line`: what was signed, where that is not the event's own line. */
  readonly signOffs: readonly { readonly eventSeq: number; readonly cms: Uint8Array; readonly line?: string }[]
  readonly rootPem: string
  /** Roots this one replaced, and authorities between the root and people; null where there are none. */
  readonly formerRootsPem?: string | null
  readonly intermediatesPem?: string | null
  /** Certificates that were revoked, as the organisation's authority signed it; null while there are none. */
  readonly revocationListPem?: string | null
  /** The same of the roots this one replaced, by the root's fingerprint. */
  readonly formerRevocationLists?: readonly { readonly root: string; readonly pem: string }[]
  /** Asks a time authority for a stamp (TimeStampResp) over some bytes; `checkpoint`: the one over the checkpoint that the report names. */
  readonly timeStamps?: { readonly checkpoint: Uint8Array; readonly over: (bytes: Uint8Array) => Promise<Uint8Array>; readonly authorityPem: string }
  readonly people: readonly { readonly email: string; readonly pem: string }[]
  readonly rawFiles: readonly BundleRawFile[]
  /** resources/verify/verify.mjs */
  readonly verifierPath: string
  /** Lays out report.pdf with the signature's place reserved (addSignatureField) and evidence.json attached, each under its veil. It is signed here. */
  readonly writeReport: (files: { readonly report: VeiledFile; readonly evidence: VeiledFile }) => Promise<void>
  readonly signer: Signer
  readonly signal?: AbortSignal
}

export type WrittenBundle =
  | { ok: true; path: string; reportSha256: string; evidenceSha256: string; manifestSha256: string; bytes: number }
  | { ok: false; reason: 'already-there' | 'log-differs' | 'report-not-signable'; detail: string }

const sha256 = (bytes: Uint8Array): Uint8Array => hashOnce('sha256', bytes, 'buffer')

/**
 * Writes a bundle and seals it. Everything happens in a hidden folder beside the target, which gets its name when all is on the disk:
 * whoever sees a bundle sees a whole one. Until it is whole and signed nobody can read it: every file lies under a veil, which is taken off
 * right before the folder gets its name. After any failure nothing is left.
 */
export async function writeBundle(input: BundleInput): Promise<WrittenBundle> {
  const path = join(input.outFolder, input.name)
  if (await exists(path)) {
    return { ok: false, reason: 'already-there', detail: `${input.name} exists already; a sealed bundle is never overwritten` }
  }
  await mkdir(input.outFolder, { recursive: true })
  await removeDrafts(input.outFolder, input.name)
  const draft = join(input.outFolder, `.${input.name}.${randomBytes(6).toString('hex')}.draft`)
  await mkdir(draft)
  try {
    const place = veiledIn(draft)
    const { files, ...written } = await fill(place, input)
    if (!written.ok) {
      await rm(draft, { recursive: true, force: true })
      return written
    }
    input.signal?.throwIfAborted()
    for (const [name, file] of files) await putPlain(place(name), join(draft, name), file)
    await syncAll(draft)
    await rename(draft, path)
    await syncFolder(input.outFolder)
    return { ...written, path }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

/**
 * What interrupted seals left behind, of one bundle or of all. A workspace is open in one process only, so nobody is writing there; a folder
 * that is not there holds nothing.
 */
export async function removeDrafts(folder: string, name?: string): Promise<void> {
  const isDraft = name === undefined ? /^\..+\.muster\.[0-9a-f]{12}\.draft$/ : { test: (entry: string) => entry.startsWith(`.${name}.`) && entry.endsWith('.draft') }
  for (const entry of await readdir(folder).catch(() => [])) {
    if (isDraft.test(entry)) await rm(join(folder, entry), { recursive: true, force: true })
  }
}

/** Where a file of the draft lies, and under what. */
type Place = (name: string) => VeiledFile
type Files = Map<string, WrittenFile>
type Filled = (Extract<WrittenBundle, { ok: false }> | Omit<Extract<WrittenBundle, { ok: true }>, 'path'>) & { readonly files: Files }

async function fill(place: Place, input: BundleInput): Promise<Filled> {
  const files: Files = new Map()
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    files.set(name, await writeThrough(place(name), (sink) => sink.write(content)))
  }

  const events = await writeEvents(place, input)
  if (!events.ok) return { ...events, files }
  files.set(NAMES.events, events.file)
  const rows = await writeItems(place, input)
  files.set(NAMES.evidence, rows.evidence).set(NAMES.items, rows.csv)
  const raw = await copyRawFiles(place, input, files)
  await write(NAMES.checkpoint, input.checkpoint.note)
  await write(NAMES.checkpointSignature, input.checkpoint.cms)
  for (const { eventSeq, cms } of input.signOffs) await write(signOffFile(eventSeq), cms)
  await write(NAMES.rootCertificate, input.rootPem)
  if (input.formerRootsPem != null) await write(NAMES.formerRoots, input.formerRootsPem)
  if (input.intermediatesPem != null) await write(NAMES.intermediates, input.intermediatesPem)
  if (input.revocationListPem != null) await write(NAMES.revocationList, input.revocationListPem)
  for (const { root, pem } of input.formerRevocationLists ?? []) await write(formerListFile(root), pem)
  const { timeStamps } = input
  if (timeStamps !== undefined) {
    await write(NAMES.checkpointStamp, timeStamps.checkpoint)
    await write(NAMES.timeAuthority, timeStamps.authorityPem)
  }
  for (const { email, pem } of input.people) await write(`certs/people/${fileNameOf(email)}.pem`, pem)
  const rootFingerprint = fingerprint(certificateFromPem(input.rootPem) ?? new Uint8Array(0))
  const { campaign } = input.head
  await write(NAMES.oscal, oscalResults(input.head))
  await write(NAMES.instructions, verifyText({
    campaign: campaign.spec.name, fingerprint: rootFingerprint, hasRevocationList: input.revocationListPem != null, formerLists: (input.formerRevocationLists ?? []).map(({ root }) => formerListFile(root)), isStamped: timeStamps !== undefined, former: certificatesIn(input.formerRootsPem ?? '').map(fingerprint), origin: events.log.origin, size: events.log.size,
    // One that was made in a packet signs a line of another log; the instructions show one of this log.
    signOffs: input.signOffs.filter(({ line }) => line === undefined || line.includes(`"log":${JSON.stringify(events.log.origin)}`)).map(({ eventSeq }) => eventSeq),
  }))
  files.set(NAMES.verifier, await copyInto(input.verifierPath, place(NAMES.verifier)))

  input.signal?.throwIfAborted()
  const report = place(NAMES.report)
  await input.writeReport({ report, evidence: place(NAMES.evidence) })
  const signed = await signPdf(report.path, input.signer, {
    veil: report.veil, ...(timeStamps === undefined ? {} : { stamp: async (bytes) => tokenOf(await timeStamps.over(bytes)) }),
  })
  if (!signed.ok) return { ok: false, reason: 'report-not-signable', detail: signed.detail, files }
  files.set(NAMES.report, signed)

  const list: Manifest = {
    format: 'muster-bundle-1',
    product: input.head.product,
    campaign: { id: campaign.id, name: campaign.spec.name, version: campaign.version },
    sealedAt: campaign.sealedAt,
    rootFingerprint,
    log: events.log,
    counts: {
      items: rows.items, events: events.log.size, signOffs: input.signOffs.length,
      rawFiles: raw.filter(({ path }) => path !== null).length,
    },
    raw,
    files: [...files]
      .map(([path, { bytes, sha256: hash }]) => ({ path, bytes, sha256: hash }))
      .sort((left, right) => (left.path < right.path ? -1 : 1)),
  }
  const text = `${JSON.stringify(list, null, 2)}\n`
  const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes, 0)
  await write(NAMES.manifest, text)
  const signature = await signContent(text, input.signer)
  await write(NAMES.manifestSignature, signature)
  if (timeStamps !== undefined) await write(NAMES.manifestStamp, await timeStamps.over(signature))
  const { bytes: listBytes, sha256: manifestSha256 } = files.get(NAMES.manifest) ?? { bytes: 0, sha256: '' }
  return {
    ok: true, reportSha256: signed.sha256, evidenceSha256: rows.evidence.sha256, manifestSha256, bytes: bytes + listBytes + signature.length, files,
  }
}

type WrittenEvents = { ok: true; file: WrittenFile; log: Manifest['log'] } | { ok: false; reason: 'log-differs'; detail: string }

/** Refuses when the lines do not give the root of the checkpoint: such a bundle would accuse an honest log. */
async function writeEvents(place: Place, input: BundleInput): Promise<WrittenEvents> {
  const checkpoint = parseCheckpoint(input.checkpoint.note)
  if (checkpoint === undefined) return { ok: false, reason: 'log-differs', detail: 'the checkpoint cannot be read' }
  const { origin, size } = checkpoint
  let frontier = EMPTY_FRONTIER
  const file = await writeThrough(place(NAMES.events), async (sink) => {
    for await (const { seq, campaignId, line } of input.events) {
      const isForeign = campaignId !== null && campaignId !== input.head.campaign.id
      frontier = appendLeaf(frontier, leafHash(utf8Bytes(line), sha256), sha256)
      await sink.write(`${isForeign ? stubLine(seq, line, sha256) : line}\n`)
      if (frontier.size % 1000 === 0) input.signal?.throwIfAborted()
    }
  })
  const root = toBase64(frontierRoot(frontier, sha256))
  if (frontier.size !== size || root !== toBase64(checkpoint.root)) {
    const detail = `the log's ${frontier.size} events do not give the signed checkpoint over ${size} events; nothing was sealed`
    return { ok: false, reason: 'log-differs', detail }
  }
  return { ok: true, file, log: { origin, size, root } }
}

async function writeItems(place: Place, input: BundleInput): Promise<{ items: number; evidence: WrittenFile; csv: WrittenFile }> {
  const [evidencePlace, csvPlace] = [place(NAMES.evidence), place(NAMES.items)]
  const evidence = await openSink(evidencePlace.path, evidencePlace.veil)
  const csv = await openSink(csvPlace.path, csvPlace.veil).catch(async (error: unknown) => {
    await evidence.abandon()
    throw error
  })
  let items = 0
  try {
    await evidence.write(evidenceOpening(input.head))
    await csv.write(CSV_HEADER)
    for await (const item of input.items) {
      await evidence.write(evidenceItemLine(item, items))
      await csv.write(csvRow(item))
      items++
      if (items % 1000 === 0) input.signal?.throwIfAborted()
    }
    await evidence.write(EVIDENCE_CLOSING)
  } catch (error) {
    await Promise.all([evidence.abandon(), csv.abandon()])
    throw error
  }
  return { items, evidence: await evidence.close(), csv: await csv.close() }
}

async function copyRawFiles(place: Place, input: BundleInput, files: Files): Promise<ManifestRaw[]> {
  const listed: ManifestRaw[] = []
  for (const { run, fileName, path, packing, sha256, bytes, open } of input.rawFiles) {
    input.signal?.throwIfAborted()
    const name = `raw/${run}-${fileNameOf(basename(fileName))}${packing === 'gzip' ? '.gz' : ''}`
    if (path !== null) files.set(name, await copyInto(open?.() ?? path, place(name)))
    listed.push({ run, path: path === null ? null : name, packing, sha256, bytes })
  }
  return listed
}

async function copyInto(from: string | AsyncIterable<Uint8Array>, to: VeiledFile): Promise<WrittenFile> {
  return writeThrough(to, async (sink) => {
    for await (const chunk of typeof from === 'string' ? createReadStream(from, { highWaterMark: 1 << 20 }) : from) await sink.write(chunk as Uint8Array)
  })
}

/** The last step: what is readable from here on is what was hashed, or there is no bundle. */
async function putPlain(file: VeiledFile, to: string, { sha256 }: WrittenFile): Promise<void> {
  const hash = createHash('sha256')
  await unveil(file, (bytes) => hash.update(bytes))
  if (hash.digest('hex') !== sha256) throw new Error(`${basename(to)} was changed while the bundle was being written; nothing was sealed`)
  await mkdir(dirname(to), { recursive: true })
  await rename(file.path, to)
}

async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) await syncFolder(join(entry.parentPath, entry.name))
  }
  await syncFolder(folder)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false)
}
