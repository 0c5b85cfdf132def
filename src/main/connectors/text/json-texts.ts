import type { FileChunk } from './file-bytes.ts'

/** One object each line, or one array of objects over any number of lines. */
export type JsonForm = 'lines' | 'array'

export interface JsonText {
  /** Line in the file where the object begins, first line = 1. */
  readonly line: number
  /** Null: longer than any honest object. */
  readonly text: string | null
}

export interface JsonEnd {
  /** Lines: the last one has its line end. Array: its closing bracket was seen. */
  readonly isWhole: boolean
  /** Where what is not whole begins. */
  readonly line: number
}

/** An event with everything an identity provider writes about it is a few KiB. */
export const MAX_OBJECT_BYTES = 1024 * 1024

const [NEWLINE, QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x0a, 0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]
const EMPTY: Buffer = Buffer.alloc(0)

/** Whether a text's beginning is that of JSON lines or of a JSON array of objects; null for anything else. */
export function jsonFormOf(sample: string): JsonForm | null {
  const start = sample.trimStart()
  if (/^\[\s*(\{|\]\s*$)/.test(start)) return 'array'
  const lines = start.split('\n', 6).map((line) => line.trim()).filter((line) => line !== '')
  return lines.some((line) => line.startsWith('{') && objectOf(line) !== null) ? 'lines' : null
}

/** The object a text is, or null. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Streams the objects' texts, some thousand at a time; memory stays at one block and one object. */
export async function* readJsonTexts(
  text: AsyncIterable<FileChunk>, form: JsonForm,
): AsyncGenerator<{ readonly texts: readonly JsonText[]; readonly progress: number }, JsonEnd, void> {
  return form === 'lines' ? yield* lines(text) : yield* array(text)
}

async function* lines(text: AsyncIterable<FileChunk>): AsyncGenerator<{ readonly texts: readonly JsonText[]; readonly progress: number }, JsonEnd, void> {
  let rest = EMPTY
  let line = 1
  let isTooLong = false
  for await (const { bytes, progress } of text) {
    const buffer = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const texts: JsonText[] = []
    let from = 0
    for (let end = buffer.indexOf(NEWLINE); end !== -1; end = buffer.indexOf(NEWLINE, from)) {
      const one = isTooLong ? null : buffer.toString('utf8', from, end).trim()
      if (one !== '') texts.push({ line, text: one })
      isTooLong = false
      from = end + 1
      line += 1
    }
    rest = buffer.subarray(from)
    if (rest.length > MAX_OBJECT_BYTES) {
      isTooLong = true
      rest = EMPTY
    }
    yield { texts, progress }
  }
  const last = isTooLong ? null : rest.toString('utf8').trim()
  if (last !== '') yield { texts: [{ line, text: last }], progress: 1 }
  return { isWhole: last === '' || (last !== null && objectOf(last) !== null), line }
}

async function* array(text: AsyncIterable<FileChunk>): AsyncGenerator<{ readonly texts: readonly JsonText[]; readonly progress: number }, JsonEnd, void> {
  let parts: Buffer[] = []
  let size = 0
  let depth = 0
  let line = 1
  let startLine = 1
  let isInString = false
  let isEscaped = false
  let isClosed = false
  for await (const { bytes, progress } of text) {
    const texts: JsonText[] = []
    let from = depth > 1 ? 0 : -1
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at]
      if (byte === NEWLINE) line += 1
      if (isInString) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) isInString = false
      } else if (byte === QUOTE) isInString = true
      else if (byte === OPEN || byte === OPEN_LIST) {
        depth += 1
        if (depth === 2) [from, startLine] = [at, line]
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        depth -= 1
        if (depth === 1) {
          const whole = size > MAX_OBJECT_BYTES ? null : Buffer.concat([...parts, bytes.subarray(Math.max(0, from), at + 1)]).toString('utf8')
          texts.push({ line: startLine, text: whole })
          ;[parts, size, from] = [[], 0, -1]
        }
        if (depth === 0) isClosed = true
      }
    }
    if (depth > 1) {
      const kept = bytes.subarray(Math.max(0, from))
      size += kept.length
      // Chunks may be reused by the reader: what is kept over its end is copied.
      parts = size > MAX_OBJECT_BYTES ? [] : [...parts, Buffer.from(kept)]
    }
    yield { texts, progress }
  }
  return { isWhole: isClosed && depth === 0, line: depth > 1 ? startLine : line }
}
