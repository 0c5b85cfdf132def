import { createWriteStream } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { Buffer } from 'node:buffer'
import type { Veil } from '../veil.ts'
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
export function writeTo(path: string, doc: PdfDocument, veil?: Veil): OutputFile {
  const file = createWriteStream(path, { flags: 'w' })
  let failure: Error | undefined
  let waiting: Buffer[] = []
  let bytes = 0
  let at = 0
  let onRoom = (): void => undefined
  file.on('error', (error) => {
    failure = error
    onRoom()
  })
  file.on('drain', () => onRoom())
  const flush = (): void => {
    if (bytes === 0) return
    const block = Buffer.concat(waiting)
    file.write(veil?.(block, at) ?? block)
    at += block.length
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
      // A turn of the event loop: without it neither the PDF's stream nor the disk gets a word in while items come from memory.
      await setImmediate()
      if (failure !== undefined) throw failure
      if (!file.writableNeedDrain) return
      await new Promise<void>((resolve) => {
        onRoom = resolve
      })
      if (failure !== undefined) throw failure
    },
    finished: async () => {
      await ended
      flush()
      await new Promise<void>((resolve, reject) => {
        if (failure !== undefined) return reject(failure)
        file.on('error', reject)
        file.end((error?: Error | null) => (error == null ? resolve() : reject(error)))
      })
    },
    abandon: () => file.destroy(),
  }
}
