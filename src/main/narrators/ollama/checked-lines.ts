import { ModelError } from '../model-error.ts'
import { errorOfWords } from './reply-errors.ts'

/** An answer of a few sentences is never larger, whatever a server sends. */
const LARGEST_ANSWER = 1024 * 1024

interface Watching {
  /** Starts the clock for the next line; cleared as soon as something arrives. */
  readonly onWait: () => NodeJS.Timeout
  readonly asOurs: (error: unknown) => ModelError
}

/**
 * Passes on the lines of a chat stream that are what Ollama sends, and ends with the right failure where they are not: an error line under
 * status 200, a line that is no JSON, an end without `done`. The official client would drop a broken line silently.
 */
export async function* checkedLines(body: ReadableStream<Uint8Array>, { onWait, asOurs }: Watching): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let buffer = ''
  let size = 0
  let isDone = false
  const checked = (line: string): Uint8Array => {
    isDone = check(line) || isDone
    return encoder.encode(`${line}\n`)
  }
  try {
    for (;;) {
      const timer = onWait()
      const { done, value } = await reader.read().finally(() => clearTimeout(timer))
      if (done) break
      size += value.length
      if (size > LARGEST_ANSWER) throw new ModelError('cut-short')
      buffer += decoder.decode(value, { stream: true })
      const lines = buffer.split('\n')
      buffer = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') yield checked(line)
    }
    buffer += decoder.decode()
    if (buffer.trim() !== '') yield checked(buffer)
    if (!isDone) throw new ModelError('cut-stream')
  } catch (error) {
    throw asOurs(error)
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** True for the last line of an answer. */
function check(line: string): boolean {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    // Half a line at the end is a stream that was cut; anything else is not Ollama's, and as useless.
    throw new ModelError('cut-stream')
  }
  if (typeof parsed !== 'object' || parsed === null) throw new ModelError('not-ollama')
  if ('error' in parsed) throw errorOfWords(typeof parsed.error === 'string' ? parsed.error : '')
  if (!('message' in parsed) && !('done' in parsed)) throw new ModelError('not-ollama')
  return 'done' in parsed && parsed.done === true
}
