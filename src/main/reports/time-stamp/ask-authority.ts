// The one call that leaves the machine when a report is sealed with a time stamp: a hash goes out, a signed time comes back.
import { Buffer } from 'node:buffer'
import { createHash, randomBytes } from 'node:crypto'
import { TAG, derOf, isSameBytes } from '../signing/der.ts'
import { nonceOf, responseOf, verifyTimeStamp, type TimeTrust } from './time-stamp.ts'

export type Fetch = (input: string, init: RequestInit) => Promise<Response>

/** `response`: TimeStampResp as DER, checked. `detail`: a sentence without the authority's own words. */
export type AuthorityAnswer =
  | { ok: true; response: Uint8Array; at: string; authority: string }
  | { ok: false; detail: string }

/** Where an authority is asked: a plain http(s) address without name and password. */
export type AuthorityAddress = { readonly url: string; readonly host: string; readonly isLoopback: boolean }

const PATIENCE_MS = 20_000
const MOST_BYTES = 64 * 1024
const SHA_256 = Uint8Array.of(0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01)

/** Null for what is no address of an authority. Stamps are signed, so plain http is good enough: it is what most authorities offer. */
export function authorityAddress(text: string): AuthorityAddress | null {
  const trimmed = text.trim()
  const url = trimmed.length <= 500 && URL.canParse(trimmed) ? new URL(trimmed) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '' || url.hash !== '') return null
  return { url: url.href, host: url.host, isLoopback: url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(url.hostname) }
}

/** TimeStampReq over `content`, version 1, asking for the authority's certificate. `nonce` undefined: none, for a request that travels as a file. */
export function timeStampRequest(content: Uint8Array | string, nonce?: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(content).digest()
  const algorithm = derOf(TAG.sequence, SHA_256, derOf(TAG.null))
  return derOf(
    TAG.sequence, derOf(TAG.integer, Uint8Array.of(1)), derOf(TAG.sequence, algorithm, derOf(TAG.octets, hash)),
    ...(nonce === undefined ? [] : [derOf(TAG.integer, nonce)]), derOf(TAG.boolean, Uint8Array.of(0xff)),
  )
}

/** Asks once, at the named address only: a redirect is refused. What comes back is checked before it is handed on. */
export async function askAuthority(
  fetch: Fetch, address: AuthorityAddress, content: Uint8Array | string, trust: TimeTrust, signal: AbortSignal,
): Promise<AuthorityAnswer> {
  const { host } = address
  // Positive and of constant length as a DER integer.
  const nonce = randomBytes(9)
  nonce[0] = 0x40 | ((nonce[0] ?? 0) & 0x3f)
  let answered: Uint8Array
  try {
    const answer = await fetch(address.url, {
      method: 'POST', redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Uint8Array.from(timeStampRequest(content, nonce)),
    })
    if (!answer.ok) return { ok: false, detail: `the time authority ${host} answered ${answer.status}` }
    answered = await bounded(answer)
  } catch {
    signal.throwIfAborted()
    return { ok: false, detail: `the time authority ${host} could not be reached` }
  }
  const verdict = verifyTimeStamp(content, answered, trust)
  if (!verdict.ok) return { ok: false, detail: `the answer of the time authority ${host} is not good: ${verdict.detail}` }
  const repeated = nonceOf(answered)
  if (repeated === undefined || !isSameBytes(repeated, nonce)) return { ok: false, detail: `the time authority ${host} answered another question` }
  return { ok: true, response: responseOf(answered), at: verdict.at, authority: verdict.authority }
}

async function bounded(answer: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += (part as Uint8Array).length
    if (bytes > MOST_BYTES) throw new Error('longer than a time stamp')
    parts.push(part as Uint8Array)
  }
  return Buffer.concat(parts)
}
