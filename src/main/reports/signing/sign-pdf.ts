import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Veil } from '../veil.ts'
import { BYTE_RANGE_MARKER, CONTENTS_START, RESERVED_BYTES } from './pdf-signature-field.ts'
import { signDigest, type Stamp } from './sign-cms.ts'
import type { Signer } from './signer.ts'

/** `sha256` of the whole signed file, hex. */
export type SignedPdf =
  | { ok: true; bytes: number; sha256: string }
  | { ok: false; reason: 'no-signature-field' | 'signature-too-large'; detail: string }

const CHUNK = 1 << 20

const plain: Veil = (bytes) => bytes

/**
 * Fills the reserved place of the PDF at `path`, in the file itself. The file is read once to find the place and hash what will be
 * signed, once more for the hash of the result; never held in memory as a whole. `stamp`: a time authority's word goes into the signature.
 * `veil`: what the file lies under, and stays under. The reserved place is written twice under it; it never holds a secret.
 */
export async function signPdf(path: string, signer: Signer, { stamp, veil = plain }: { readonly stamp?: Stamp; readonly veil?: Veil } = {}): Promise<SignedPdf> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const found = await findAndHash(file, size, veil)
    if (found === undefined) {
      return { ok: false, reason: 'no-signature-field', detail: 'The PDF has no place reserved for a signature, or more than one' }
    }
    const cms = await signDigest(found.digest, signer, stamp)
    if (cms.length > RESERVED_BYTES) {
      return { ok: false, reason: 'signature-too-large', detail: `The signature takes ${cms.length} bytes, ${RESERVED_BYTES} are reserved` }
    }
    await writeAt(file, veil(found.byteRange, found.markerAt), found.markerAt)
    await writeAt(file, veil(Buffer.from(Buffer.from(cms).toString('hex')), found.contentsAt), found.contentsAt)
    await file.sync()
    return { ok: true, bytes: size, sha256: await hashWhole(file, veil) }
  } finally {
    await file.close()
  }
}

type Found = { markerAt: number; contentsAt: number; byteRange: Buffer; digest: Uint8Array }

const MARKER = Buffer.from(BYTE_RANGE_MARKER)
const OPENING = Buffer.from(`${BYTE_RANGE_MARKER}${CONTENTS_START}`)

/**
 * Hashes the file as it will be signed: with the numbers of the byte range written in, and without the angle brackets and digits
 * of /Contents. All numbers are known as soon as the marker is seen, so one pass is enough.
 */
async function findAndHash(file: FileHandle, size: number, veil: Veil): Promise<Found | undefined> {
  const hash = createHash('sha256')
  let found: Omit<Found, 'digest'> | undefined
  let held = Buffer.alloc(0)
  let heldAt = 0
  let skipTo = 0
  for await (const chunk of chunks(file, veil)) {
    held = Buffer.concat([held, chunk])
    const index = held.indexOf(OPENING)
    if (index >= 0) {
      if (found !== undefined) return undefined
      found = place(heldAt + index, size)
      hash.update(held.subarray(0, index))
      hash.update(found.byteRange)
      hash.update(held.subarray(index + MARKER.length, index + OPENING.length - 1))
      skipTo = found.contentsAt + RESERVED_BYTES * 2 + 1
      held = held.subarray(index + OPENING.length)
      heldAt += index + OPENING.length
    }
    if (heldAt < skipTo) {
      const skipped = Math.min(held.length, skipTo - heldAt)
      held = held.subarray(skipped)
      heldAt += skipped
    }
    if (found !== undefined && held.includes(OPENING)) return undefined
    // The end is kept back: the marker may straddle two chunks.
    const sure = Math.max(0, held.length - OPENING.length)
    hash.update(held.subarray(0, sure))
    held = held.subarray(sure)
    heldAt += sure
  }
  if (found === undefined) return undefined
  return { ...found, digest: hash.update(held).digest() }
}

function place(markerAt: number, size: number): Omit<Found, 'digest'> {
  const contentsAt = markerAt + OPENING.length
  const secondStart = contentsAt + RESERVED_BYTES * 2 + 1
  const text = `/ByteRange [0 ${contentsAt - 1} ${secondStart} ${size - secondStart}]`
  return { markerAt, contentsAt, byteRange: Buffer.from(text.padEnd(MARKER.length)) }
}

async function* chunks(file: FileHandle, veil: Veil): AsyncGenerator<Uint8Array> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, position)
    if (bytesRead === 0) return
    yield veil(buffer.subarray(0, bytesRead), position)
    position += bytesRead
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  const { bytesWritten } = await file.write(bytes, 0, bytes.length, position)
  if (bytesWritten !== bytes.length) throw new Error('The disk took only a part of the signature')
}

async function hashWhole(file: FileHandle, veil: Veil): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunks(file, veil)) hash.update(chunk)
  return hash.digest('hex')
}
