import { basename } from 'node:path'
import { TextDecoder } from 'node:util'
import { crc32 } from 'node:zlib'
import { SourceError } from '../connector.ts'
import { fileBytes, type FileChunk } from './file-bytes.ts'
import { pathOf, type SourceFile } from './source-file.ts'
import type { Inspected } from './inspect.ts'

/**
 * The file's text as UTF-8 bytes, without byte order mark, trailing NULs or a half character. UTF-8 passes through untouched.
 * Throws `SourceError` when the bytes are no longer those that were inspected: a reading must be of one file, not of two.
 */
export async function* utf8Text(file: SourceFile, inspected: Inspected, signal?: AbortSignal): AsyncGenerator<FileChunk, void, void> {
  const decoder = inspected.encoding === 'utf-8' ? null : new TextDecoder(inspected.encoding, { ignoreBOM: true })
  let at = 0
  let crc = 0
  for await (const { bytes, progress } of fileBytes(file, signal)) {
    crc = crc32(bytes, crc)
    const from = Math.max(0, inspected.bomBytes - at)
    const to = Math.min(bytes.length, inspected.textBytes - at)
    at += bytes.length
    if (to <= from) continue
    const text = bytes.subarray(from, to)
    yield { bytes: decoder === null ? text : Buffer.from(decoder.decode(text, { stream: true })), progress }
  }
  if (crc !== inspected.crc) {
    const reason = `The file “${basename(pathOf(file))}” changed while it was being read. Wait until it is written, then read it again.`
    throw new SourceError('not-readable', reason)
  }
}
