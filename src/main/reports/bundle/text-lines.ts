import { createReadStream } from 'node:fs'

/** Stands for a line that is not UTF-8; it cannot be JSON, so every reader of it finds the fault. */
export const UNREADABLE_LINE = '\u0000 not UTF-8'

/** No line Muster writes comes near this; a file without line breaks must not fill the memory. */
const LONGEST_LINE = 16 * 1024 * 1024

/**
 * Lines of a file, split at LF only and without it. Node's readline would also split at U+2028, which is an ordinary character
 * inside JSON; and it would quietly replace bytes that are not UTF-8, after which two different files read the same.
 */
export async function* textLines(path: string): AsyncGenerator<string> {
  for await (const lines of textLineBlocks(path)) yield* lines
}

/** The same lines, as many at a time as were read: a log has so many that waiting for each would take longer than reading them. */
export async function* textLineBlocks(path: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const block = held.length === 0 ? (chunk as Buffer) : Buffer.concat([held, chunk as Buffer])
    const lines: string[] = []
    let start = 0
    for (let end = block.indexOf(10); end >= 0; end = block.indexOf(10, start)) {
      lines.push(decode(decoder, block.subarray(start, end)))
      start = end + 1
    }
    yield lines
    held = block.subarray(start)
    if (held.length > LONGEST_LINE) {
      yield [UNREADABLE_LINE]
      return
    }
  }
  if (held.length > 0) yield [decode(decoder, held)]
}

function decode(decoder: { decode: (bytes: Uint8Array) => string }, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return UNREADABLE_LINE
  }
}
