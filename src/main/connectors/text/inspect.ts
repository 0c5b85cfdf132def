import { isUtf8 } from 'node:buffer'
import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { SourceError } from '../connector.ts'
import { fileBytes } from './file-bytes.ts'
import { pathOf, type SourceFile } from './source-file.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What one fast look at every byte told: how to decode it, where its text ends, and a checksum to notice a change between passes. */
export interface Inspected {
  readonly encoding: Encoding
  readonly bomBytes: number
  /** Text ends here: trailing NUL bytes and a character cut in half come after. */
  readonly textBytes: number
  readonly crc: number
  readonly trailingNuls: number
  readonly isCharacterCut: boolean
}

const SAMPLE_BYTES = 64 * 1024
const NUL = 0

/** Reads the whole file once. Throws `SourceError` when it is missing, unreadable, empty or not text. */
export async function inspectFile(file: SourceFile, signal?: AbortSignal): Promise<Inspected> {
  const name = basename(pathOf(file))
  let size = 0
  let crc = 0
  let contentEnd = 0
  let isValidUtf8 = true
  let tail: Buffer = Buffer.alloc(0)
  let sample: Buffer = Buffer.alloc(0)
  for await (const { bytes } of fileBytes(file, signal)) {
    crc = crc32(bytes, crc)
    if (sample.length < SAMPLE_BYTES) sample = Buffer.concat([sample, bytes.subarray(0, SAMPLE_BYTES - sample.length)])
    const lastText = lastNonNul(bytes)
    if (lastText >= 0) contentEnd = size + lastText + 1
    size += bytes.length
    if (isValidUtf8) {
      const joined = tail.length === 0 ? bytes : Buffer.concat([tail, bytes])
      const whole = joined.length - unfinishedUtf8(joined)
      isValidUtf8 = isUtf8(joined.subarray(0, whole))
      tail = Buffer.from(joined.subarray(whole))
    }
  }
  if (size === 0) throw new SourceError('empty', `The file “${name}” is empty.`)
  const bom = bomOf(sample)
  if (bom?.encoding === 'utf-16le' || bom?.encoding === 'utf-16be') {
    const textBytes = Math.min(size, contentEnd + (contentEnd % 2))
    return {
      encoding: bom.encoding, bomBytes: 2, textBytes: textBytes - (textBytes % 2), crc,
      trailingNuls: Math.max(0, size - textBytes - (size % 2)), isCharacterCut: size % 2 === 1,
    }
  }
  refuseBinary(sample.subarray(0, Math.min(sample.length, contentEnd)), name)
  const trailingNuls = size - contentEnd
  // NUL is valid UTF-8, so padding behind a half character would make the bytes before it look like another encoding.
  const encoding: Encoding = isValidUtf8 ? 'utf-8' : 'windows-1252'
  const cutBytes = isValidUtf8 && trailingNuls === 0 ? tail.length : 0
  return {
    encoding, bomBytes: bom?.encoding === 'utf-8' ? 3 : 0, textBytes: contentEnd - cutBytes, crc, trailingNuls,
    isCharacterCut: cutBytes > 0,
  }
}

function lastNonNul(bytes: Buffer): number {
  let at = bytes.length - 1
  while (at >= 0 && bytes[at] === NUL) at -= 1
  return at
}

/** Bytes at the end that begin a UTF-8 character without finishing it: 0 to 3. */
function unfinishedUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1
    return needed > back ? back : 0
  }
  return 0
}

function bomOf(bytes: Buffer): { encoding: Encoding } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8' }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be' }
  return null
}

function refuseBinary(sample: Buffer, name: string): void {
  const isZip = sample[0] === 0x50 && sample[1] === 0x4b && sample[2] === 3 && sample[3] === 4
  const isOldOffice = sample[0] === 0xd0 && sample[1] === 0xcf && sample[2] === 0x11 && sample[3] === 0xe0
  if (isZip || isOldOffice) {
    throw new SourceError('not-text', `“${name}” is a spreadsheet or archive, not a text file. Save it as CSV and choose that file.`)
  }
  let controls = 0
  for (const byte of sample) {
    if (byte === NUL) throw new SourceError('not-text', `“${name}” is not a text file: it holds NUL bytes. Export it as CSV text.`)
    if (byte < 9 || (byte > 13 && byte < 32)) controls += 1
  }
  if (controls * 100 > sample.length) {
    throw new SourceError('not-text', `“${name}” is not a text file: it is full of control characters. Export it as CSV text.`)
  }
}
