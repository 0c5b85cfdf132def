// Reads out of a PDF what its signature covers and what is attached to it, without holding the file in memory. Needs nothing but Node, so that a thread
// that only reads is started quickly.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'

/** `digest` of all it signs, the signature's own bytes `cms`, or why there is none; SHA-256 (hex) of every attached file. */
export type SignedPdf = {
  readonly signed: { ok: true; digest: Uint8Array; cms: Uint8Array } | { ok: false; reason: 'no-signature' | 'partly-signed'; detail: string }
  readonly attachments: string[]
}

const BYTE_RANGE = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/
const LONGEST_TOKEN = 128
const CHUNK_BYTES = 1024 * 1024

export async function readSignedPdf(path: string): Promise<SignedPdf> {
  const { ranges, attached, size } = await scan(path)
  return { signed: await readSignature(path, ranges, size), attachments: await hashAttachments(path, attached, size) }
}

async function readSignature(path: string, ranges: readonly number[][], size: number): Promise<SignedPdf['signed']> {
  const [range, ...more] = ranges
  if (range === undefined) return { ok: false, reason: 'no-signature', detail: 'the PDF carries no signature' }
  const [start = -1, first = 0, second = 0, rest = 0] = range
  if (more.length > 0 || start !== 0 || first < 1 || second <= first + 2 || second + rest !== size) {
    const detail = 'the signature does not cover the whole document: something was added or left out'
    return { ok: false, reason: 'partly-signed', detail }
  }
  const gap = (await readPart(path, first, second - 1)).toString('latin1')
  const cms = /^<(?:[0-9a-fA-F]{2})+>$/.test(gap) ? withoutPadding(Buffer.from(gap.slice(1, -1), 'hex')) : undefined
  if (cms === undefined) return { ok: false, reason: 'no-signature', detail: 'the place of the signature is damaged' }
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { start: 0, end: first - 1, highWaterMark: CHUNK_BYTES })) hash.update(chunk as Buffer)
  for await (const chunk of createReadStream(path, { start: second, highWaterMark: CHUNK_BYTES })) hash.update(chunk as Buffer)
  return { ok: true, digest: hash.digest(), cms }
}

/** The reserved place is larger than the signature: the outermost DER length says where it ends, and nothing may follow but zeros. */
function withoutPadding(bytes: Buffer): Buffer | undefined {
  const short = bytes[1] ?? 0
  const digits = short < 0x80 ? 0 : short & 0x7f
  if (short === 0x80 || digits > 4 || bytes.length < 2 + digits) return undefined
  const end = 2 + digits + (digits === 0 ? short : bytes.readUIntBE(2, digits))
  return bytes.subarray(end).every((byte) => byte === 0) ? bytes.subarray(0, end) : undefined
}

type Scan = { ranges: number[][]; attached: number[]; size: number }

/** Byte ranges of signatures, and where the dictionaries of attached files stand. */
async function scan(path: string): Promise<Scan> {
  const ranges: number[][] = []
  const attached: number[] = []
  let held = ''
  let heldAt = 0
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    size += (chunk as Buffer).length
    held += (chunk as Buffer).toString('latin1')
    for (const match of held.matchAll(new RegExp(`${BYTE_RANGE.source}|/Type\\s*/EmbeddedFile\\b`, 'g'))) {
      // What begins in the part kept back is found again, whole, with the next chunk.
      const isKeptBack = match.index >= held.length - LONGEST_TOKEN
      if (isKeptBack) continue
      record(match, heldAt)
    }
    const done = Math.max(0, held.length - LONGEST_TOKEN)
    held = held.slice(done)
    heldAt += done
  }
  for (const match of held.matchAll(new RegExp(`${BYTE_RANGE.source}|/Type\\s*/EmbeddedFile\\b`, 'g'))) record(match, heldAt)
  return { ranges, attached, size }

  function record(match: RegExpExecArray, offset: number): void {
    if (match[1] === undefined) attached.push(offset + match.index)
    else ranges.push(match.slice(1).map(Number))
  }
}

async function hashAttachments(path: string, positions: readonly number[], size: number): Promise<string[]> {
  const hashes: string[] = []
  for (const position of positions) {
    const head = (await readPart(path, position, Math.min(size, position + 4096) - 1)).toString('latin1')
    const dictionary = /^([\s\S]*?)\bstream\r?\n/.exec(head)
    const length = /\/Length (\d+)/.exec(dictionary?.[1] ?? '')?.[1]
    if (dictionary === null || length === undefined) continue
    const start = position + dictionary[0].length
    const hash = createHash('sha256')
    const stream = createReadStream(path, { start, end: start + Number(length) - 1, highWaterMark: CHUNK_BYTES })
    try {
      if (/\/Filter\s*\[?\s*\/FlateDecode/.test(dictionary[1] ?? '')) await pipeline(stream, createInflate({ chunkSize: CHUNK_BYTES }), hash)
      else await pipeline(stream, hash)
      hashes.push(hash.digest('hex'))
    } catch {
      // A damaged attachment has no hash, so nothing can be equal to it; the signature check names the damage.
    }
  }
  return hashes
}

/** Bytes `first` to `last`, both included. */
async function readPart(path: string, first: number, last: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, last - first + 1)), 0, Math.max(0, last - first + 1), first)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
