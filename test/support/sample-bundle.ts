import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { formatCheckpoint } from '../../src/main/core/evidence/checkpoint.ts'
import { leafHash, merkleRoot } from '../../src/main/core/evidence/merkle-tree.ts'
import { writeBundle } from '../../src/main/reports/bundle/write-bundle.ts'
import type { BundleInput } from '../../src/main/reports/bundle/write-bundle.ts'
import { writeEvidencePdf } from '../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import { addSignatureField } from '../../src/main/reports/signing/pdf-signature-field.ts'
import { signContent } from '../../src/main/reports/signing/sign-cms.ts'
import type { VeiledFile } from '../../src/main/reports/veil.ts'
import type { Signer } from '../../src/main/reports/signing/signer.ts'
import type { ReportHead, ReportItem } from '../../src/shared/model/evidence-report.ts'
import { RAW, factsOf, headOf, itemsOf, recordCampaign, replayOf, startLog } from './sample-campaign.ts'
import type { EventLog, SentPacket } from './sample-campaign.ts'
import { sha256, sha256Hex } from './sha256.ts'
import type { TestOrganisation } from './test-keys.ts'

export const VERIFIER = join(import.meta.dirname, '../../resources/verify/verify.mjs')

export type Enrolled = { email: string; signer: Signer; fingerprint: string; pem: string }

/** Whoever holds the officer's key can write any of these; the clean bundle leaves all of them out. */
export type Doctored = {
  readonly log?: EventLog
  readonly head?: (head: ReportHead) => ReportHead
  readonly items?: (items: ReportItem[]) => ReportItem[]
  readonly input?: (input: BundleInput) => BundleInput
  readonly writeReport?: (report: VeiledFile, evidence: VeiledFile) => Promise<void>
}

export type SampleOptions = { readonly items?: number; readonly leaveOpen?: readonly number[]; readonly packet?: SentPacket; readonly doctored?: Doctored }

export async function enrolReviewers(organisation: TestOrganisation): Promise<Enrolled[]> {
  const emails = ['anna@example.com', 'ben@example.com']
  return Promise.all(emails.map(async (email) => ({ email, ...(await organisation.signerOf(email)) })))
}

export function sampleLog(reviewers: readonly Enrolled[], options: SampleOptions = {}): EventLog {
  const log = startLog()
  const all = Array.from({ length: options.items ?? 12 }, (_, index) => index + 1)
  recordCampaign(log, reviewers.map(({ email, fingerprint }, index) => (
    { email, fingerprint, items: all.filter((item) => item % reviewers.length === index) }
  )), options)
  return log
}

/** The checkpoint over the first `size` events. */
export function noteOver(log: EventLog, size = log.events.length): string {
  const root = merkleRoot(log.events.slice(0, size).map(({ line }) => leafHash(Buffer.from(line), sha256)), sha256)
  return formatCheckpoint({ origin: log.head().log, size, root })
}

/** Writes a sealed bundle into `folder` and returns its path. */
export async function writeSampleBundle(
  folder: string, organisation: TestOrganisation, reviewers: readonly Enrolled[], options: SampleOptions = {},
): Promise<{ path: string; log: EventLog }> {
  const { doctored } = options
  const log = doctored?.log ?? sampleLog(reviewers, options)
  const note = noteOver(log)
  const replay = replayOf(log)
  const head: ReportHead = { ...headOf(replay, note), facts: factsOf(log) }
  const items = [...itemsOf(replay)]
  const rawPath = join(folder, 'raw-extract.gz')
  await writeFile(rawPath, gzipSync(RAW))
  const signOffs = await Promise.all(replay.signOffs.map(async ({ seq, reviewer, carried }) => {
    const signer = reviewers.find(({ email }) => email === reviewer)?.signer ?? organisation.officer
    return { eventSeq: seq, cms: await signContent(carried?.line ?? log.events[seq]?.line ?? '', signer), ...(carried === undefined ? {} : { line: carried.line }) }
  }))
  const input: BundleInput = {
    outFolder: join(folder, 'out'), name: 'q4-access-review-v1.muster',
    head: doctored?.head?.(head) ?? head,
    items: streamOf(doctored?.items?.(items) ?? items),
    events: streamOf(log.events),
    checkpoint: { note, cms: await signContent(note, organisation.officer) },
    signOffs, rootPem: organisation.root.pem, people: reviewers,
    rawFiles: [{ run: 1, fileName: 'Grants 2026.csv', path: rawPath, packing: 'gzip', sha256: sha256Hex(RAW), bytes: RAW.length }],
    verifierPath: VERIFIER,
    writeReport: ({ report, evidence }) => doctored?.writeReport?.(report, evidence) ?? writeSampleReport(report, { head: doctored?.head?.(head) ?? head, items: doctored?.items?.(items) ?? items, evidence }),
    signer: organisation.officer,
  }
  const written = await writeBundle(doctored?.input?.(input) ?? input)
  if (!written.ok) throw new Error(written.detail)
  return { path: written.path, log }
}

/** The real report, with the signature's place reserved. */
export async function writeSampleReport(report: VeiledFile, { head, items, evidence }: { head: ReportHead; items: readonly ReportItem[]; evidence: VeiledFile }): Promise<void> {
  await writeEvidencePdf({
    ...report, head, items, attachment: evidence,
    addSignatureField: (doc) => addSignatureField(doc, { name: 'Ölaf (Officer)', reason: 'Sealed evidence', at: new Date('2026-11-22T08:00:00Z') }),
  })
}

export async function* streamOf<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values
}
