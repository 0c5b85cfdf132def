import {
  AuthenticationHandler, Client, ResponseType, TelemetryHandler, type Context, type GraphRequest, type Middleware,
} from '@microsoft/microsoft-graph-client'
import type { EntraConfig } from '../../../shared/model/live-source.ts'
import { LiveSourceError, type LiveInput } from '../live-connector.ts'
import { failureOf, statusFault } from './graph-faults.ts'
import type { Family, Pacer } from './pacing.ts'
import { waitBefore, type Trouble } from './retry.ts'
import type { SignedIn } from './sign-in.ts'
import type { Surroundings } from './surroundings.ts'

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PATCH'
  /** Path with query behind the version, or a whole link the source gave. */
  readonly path: string
  readonly family?: Family
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Answers that are handed back rather than thrown, besides those of success. */
  readonly accept?: readonly number[]
}

export interface Answer {
  readonly status: number
  readonly text: string
  /** Parsed body; undefined where it is empty or not JSON (`$count` answers with a bare number). */
  readonly json: unknown
  readonly retries: number
  readonly throttledMs: number
}

/** Graph, asked with patience. Throws LiveSourceError for what patience does not mend, and the signal's reason when it aborts. */
export interface Graph {
  readonly ask: (ask: Ask) => Promise<Answer>
  readonly pause: (ms: number) => Promise<void>
  readonly origin: string
}

export const API_VERSION = 'v1.0'
const ATTEMPT_MS = 120_000

/** `who` is signed in; `pace` is shared by every reading of the same app and tenant. */
export function graphOf(config: EntraConfig, input: LiveInput, who: SignedIn, pace: Pacer, world: Surroundings): Graph {
  const origin = world.endpoints(config.cloud).graph
  const client = Client.initWithMiddleware({
    baseUrl: origin, defaultVersion: API_VERSION, customHosts: new Set([new URL(origin).hostname]),
    middleware: chain(
      new AuthenticationHandler({ getAccessToken: () => who.token(false) }), new TelemetryHandler(), fetching(world.fetch),
    ),
  })

  async function once(ask: Ask): Promise<{ status: number; retryAfter: string | null; text: string }> {
    const request: GraphRequest = client.api(ask.path).responseType(ResponseType.RAW)
      .option('signal', AbortSignal.any([input.signal, AbortSignal.timeout(ATTEMPT_MS)]))
    for (const [name, value] of Object.entries(ask.headers ?? {})) request.header(name, value)
    const response = await send(request, ask) as Response
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() }
  }

  async function ask(wanted: Ask): Promise<Answer> {
    let retries = 0
    let throttledMs = 0
    let waitedMs = 0
    let isRenewed = false
    for (;;) {
      input.signal.throwIfAborted()
      // Asked for here as well, because the SDK would wrap a failed sign-in into an error of its own.
      await who.token(false)
      throttledMs += await pace(wanted.family ?? 'directory', input.signal)
      const tried = await once(wanted).then((got) => ({ got }), (error: unknown) => ({ error }))
      input.signal.throwIfAborted()
      let trouble: Trouble
      if ('error' in tried) {
        trouble = { kind: 'network', error: failureOf(tried.error) }
      } else {
        const { status, retryAfter, text } = tried.got
        if (status === 401 && !isRenewed) {
          isRenewed = true
          retries += 1
          await who.token(true)
          continue
        }
        if (status === 429 || status === 503 || status === 504 || status >= 500) {
          trouble = { kind: status === 429 ? 'throttled' : 'server', status, retryAfter }
        } else if ((status >= 200 && status < 300) || wanted.accept?.includes(status) === true) {
          const json = parse(text)
          if (json !== HALF) return { status, text, json, retries, throttledMs }
          trouble = { kind: 'half' }
        } else {
          throw statusFault(status, parse(text), wanted.path)
        }
      }
      const wait = waitBefore(trouble, retries, waitedMs, world.chance(), Date.parse(input.now()))
      if (wait instanceof LiveSourceError) throw wait
      retries += 1
      waitedMs += wait
      if (trouble.kind === 'throttled') throttledMs += wait
      await world.pause(wait, input.signal)
    }
  }
  return { ask, pause: (ms) => world.pause(ms, input.signal), origin }
}

function send(request: GraphRequest, ask: Ask): Promise<unknown> {
  switch (ask.method ?? 'GET') {
    case 'GET': return request.get()
    case 'POST': return request.post(ask.body)
    case 'PATCH': return request.patch(ask.body)
    case 'DELETE': return request.delete()
  }
}

const HALF = Symbol('a body that ends in the middle')

function parse(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  try {
    return JSON.parse(trimmed) as unknown
  } catch {
    return HALF
  }
}

/** The SDK's last link, with a fetch of our choosing. */
function fetching(fetch: Surroundings['fetch']): Middleware {
  return {
    execute: async (context: Context) => { context.response = await fetch(context.request as string, context.options as RequestInit) },
  }
}

function chain(...links: Middleware[]): Middleware {
  links.forEach((link, index) => {
    const next = links[index + 1]
    if (next !== undefined) link.setNext?.(next)
  })
  return links[0] as Middleware
}
