import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Veil, VeiledFile } from '../veil.ts'

export type WrittenFile = { readonly bytes: number; readonly sha256: string }

export type FileSink = {
  readonly write: (text: string | Uint8Array) => Promise<void>
  /** Flushes to the disk itself and says what was written. */
  readonly close: () => Promise<WrittenFile>
  /** Lets go of the file after a failure; what was written so far is the caller's to remove. */
  readonly abandon: () => Promise<void>
}

const BLOCK = 256 * 1024

/**
 * A new file that is hashed while it is written, in blocks, so that its length does not matter. Fails if the file exists. `veil`: what it lies
 * under on the disk; length and hash are those of the file as it is meant to be.
 */
export async function openSink(path: string, veil: Veil = (block) => block): Promise<FileSink> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'wx', 0o644)
  const hash = createHash('sha256')
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let bytes = 0
  async function flush(): Promise<void> {
    const block = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    hash.update(block)
    const laid = veil(block, bytes)
    for (let at = 0; at < laid.length;) at += (await file.write(laid, at)).bytesWritten
    bytes += block.length
  }
  return {
    write: async (text) => {
      const chunk = typeof text === 'string' ? Buffer.from(text) : text
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (waitingBytes >= BLOCK) await flush()
    },
    close: async () => {
      try {
        await flush()
        await file.sync()
      } finally {
        await file.close()
      }
      return { bytes, sha256: hash.digest('hex') }
    },
    abandon: () => file.close(),
  }
}

/** Writes through a sink and closes it whatever happens. */
export async function writeThrough({ path, veil }: VeiledFile, fill: (sink: FileSink) => Promise<void>): Promise<WrittenFile> {
  const sink = await openSink(path, veil)
  try {
    await fill(sink)
  } catch (error) {
    await sink.abandon()
    throw error
  }
  return sink.close()
}

export async function hashFile(path: string): Promise<WrittenFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { bytes, sha256: hash.digest('hex') }
}
