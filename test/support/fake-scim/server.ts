import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export type Fault =
  | { readonly is: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly is: 'half-json' }
  | { readonly is: 'lost-connection' }

export interface FakeScim {
  /** Users as the server gives them; changed at will. */
  readonly people: Record<string, unknown>[]
  readonly baseUrl: string
  readonly requester: (address: string, request: RequestInit) => Promise<Response>
  readonly log: { readonly path: string; readonly query: string; readonly status: number }[]
  readonly settings: {
    authorization: string
    mayRead: boolean
    describesItself: boolean
    mostPerPage: number
    ignores: 'nothing' | 'count' | 'start-and-count' | 'start'
    /** What the server says there are, where it does not count. */
    total: (() => number | undefined) | null
    beforeAnswer: (() => void) | null
  }
  readonly fail: (fault: Fault, times?: number) => void
  readonly close: () => Promise<void>
}

/** A person as SCIM with the enterprise extension writes one. */
export function scimPerson(id: string, more: {
  readonly first: string; readonly last: string; readonly number?: string; readonly manager?: unknown; readonly active?: unknown
  readonly department?: string; readonly title?: string; readonly userType?: string; readonly extra?: Record<string, unknown>
}): Record<string, unknown> {
  const login = `${more.first}.${more.last}@example.com`.toLowerCase()
  return {
    schemas: [CORE, ENTERPRISE],
    id,
    userName: login,
    name: { givenName: more.first, familyName: more.last },
    emails: [{ value: `private-${login}`, type: 'home' }, { value: login, type: 'work', primary: true }],
    active: more.active ?? true,
    title: more.title,
    userType: more.userType,
    addresses: [{ type: 'home', locality: 'Nowhere' }, { type: 'work', locality: 'Leipzig', country: 'DE' }],
    meta: { resourceType: 'User' },
    [ENTERPRISE]: { employeeNumber: more.number, department: more.department, costCenter: '4711', ...(more.manager === undefined ? {} : { manager: more.manager }) },
    ...more.extra,
  }
}

/** A SCIM 2.0 server of people on 127.0.0.1. */
export async function startFakeScim(authorization: string): Promise<FakeScim> {
  const people: Record<string, unknown>[] = []
  const log: FakeScim['log'] = []
  const settings: FakeScim['settings'] = {
    authorization, mayRead: true, describesItself: true, mostPerPage: 1_000, ignores: 'nothing', total: null, beforeAnswer: null,
  }
  const faults: { readonly fault: Fault; times: number }[] = []
  const server = createServer(handle)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const asked = new URL(request.url ?? '/', 'https://hr.example')
    const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      log.push({ path: asked.pathname, query: asked.search, status })
      response.writeHead(status, { 'Content-Type': 'application/scim+json', ...headers }).end(JSON.stringify(body))
    }
    const error = (status: number): void => { reply(status, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail: request.headers.authorization }) }
    const found = faults.find(({ times }) => times > 0)
    if (found !== undefined) {
      found.times -= 1
      if (found.fault.is === 'lost-connection') { request.socket.destroy(); return }
      if (found.fault.is === 'half-json') { response.end('{"totalResults": 3, "Resour'); return }
      reply(found.fault.status, {}, found.fault.headers)
      return
    }
    if (request.headers.authorization !== settings.authorization) { error(401); return }
    if (asked.pathname === '/scim/v2/ServiceProviderConfig') {
      if (settings.describesItself) reply(200, { schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'], filter: { supported: false, maxResults: 200 } })
      else error(404)
      return
    }
    if (asked.pathname !== '/scim/v2/Users') { error(404); return }
    if (!settings.mayRead) { error(403); return }
    settings.beforeAnswer?.()
    const start = settings.ignores.startsWith('start') ? 1 : Math.max(1, Number(asked.searchParams.get('startIndex') ?? 1))
    const count = settings.ignores.endsWith('count') ? people.length : Math.min(settings.mostPerPage, Number(asked.searchParams.get('count') ?? 100))
    const page = people.slice(start - 1, start - 1 + count)
    const total = settings.total === null ? people.length : settings.total()
    reply(200, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      ...(total === undefined ? {} : { totalResults: total }), startIndex: start, itemsPerPage: page.length, Resources: page,
    })
  }

  return {
    people, log, settings,
    baseUrl: 'https://hr.example.test/scim/v2',
    requester: (address, request) => {
      const there = new URL(address)
      return fetch(`http://127.0.0.1:${String(port)}${there.pathname}${there.search}`, request)
    },
    fail: (fault, times = 1) => { faults.push({ fault, times }) },
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => { resolve() })
    }),
  }
}
