import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, type GraphState } from './answers.ts'
import type { TestCertificates } from './certificates.ts'
import type { PageSizes } from './delta.ts'
import { plannedFaults, spoiled, type Faults } from './faults.ts'
import { asked, fault, type Answered, type Asked } from './query.ts'
import { throttle, type Throttle } from './throttle.ts'
import type { Tenant } from './tenant.ts'
import { tokenEndpoint, type Directory, type TokenEndpoint } from './token-endpoint.ts'
import { write } from './writes.ts'

export const TENANT_ID = '11111111-2222-4333-8444-555555555555'
export const CLIENT_ID = '66666666-7777-4888-8999-aaaaaaaaaaaa'
export const SECRET = 'Fake~secret.that-nobody-may-see_0123456789'

export interface FakeGraph {
  readonly origin: string
  readonly tenant: Tenant
  readonly directory: Directory
  readonly tokens: TokenEndpoint
  readonly faults: Faults
  /** `GET /users/delta?$select=…`, decoded, in order; the parts of a batch each by themselves. */
  readonly requests: string[]
  readonly withhold: (permission: string) => void
  /** Delta tokens given out so far are answered with 410. */
  readonly forgetChanges: () => void
  readonly close: () => Promise<void>
}

export interface FakeOptions {
  readonly tenant: Tenant
  readonly certificates: TestCertificates
  readonly sizes?: PageSizes
  /** Microsoft Entra ID P2: sign-ins, eligibility. */
  readonly hasPremium?: boolean
  /** Enforces Graph's documented limits by this clock (milliseconds); left out = no limits. */
  readonly clock?: () => number
  /** Keeps no log of requests: a large tenant is asked very often. */
  readonly isQuiet?: boolean
}

/** Microsoft Graph and its sign-in service on 127.0.0.1, over HTTPS, for one tenant. */
export async function startFakeGraph(options: FakeOptions): Promise<FakeGraph> {
  const { tenant, certificates } = options
  const withheld = new Set<string>()
  const requests: string[] = []
  const faults = plannedFaults()
  const limits: Throttle = throttle(options.clock)
  const directory: Directory = { clientId: CLIENT_ID, secret: SECRET, hasCertificate: true, tokenSeconds: 3_600, pendingPolls: 1 }
  let origin = ''
  let epoch = 0
  const tokens = tokenEndpoint(TENANT_ID, () => origin, directory)

  function respond(ask: Asked, link: string): { answer: Answered; fault: ReturnType<Faults['take']> } {
    const line = `${ask.method} ${ask.path}${ask.query.size === 0 ? '' : `?${[...ask.query].map(([name, value]) => `${name}=${value}`).join('&')}`}`
    if (options.isQuiet !== true) requests.push(line)
    const planned = faults.take(line)
    const refused = limits(ask.path)
    const state: GraphState = {
      tenant, origin, epoch, hasPremium: options.hasPremium ?? true, sizes: options.sizes ?? { entities: 100, members: 1_000 },
      isGranted: (permission) => !withheld.has(permission), clientId: CLIENT_ID,
    }
    // A refusal comes before anything is done.
    if (planned?.kind === 'status') return { answer: spoiled({ status: 200, body: {} }, planned, link), fault: planned }
    const real = refused ?? (ask.path === '/$batch' ? together(ask) : ask.method === 'GET' ? answer(state, ask) : write(tenant, ask))
    return { answer: planned === undefined ? real : spoiled(real, planned, link), fault: planned }
  }

  function together(ask: Asked): Answered {
    const { requests: parts } = ask.body as { requests: readonly { id: string; method: string; url: string; headers?: Record<string, string> }[] }
    if (parts.length > 20) return fault(400, 'BadRequest', 'At most 20 requests in a batch.')
    const responses = parts.map(({ id, method, url, headers }) => {
      const lower = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
      const { answer: one } = respond(asked(method, url, lower, undefined), `${origin}/v1.0${url}`)
      return { id, status: one.status, headers: one.headers ?? {}, body: one.body }
    })
    // Graph answers the parts in any order.
    return { status: 200, body: { responses: responses.reverse() } }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/'
    const body = await bodyOf(request)
    if (!url.startsWith('/v1.0/')) {
      const { status, body: said } = tokens.answer(url.split('?')[0] ?? '', body)
      send(response, { status, body: said })
      return
    }
    if (!tokens.isValid(request.headers.authorization)) {
      send(response, fault(401, 'InvalidAuthenticationToken', `Access token ${request.headers.authorization ?? 'none'} has expired.`))
      return
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]))
    const { answer: said, fault: planned } = respond(asked(request.method ?? 'GET', url.slice('/v1.0'.length), headers, body === '' ? undefined : JSON.parse(body)), `${origin}${url}`)
    if (planned?.kind === 'hang') return
    if (planned?.kind === 'drop-connection') {
      request.socket.destroy()
      return
    }
    send(response, said, planned?.kind)
  }

  const server: Server = createServer({ key: certificates.key, cert: certificates.certificate }, (request, response) => {
    handle(request, response).catch((error: unknown) => { response.destroy(error instanceof Error ? error : undefined) })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin, tenant, directory, tokens, faults, requests,
    withhold: (permission) => { withheld.add(permission) },
    forgetChanges: () => { epoch += 1 },
    close: () => new Promise<void>((resolve) => {
      server.close(() => { resolve() })
      server.closeAllConnections()
    }),
  }
}

function send(response: ServerResponse, { status, body, headers }: Answered, how?: string): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, { ...headers, ...(text === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(how === 'half-json' ? half(text) : text) }) })
  if (how === 'cut-body') {
    response.write(half(text), () => { response.destroy() })
    return
  }
  response.end(how === 'half-json' ? half(text) : text)
}

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
