import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SourceError } from '../connector.ts'
import type { SourceFile } from './source-file.ts'

const CHUNK_BYTES = 256 * 1024

export interface FileChunk {
  readonly bytes: Buffer
  /** Share of the file on disk read so far, 0 to 1. */
  readonly progress: number
}

/** Streams a file's content; a gzip file (the kept raw copy, or an export that came compressed) is read through. */
export async function* fileBytes(source: SourceFile, signal?: AbortSignal): AsyncGenerator<FileChunk, void, void> {
  signal?.throwIfAborted()
  if (typeof source !== 'string') {
    yield* keptBytes(source, signal)
    return
  }
  const path = source
  const { size, isGzip } = await look(path)
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES, ...(signal && { signal }) })
  const stream = isGzip ? file.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : file
  if (stream !== file) file.once('error', (error) => stream.destroy(error))
  try {
    for await (const chunk of stream) {
      signal?.throwIfAborted()
      if (!(chunk instanceof Buffer)) continue
      yield { bytes: chunk, progress: size === 0 ? 1 : Math.min(1, file.bytesRead / size) }
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw asSourceError(error, path)
  } finally {
    file.destroy()
    if (stream !== file) stream.destroy()
  }
}

/** Kept originals are compressed before they are encrypted. */
async function* keptBytes({ path, bytes }: Exclude<SourceFile, string>, signal?: AbortSignal): AsyncGenerator<FileChunk, void, void> {
  const { size } = await look(path)
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  let read = 0
  const opened = Readable.from((async function* () {
    for await (const chunk of bytes()) {
      read += chunk.length
      yield chunk
    }
  })())
  opened.once('error', (error) => gunzip.destroy(error))
  try {
    for await (const chunk of opened.pipe(gunzip)) {
      signal?.throwIfAborted()
      if (chunk instanceof Buffer) yield { bytes: chunk, progress: size === 0 ? 1 : Math.min(1, read / size) }
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw asSourceError(error, path)
  } finally {
    opened.destroy()
    gunzip.destroy()
  }
}

/** Whether a file is gzip-compressed. */
export const isGzipFile = async (path: string): Promise<boolean> => (await look(path)).isGzip

async function look(path: string): Promise<{ size: number; isGzip: boolean }> {
  let handle: FileHandle | null = null
  try {
    handle = await open(path, 'r')
    const stat = await handle.stat()
    if (!stat.isFile()) throw new SourceError('not-readable', `“${basename(path)}” is not a file. Choose the exported file itself.`)
    const first = Buffer.alloc(2)
    const { bytesRead } = await handle.read(first, 0, 2, 0)
    return { size: stat.size, isGzip: bytesRead === 2 && first[0] === 0x1f && first[1] === 0x8b }
  } catch (error) {
    throw asSourceError(error, path)
  } finally {
    await handle?.close()
  }
}

export function asSourceError(error: unknown, path: string): Error {
  if (error instanceof SourceError) return error
  if (!(error instanceof Error)) return new Error('Reading failed for an unknown reason.')
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  const name = basename(path)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SourceError('not-found', `The file “${name}” is not there. Check the path, or whether the stick or share is connected.`)
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new SourceError('not-readable', `The file “${name}” may not be read by this user. Ask for read permission on it.`)
  }
  if (code === 'EISDIR') return new SourceError('not-readable', `“${name}” is a folder. Choose the exported file itself.`)
  if (code?.startsWith('Z_')) {
    return new SourceError('not-readable', `The compressed file “${name}” is damaged or incomplete. Export or copy it again.`)
  }
  if (code !== null) return new SourceError('not-readable', `The file “${name}” could not be read (${code}). Nothing of it was taken.`)
  return error
}
