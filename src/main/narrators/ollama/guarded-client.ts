import { Ollama } from 'ollama'
import { ModelError } from '../model-error.ts'
import type { ModelPlace } from '../language-model.ts'
import { checkedLines } from './checked-lines.ts'
import { hostOf } from './host.ts'
import { errorOfReply } from './reply-errors.ts'

/** Patience, in milliseconds. A model that is being loaded says nothing for minutes; one that is writing does not. */
export interface Patience {
  readonly quick: number
  readonly firstByte: number
  readonly betweenLines: number
}

export const usualPatience: Patience = { quick: 5_000, firstByte: 180_000, betweenLines: 60_000 }

/** A list of models or the description of one is never larger. */
const LARGEST_REPLY = 8 * 1024 * 1024

/**
 * The official client on a `fetch` that goes to this one address and nowhere else, follows no redirect, is patient in a known measure and
 * turns every failure into one of ours before the client would print it (it writes to the console, which belongs to the command line).
 */
export function guardedClient(place: ModelPlace, patience: Patience, outer: AbortSignal | undefined): Ollama {
  const host = hostOf(place.host)
  if (host === null || !(host.isLoopback || place.allowedHosts.includes(host.host))) throw new ModelError('host-refused')
  const guardedFetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.protocol !== new URL(host.origin).protocol || url.host !== new URL(host.origin).host) throw new ModelError('host-refused')
    const isChat = url.pathname === '/api/chat'
    const stop = new AbortController()
    const signal = AbortSignal.any([stop.signal, ...(outer === undefined ? [] : [outer]), ...(init?.signal == null ? [] : [init.signal])])
    const timer = alarm(stop, isChat ? patience.firstByte : patience.quick)
    const asOurs = (error: unknown): ModelError => errorOfFetch(error, stop.signal, outer)
    try {
      const response = await fetch(url, { ...init, redirect: 'error', signal })
      if (!response.ok) throw errorOfReply(response.status, await readUpTo(response, 65_536))
      if (!isChat) return new Response(await jsonText(response), { status: 200, headers: { 'content-type': 'application/json' } })
      if (response.body === null) throw new ModelError('cut-stream')
      const lines = checkedLines(response.body, {
        onWait: () => alarm(stop, patience.betweenLines), asOurs,
      })
      return new Response(asStream(lines), { status: 200, headers: { 'content-type': 'application/x-ndjson' } })
    } catch (error) {
      throw asOurs(error)
    } finally {
      clearTimeout(timer)
    }
  }
  return new Ollama({ host: host.origin, fetch: guardedFetch })
}

function asStream(chunks: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const next = await chunks.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    cancel: async () => {
      await chunks.return()
    },
  })
}

function alarm(stop: AbortController, milliseconds: number): NodeJS.Timeout {
  return setTimeout(() => stop.abort(new ModelError('slow')), milliseconds)
}

function errorOfFetch(error: unknown, ours: AbortSignal, outer: AbortSignal | undefined): ModelError {
  if (error instanceof ModelError) return error
  if (outer?.aborted === true) return new ModelError('cancelled')
  if (ours.aborted) return ours.reason instanceof ModelError ? ours.reason : new ModelError('slow')
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') return new ModelError('cut-stream')
  if (cause instanceof Error && /redirect/i.test(cause.message)) return new ModelError('not-ollama')
  if (code.startsWith('HPE_')) return new ModelError('not-ollama')
  return new ModelError('no-server')
}

async function jsonText(response: Response): Promise<string> {
  const text = await readUpTo(response, LARGEST_REPLY)
  try {
    JSON.parse(text)
    return text
  } catch {
    throw new ModelError('not-ollama')
  }
}

async function readUpTo(response: Response, most: number): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > most) throw new ModelError('not-ollama')
  }
  return text + decoder.decode()
}
