// Every signature of a bundle: whole, made with the certificate it names, under the root somebody trusts. What holds is handed on, to be asked
// whether its certificate still stood then.
import { X509Certificate } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
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
import type { SignedPdf } from '../signing/signed-pdf.ts'
import { judgeSignedPdf, type PdfCheck } from '../signing/verify-pdf.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES, signOffFile } from './bundle-format.ts'
import type { Manifest } from './bundle-format.ts'
import type { WalkedLog } from './check-events.ts'
import type { MadeSignature } from './check-revocation.ts'

/** The signature under the list of files, when it holds by itself; under which root is told as a check of its own. */
export async function checkManifestSignature(folder: string, manifest: Manifest, trust: Trust, checks: CheckList): Promise<MadeSignature | undefined> {
  const [content, cms] = await Promise.all([read(folder, NAMES.manifest), read(folder, NAMES.manifestSignature)])
  const untold = verifyContent(content, cms, { root: undefined, at: trust.at })
  if (!untold.ok) {
    checks.fail('manifest-signature', untold.detail)
    return undefined
  }
  const subject = new X509Certificate(untold.signer).subject
  checks.pass('manifest-signature', `signed by ${subject.replaceAll('\n', ', ')}`)
  const made = { what: 'the list of files', certificate: untold.signer, at: manifest.sealedAt }
  if (trust.root === undefined) {
    checks.skip('root', 'no root certificate was given, so who signed was not checked')
    return made
  }
  const trusted = verifyContent(content, cms, trust)
  const isOfficer = subject.split('\n').includes('OU=officer')
  const faults = [...(trusted.ok ? [] : [trusted.detail]), ...(isOfficer ? [] : ['the bundle was not sealed by an officer'])]
  checks.judge('root', faults, `certificate ${untold.fingerprint}`)
  return made
}

export async function checkCheckpoint(
  folder: string, { manifest, log, head, trust }: { manifest: Manifest; log: WalkedLog; head: ReportHead | undefined; trust: Trust },
  checks: CheckList,
): Promise<MadeSignature[]> {
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
  return signature.ok ? [{ what: 'the checkpoint', certificate: signature.signer, at: manifest.sealedAt }] : []
}

export async function checkSignOffs(
  folder: string, log: WalkedLog, head: ReportHead | undefined, trust: Trust, checks: CheckList,
): Promise<MadeSignature[]> {
  if (!log.isIntact) return []
  const faults: string[] = []
  const made: MadeSignature[] = []
  for (const { seq, reviewer, at, certificateFingerprint, carried } of log.replay.signOffs) {
    const name = signOffFile(seq)
    const signature = await read(folder, name)
    const line = log.signOffLines.get(seq) ?? ''
    const certified = carried === undefined ? undefined : await certifiedKey(folder, { line, signature, certificateFingerprint }, trust)
    if (certified !== undefined) {
      made.push({ what: name, certificate: certified, at })
      continue
    }
    const verdict = verifyContent(line, signature, trust)
    if (!verdict.ok) {
      faults.push(`${name}: ${verdict.detail}`)
      continue
    }
    made.push({ what: name, certificate: verdict.signer, at })
    const certificate = new X509Certificate(verdict.signer)
    if (verdict.fingerprint !== certificateFingerprint) faults.push(`${name} was signed with another certificate than its event names`)
    if (certificate.subjectAltName !== undefined && certificate.checkEmail(reviewer) === undefined) {
      faults.push(`${name} was signed by somebody else than ${reviewer}`)
    }
    const isNamed = head === undefined || head.signOffs.some(({ eventSeq, file }) => eventSeq === seq && file === name)
    if (!isNamed) faults.push(`the report does not name ${name}`)
  }
  checks.judge('sign-offs', faults, `${log.replay.signOffs.length} sign-offs`)
  return made
}

/**
 * Signed in a packet before its key was certified: the certificate its owner made does not lead to the root, but the one the officer issued
 * for the very same key does. That one is returned.
 */
async function certifiedKey(
  folder: string, signed: { readonly line: string; readonly signature: Uint8Array; readonly certificateFingerprint: string }, trust: Trust,
): Promise<Uint8Array | undefined> {
  const verdict = verifyContent(signed.line, signed.signature, { ...trust, root: undefined })
  if (!verdict.ok || !isSelfIssued(verdict.signer)) return undefined
  const names = await readdir(join(folder, 'certs/people')).catch(() => [])
  for (const name of names) {
    const issued = certificateFromPem((await read(folder, `certs/people/${name}`)).toString('utf8'))
    if (issued === undefined || fingerprint(issued) !== signed.certificateFingerprint || !isSameKey(issued, verdict.signer)) continue
    if (trust.root === undefined) return issued
    const intermediates = certificatesIn((await read(folder, NAMES.intermediates)).toString('utf8'))
    return [trust.root, ...(trust.formerRoots ?? [])].some((root) => leadsTo(issued, root, intermediates, trust.at)) ? issued : undefined
  }
  return undefined
}

/** Returns the time stamp in the PDF's signature, checked by nobody yet. */
/** `pdf` undefined: it could not be read. `evidence`: SHA-256 (hex) of evidence.json. */
export function checkPdf(
  pdf: SignedPdf | undefined, { evidence, signer, trust }: { evidence: string | undefined; signer: string | undefined; trust: Trust }, checks: CheckList,
): PdfCheck['timeStamp'] {
  if (pdf === undefined) {
    checks.fail('report-signature', 'report.pdf is missing or cannot be read')
    return undefined
  }
  const { signature, attachments, timeStamp } = judgeSignedPdf(pdf, trust)
  const faults = signature.ok ? [] : [signature.detail]
  if (signature.ok && signature.fingerprint !== signer) faults.push('the PDF was signed with another certificate than the list of files')
  checks.judge('report-signature', faults, 'signed as a whole')
  // Where something was appended, another attachment may be the one that is shown.
  const isOneWhole = signature.ok || (signature.reason !== 'partly-signed' && signature.reason !== 'no-signature')
  const isAttached = isOneWhole && evidence !== undefined && attachments.includes(evidence)
  checks.judge('report-evidence', isAttached ? [] : ['the figures attached to the PDF are not those of evidence.json'], 'identical')
  return timeStamp
}

/** Empty when the file is not there: no signature and no content is empty, so the check that asked fails. */
async function read(folder: string, name: string): Promise<Buffer> {
  return readFile(join(folder, name)).catch(() => Buffer.alloc(0))
}
