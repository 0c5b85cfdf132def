import { ModelError } from '../model-error.ts'

/** What an answer with an error status means. The body is JSON with `error`, or the words of something that is not Ollama. */
export function errorOfReply(status: number, body: string): ModelError {
  const said = errorIn(body)
  if (said === null && status !== 503 && status !== 429) return new ModelError('not-ollama')
  return errorOfWords(said ?? '', status)
}

/** The same for an `{"error"}` line that arrives in the middle of a stream, under the status 200. */
export function errorOfWords(said: string, status = 200): ModelError {
  if (status === 503 || status === 429 || /\b(server busy|queue (is )?full|maximum pending requests)\b/i.test(said)) return new ModelError('busy')
  if (status === 404 || /\bmodel\b.*\bnot found\b/i.test(said)) return new ModelError('no-model')
  if (/does not support (chat|generate|completion)/i.test(said)) return new ModelError('cannot-chat')
  if (/\b(context (length|window|size)|prompt (is )?too long|exceeds? .*context)\b/i.test(said)) return new ModelError('prompt-too-long')
  return new ModelError('server-error', said)
}

function errorIn(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && 'error' in parsed && typeof parsed.error === 'string' ? parsed.error : null
  } catch {
    return null
  }
}
