// A stamp that is brought later: the request leaves as a file, and the answer is laid beside the signed list, which it covers and does not change.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NAMES } from '../bundle/bundle-format.ts'
import { writeFileAtomically } from '../signing/key-files.ts'
import { timeStampRequest } from './ask-authority.ts'
import { responseOf, verifyTimeStamp, type TimeStampVerdict, type TimeTrust } from './time-stamp.ts'

const MOST_BYTES = 64 * 1024

export type StampFault = 'not-a-bundle' | 'already-stamped' | 'bad-stamp'
export type TakenStamp =
  | { ok: true; authority: string; at: string; isTrusted: boolean; stampSha256: string }
  | { ok: false; reason: StampFault; detail: string }

/**
 * Whose word there is on when a bundle was there. `proven`: of an authority somebody trusts; `stamped`: of one nobody asked about; `claimed`: nobody's but
 * its maker's; `doubtful`: a stamp is there and is not good; `missing`: no sealed bundle is at that place.
 */
export type BundleTime =
  | { state: 'proven' | 'stamped'; authority: string; at: string }
  | { state: 'doubtful'; detail: string }
  | { state: 'claimed' | 'missing' }

/** What a stamp over a bundle covers: the signature under its list of files, DER. Undefined where the folder holds no sealed bundle. */
export async function signedListOf(folder: string): Promise<Uint8Array | undefined> {
  return readFile(join(folder, NAMES.manifestSignature)).catch(() => undefined)
}

/** TimeStampReq (DER) over the bundle's signed list; undefined where the folder holds none. Asked again it is the same request. */
export async function requestForBundle(folder: string): Promise<Uint8Array | undefined> {
  const list = await signedListOf(folder)
  return list === undefined ? undefined : timeStampRequest(list)
}

export async function timeOfBundle(folder: string, trust: TimeTrust): Promise<BundleTime> {
  const [list, stamp] = await Promise.all([signedListOf(folder), readFile(join(folder, NAMES.manifestStamp)).catch(() => undefined)])
  if (list === undefined) return { state: 'missing' }
  if (stamp === undefined) return { state: 'claimed' }
  const verdict = verifyTimeStamp(list, stamp, trust)
  if (!verdict.ok) return { state: 'doubtful', detail: verdict.detail }
  return { state: verdict.isTrusted === true ? 'proven' : 'stamped', authority: verdict.authority, at: verdict.at }
}

/** Checks a stamp from a file and lays it beside the list. One that is there stays: a bundle is never made to say another time. */
export async function stampBundle(folder: string, stamp: Uint8Array, trust: TimeTrust): Promise<TakenStamp> {
  const list = await signedListOf(folder)
  if (list === undefined) return { ok: false, reason: 'not-a-bundle', detail: 'there is no sealed bundle in that folder' }
  if (stamp.length > MOST_BYTES) return { ok: false, reason: 'bad-stamp', detail: 'the file is longer than a time stamp' }
  const verdict = verifyTimeStamp(list, stamp, trust)
  if (!verdict.ok) return { ok: false, reason: 'bad-stamp', detail: toldOf(verdict) }
  const { state } = await timeOfBundle(folder, trust)
  if (state !== 'claimed') return { ok: false, reason: 'already-stamped', detail: 'the bundle has a time stamp already, and keeps it' }
  const response = responseOf(stamp)
  await writeFileAtomically(join(folder, NAMES.manifestStamp), response)
  const { authority, at, isTrusted } = verdict
  return { ok: true, authority, at, isTrusted: isTrusted === true, stampSha256: createHash('sha256').update(response).digest('hex') }
}

/** The likeliest slip is an answer to another bundle's request: that is said, not only what the check found. */
function toldOf({ reason, detail }: Extract<TimeStampVerdict, { ok: false }>): string {
  if (reason === 'other-content') return `${detail}: it answers a request for another bundle, or for another version of this one`
  return reason === 'not-a-stamp' ? `${detail}; bring the authority's answer (.tsr) as it came` : detail
}
