// Time stamps of a bundle: over the checkpoint (named on the first page), in the PDF's signature, and over the list of files, which may come later.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { verifyTimeStamp, type TimeStampVerdict } from '../time-stamp/time-stamp.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES } from './bundle-format.ts'

/** `roots`: certificates of time authorities somebody trusts, DER; empty = none was given. `pdf`: what the PDF's signature carries. */
export type TimeEvidence = {
  readonly head: ReportHead | undefined
  readonly sealedAt: string
  readonly pdf: { readonly token: Uint8Array; readonly over: Uint8Array } | undefined
  readonly roots: readonly Uint8Array[]
}

/** Sealing takes minutes at most; a claim further from what the authority saw was made with a clock set to another time. */
const SEALING_MS = 60 * 60 * 1000
/** Two honest clocks differ by this much at most. */
const CLOCK_SLACK_MS = 5 * 60 * 1000

type Found = { readonly what: string; readonly verdict: TimeStampVerdict; readonly isFromSealing: boolean }

export async function checkTime(folder: string, { head, sealedAt, pdf, roots }: TimeEvidence, checks: CheckList): Promise<void> {
  const trust = { roots: roots.length === 0 ? undefined : roots }
  const read = (name: string): Promise<Buffer | undefined> => readFile(join(folder, name)).catch(() => undefined)
  const [checkpoint, checkpointStamp, list, listStamp] = await Promise.all([
    read(NAMES.checkpoint), read(NAMES.checkpointStamp), read(NAMES.manifestSignature), read(NAMES.manifestStamp),
  ])
  const found: Found[] = []
  if (checkpointStamp !== undefined) found.push({ what: NAMES.checkpointStamp, verdict: verifyTimeStamp(checkpoint ?? '', checkpointStamp, trust), isFromSealing: true })
  if (pdf !== undefined) found.push({ what: 'the stamp in the PDF', verdict: verifyTimeStamp(pdf.over, pdf.token, trust), isFromSealing: true })
  if (listStamp !== undefined) found.push({ what: NAMES.manifestStamp, verdict: verifyTimeStamp(list ?? '', listStamp, trust), isFromSealing: false })

  const faults = found.flatMap((one) => faultsOf(one, sealedAt))
  const stamped = found.find(({ what }) => what === NAMES.checkpointStamp)?.verdict
  const told = head?.timeStamp
  if (head !== undefined && (head.isTimeProven || told !== undefined)) {
    const isAsTold = head.isTimeProven && stamped?.ok === true && told?.authority === stamped.authority && told.at === stamped.at
    if (!isAsTold) faults.push('the report names a time stamp of its checkpoint that is not here')
    if (pdf === undefined) faults.push('the report says its signature is stamped, and it is not')
  }
  const said = found.flatMap(({ what, verdict }) => (verdict.ok ? [`${what}: ${verdict.authority}, ${verdict.at.slice(0, 19)} UTC`] : []))
  if (faults.length > 0) checks.judge('time', faults, '')
  else if (found.length === 0) checks.skip('time', 'time claimed, not proven: no time authority stamped this bundle')
  else if (roots.length === 0) checks.skip('time', `stamped, but whether to believe the authority was not asked, as no certificate of one was given; ${said.join('; ')}`)
  else checks.pass('time', said.join('; '))
}

function faultsOf({ what, verdict, isFromSealing }: Found, sealedAt: string): string[] {
  if (!verdict.ok) return [`${what}: ${verdict.detail}`]
  const later = Date.parse(verdict.at) - Date.parse(sealedAt)
  if (later < -CLOCK_SLACK_MS) return [`${what} was made on ${verdict.at.slice(0, 19)}, before the ${sealedAt.slice(0, 19)} at which the report says it was sealed`]
  if (isFromSealing && later > SEALING_MS) return [`${what} was made on ${verdict.at.slice(0, 19)}, long after the ${sealedAt.slice(0, 19)} at which the report says it was sealed`]
  return []
}
