// A stamp that is brought later: the request leaves as a file, and the answer is laid beside the signed list, which it covers and does not change.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NAMES } from '../bundle/bundle-format.ts'
import { writeFileAtomically } from '../signing/key-files.ts'
import { timeStampRequest } from './ask-authority.ts'
import { responseOf, verifyTimeStamp, type TimeTrust } from './time-stamp.ts'

const MOST_BYTES = 64 * 1024

export type StampFault = 'not-a-bundle' | 'already-stamped' | 'bad-stamp'
export type TakenStamp =
  | { ok: true; authority: string; at: string; isTrusted: boolean; stampSha256: string }
  | { ok: false; reason: StampFault; detail: string }

/** TimeStampReq (DER) over the bundle's signed list; undefined where the folder holds none. Asked again it is the same request. */
export async function requestForBundle(folder: string): Promise<Uint8Array | undefined> {
  const list = await listOf(folder)
  return list === undefined ? undefined : timeStampRequest(list)
}

/** Checks a stamp from a file and lays it beside the list. One that is there stays: a bundle is never made to say another time. */
export async function stampBundle(folder: string, stamp: Uint8Array, trust: TimeTrust): Promise<TakenStamp> {
  const list = await listOf(folder)
  if (list === undefined) return { ok: false, reason: 'not-a-bundle', detail: 'there is no sealed bundle in that folder' }
  if (stamp.length > MOST_BYTES) return { ok: false, reason: 'bad-stamp', detail: 'the file is longer than a time stamp' }
  const verdict = verifyTimeStamp(list, stamp, trust)
  if (!verdict.ok) return { ok: false, reason: 'bad-stamp', detail: verdict.detail }
  const path = join(folder, NAMES.manifestStamp)
  if (await stat(path).then(() => true, () => false)) return { ok: false, reason: 'already-stamped', detail: 'the bundle has a time stamp already, and keeps it' }
  const response = responseOf(stamp)
  await writeFileAtomically(path, response)
  const { authority, at, isTrusted } = verdict
  return { ok: true, authority, at, isTrusted: isTrusted === true, stampSha256: createHash('sha256').update(response).digest('hex') }
}

async function listOf(folder: string): Promise<Buffer | undefined> {
  return readFile(join(folder, NAMES.manifestSignature)).catch(() => undefined)
}
