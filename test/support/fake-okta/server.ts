import { createHash, createVerify, randomBytes, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Requester } from '../../../src/main/connectors/okta/transport.ts'
import type { BulkSignIns } from './bulk-sign-ins.ts'
import { createLimits } from './limits.ts'
import { createOrganisation, type Organisation } from './organisation.ts'
import { route } from './routes.ts'

/** What goes wrong with the next answers to a matching request. */
export type Fault =
  | { readonly is: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly is: 'cut-body' | 'half-json' | 'lost-connection' | 'no-answer' | 'repeated-next' | 'empty-with-next' | 'foreign-next' | 'named-twice' | 'lost-after-doing' }

export interface FakeOkta {
  readonly organisation: Organisation
  /** What the connector is told; answered through `requester`, or at `url` itself with TLS. */
  readonly orgUrl: string
  readonly url: string
  readonly token: string
  readonly requester: Requester
  /** The fake's clock, milliseconds; `advance` moves it on. */
  readonly now: () => number
  readonly advance: (milliseconds: number) => void
  readonly log: { readonly method: string; readonly path: string; readonly query: string; readonly status: number }[]
  readonly fail: (matching: RegExp, fault: Fault, times?: number) => void
  readonly withheld: Set<string>
  /** Access tokens handed out so far. */
  readonly issued: string[]
  readonly settings: { perMinute: number; mostPerPage: number; acceptsToken: boolean; me: string | null; bulk: BulkSignIns | null }
  readonly close: () => Promise<void>
}

export interface FakeOktaOptions {
  readonly tls?: { readonly key: string; readonly cert: string }
  /** The service app's public key, where OAuth is used. */
  readonly publicKey?: KeyObject
  readonly startAt?: string
  readonly token?: string
}

