import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { Buffer } from 'node:buffer'
import type { PdfDocument } from './pdf-library.ts'

export type OutputFile = {
  /** Waits while the disk is behind; throws what the disk said. */
  settle(): Promise<void>
  /** After doc.end(): resolves when everything is in the file. */
  finished(): Promise<void>
  abandon(): void
}

const blockSize = 256 * 1024

/**
 * pdfkit pushes many tiny chunks and never waits. They are joined into blocks here, and `settle`, called once per group of items, is where
 * the writer waits for the disk: this, and nothing else, bounds the memory of the run.
 */
export function writeTo(path: string, doc: PdfDocument): OutputFile {
  const file = createWriteStream(path, { flags: 'w' })
  let failure: Error | undefined
  let waiting: Buffer[] = []
  let bytes = 0
  file.on('error', (error) => {
    failure = error
  })
  const flush = (): void => {
    if (bytes === 0) return
    file.write(Buffer.concat(waiting))
    waiting = []
    bytes = 0
  }
  doc.on('data', (chunk: Buffer) => {
    waiting.push(chunk)
    bytes += chunk.length
    if (bytes >= blockSize) flush()
  })
  const ended = new Promise<void>((resolve) => doc.on('end', () => resolve()))

  return {
    settle: async () => {
      if (failure !== undefined) throw failure
      if (file.writableNeedDrain) await Promise.race([once(file, 'drain'), once(file, 'close')])
      if (failure !== undefined) throw failure
    },
    finished: async () => {
      await ended
      flush()
      await new Promise<void>((resolve, reject) => {
        if (failure !== undefined) return reject(failure)
        file.on('error', reject)
        file.end(resolve)
      })
    },
    abandon: () => file.destroy(),
  }
}