/** A stateful Okta on 127.0.0.1. */
export async function startFakeOkta(options: FakeOktaOptions = {}): Promise<FakeOkta> {
  let offset = options.startAt === undefined ? 0 : Date.parse(options.startAt) - Date.now()
  const now = (): number => Date.now() + offset
  const organisation = createOrganisation(now)
  const token = options.token ?? `00${randomBytes(20).toString('hex')}`
  const settings: FakeOkta['settings'] = { perMinute: 1_000_000, mostPerPage: 10_000, acceptsToken: true, me: null, bulk: null }
  const limits = createLimits(now, () => settings.perMinute)
  const faults: { readonly matching: RegExp; readonly fault: Fault; times: number }[] = []
  const log: FakeOkta['log'] = []
  const withheld = new Set<string>()
  const issued = new Map<string, string>()
  const answer = (request: IncomingMessage, response: ServerResponse): void => { void handle(request, response) }
  const server = options.tls === undefined ? createServer(answer) : createTlsServer(options.tls, answer)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  const url = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}`
  const orgUrl = options.tls === undefined ? 'https://company.okta.test' : url

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', orgUrl)
    const body = await read(request)
    const fault = takeFault(`${request.method ?? ''} ${asked.pathname}${asked.search}`)
    const note = (status: number): void => { log.push({ method: request.method ?? '', path: asked.pathname, query: asked.search, status }) }
    response.setHeader('Date', new Date(now()).toUTCString())
    if (fault?.is === 'lost-connection') { note(0); request.socket.destroy(); return }
    if (fault?.is === 'no-answer') { note(0); return }
    if (fault?.is === 'status') { note(fault.status); send(response, fault.status, { errorCode: 'E0000009', errorSummary: `Internal Server Error ${token}` }, fault.headers); return }
    if (asked.pathname === '/oauth2/v1/token') { const [status, given] = giveToken(body); note(status); send(response, status, given); return }
    const found = route(request.method ?? '', asked, organisation, orgUrl, settings.bulk, settings.me, false)
    if (found === null) { note(404); send(response, 404, { errorCode: 'E0000022' }); return }
    const refusal = refuse(request.headers.authorization ?? '', found.scope)
    if (refusal !== null) { note(refusal.status); send(response, refusal.status, { errorCode: refusal.code, errorSummary: `said of ${request.headers.authorization ?? ''}` }); return }
    const { isOver, headers } = limits.count(asked.pathname)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (isOver) { note(429); send(response, 429, { errorCode: 'E0000047', errorSummary: 'API call exceeded rate limit' }); return }
    if (asked.searchParams.has('limit') && Number(asked.searchParams.get('limit')) > settings.mostPerPage) asked.searchParams.set('limit', String(settings.mostPerPage))
    const done = route(request.method ?? '', asked, organisation, orgUrl, settings.bulk, settings.me, true, body)?.answer ?? { status: 404, code: 'E0000007' }
    note(done.status)
    if (fault?.is === 'lost-after-doing') { request.socket.destroy(); return }
    if (done.status === 204) { response.writeHead(204).end(); return }
    if (done.status !== 200) { send(response, done.status, { errorCode: done.code, errorSummary: 'Not found' }); return }
    sendPage(response, asked, done.body, done.next ?? null, fault)
  }

  function sendPage(response: ServerResponse, asked: URL, body: unknown, next: string | null, fault: Fault | null): void {
    const link = (base: string, after: string): string => {
      const there = new URL(asked.pathname + asked.search, base)
      there.searchParams.set('after', after)
      return `<${there.href}>; rel="next"`
    }
    const links = [`<${orgUrl}${asked.pathname}>; rel="self"`]
    if (fault?.is === 'foreign-next') links.push(link('https://elsewhere.example', 'x'))
    else if (fault?.is === 'repeated-next') links.push(link(orgUrl, asked.searchParams.get('after') ?? 'again'))
    else if (fault?.is === 'empty-with-next') links.push(link(orgUrl, asked.searchParams.get('after') ?? ' '))
    else if (next !== null) links.push(link(orgUrl, next))
    response.setHeader('Link', links)
    const items = fault?.is === 'empty-with-next' ? [] : fault?.is === 'named-twice' && Array.isArray(body) ? [...body, ...body.slice(0, 1)] : body
    const text = JSON.stringify(items)
    response.setHeader('Content-Type', 'application/json')
    if (fault?.is === 'half-json') { response.end(text.slice(0, text.length / 2)); return }
    if (fault?.is === 'cut-body') {
      response.setHeader('Content-Length', Buffer.byteLength(text))
      response.write(text.slice(0, text.length / 2), () => response.destroy())
      return
    }
    response.end(text)
  }

  function takeFault(asked: string): Fault | null {
    const found = faults.find(({ matching, times }) => times > 0 && matching.test(asked))
    if (found === undefined) return null
    found.times -= 1
    return found.fault
  }

  function refuse(authorization: string, scope: string): { readonly status: 401 | 403; readonly code: string } | null {
    const [scheme, given = ''] = authorization.split(' ')
    const granted = scheme === 'SSWS' ? (given === token && settings.acceptsToken ? scope : null) : scheme === 'Bearer' ? issued.get(given) ?? null : null
    if (granted === null || !settings.acceptsToken) return { status: 401, code: 'E0000011' }
    // Okta's scopes for managing cover reading.
    return (granted !== scope && granted !== scope.replace(/\.read$/, '.manage')) || withheld.has(scope) ? { status: 403, code: 'E0000006' } : null
  }

  function giveToken(body: string): readonly [number, unknown] {
    const form = new URLSearchParams(body)
    if (!settings.acceptsToken || !isSigned(form.get('client_assertion') ?? '')) return [401, { error: 'invalid_client', error_description: body }]
    const scope = form.get('scope') ?? ''
    if (withheld.has(scope)) return [400, { error: 'invalid_scope', error_description: `not granted: ${scope}` }]
    const given = `eyJ${createHash('sha256').update(`${scope}${String(issued.size)}`).digest('hex')}`
    issued.set(given, scope)
    return [200, { access_token: given, token_type: 'Bearer', expires_in: 3600, scope }]
  }

  function isSigned(assertion: string): boolean {
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    if (options.publicKey === undefined) return false
    const { aud, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud?: string; iss?: string }
    return aud === `${orgUrl}/oauth2/v1/token` && iss !== undefined &&
      createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(options.publicKey, signature, 'base64url')
  }

  return {
    organisation, orgUrl, url, token, now, log, withheld, settings,
    get issued() { return [...issued.keys()] },
    advance: (milliseconds) => { offset += milliseconds },
    fail: (matching, fault, times = 1) => { faults.push({ matching, fault, times }) },
    requester: async ({ url: wanted, method, headers, body, signal }) => {
      const there = new URL(wanted)
      return await fetch(url + there.pathname + there.search, { method, headers, body, signal, redirect: 'manual' })
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => { resolve() })
    }),
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function send(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
}
