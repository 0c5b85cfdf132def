import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node'
import type { Actor } from '../../app.ts'
import { contractErrorsOnly } from '../contract-errors.ts'
import type { CallContext, EngineRouter } from '../engine-types.ts'
import type { ErrorLog } from '../error-log.ts'
import { readPageFile } from '../page-files.ts'
import { pageHeaders } from '../page-policy.ts'
import { uploadLimit } from '../../../shared/model/incoming.ts'
import { mostPacketBytes } from '../../../shared/model/packet.ts'
import { doorRequest, type DoorAnswer, type DoorRequest } from '../../../shared/model/packet-door.ts'
import { FileTooLarge, receiveFile } from './receive-file.ts'
import { bodyLimit, guard, isCall, isDoor, isUpload, type Refused } from './request-guard.ts'
import { issueTokens, type SessionTokens } from './tokens.ts'

export interface WebHostOptions {
  readonly router: EngineRouter
  /** Who may use it: one address with its own token for each. */
  readonly people: readonly Actor[]
  /** Folder of the built screens. */
  readonly renderer: string
  /** Where files sent by the page are put; the workspace sweeps it. */
  readonly incoming: string
  /** Takes packets in for the person who keeps this workspace; nobody else may leave workspaces on their disk. */
  readonly door?: { readonly keeper: string; readonly answer: (request: DoorRequest) => Promise<DoorAnswer> }
  readonly log: ErrorLog
  /** Null = 4747, or any free port when that is taken. */
  readonly port: number | null
}

export interface WebHost {
  readonly port: number
  readonly origin: string
  /** The address each person opens; the token rides in the fragment, which browsers never send anywhere. */
  readonly links: readonly { readonly person: Actor; readonly url: string }[]
  /** Stops taking requests, gives those under way `graceMs`, then cuts them. */
  readonly close: (graceMs?: number) => Promise<void>
}

const usualPort = 4747

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    // The address is fixed on purpose: nothing of this may ever be reachable from another machine.
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeListener('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

const listenSomewhere = async (server: Server, wanted: number | null): Promise<number> => {
  try {
    return await listen(server, wanted ?? usualPort)
  } catch (error) {
    if (wanted !== null || !isTaken(error)) throw error
    return await listen(server, 0)
  }
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

const refuseFile = (response: ServerResponse, status: number, why: string): void => {
  response.writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${why}\n`)
}

/** In the form oRPC's client reads, so that a screen can tell "no session" from "engine failed". */
const refuseCall = (response: ServerResponse, status: number, why: string): void => {
  const code = status === 401 ? 'UNAUTHORIZED' : 'FORBIDDEN'
  response.writeHead(status, {
    ...pageHeaders, 'content-type': 'application/json', 'cache-control': 'no-store', ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    // The body was not read; keeping the connection would mean reading it after all.
    connection: 'close',
  })
  response.end(JSON.stringify({ json: { defined: false, code, status, message: why }, meta: [] }))
}

const sendFile = async (renderer: string, path: string, isHead: boolean, response: ServerResponse): Promise<void> => {
  const file = await readPageFile(renderer, path)
  if (file === null) return refuseFile(response, 404, 'There is no such page.')
  response.writeHead(200, { ...pageHeaders, 'content-type': file.contentType, 'cache-control': file.caching, 'content-length': file.bytes.byteLength })
  response.end(isHead ? undefined : file.bytes)
}

const askedOf = (request: IncomingMessage, path: string): Parameters<typeof guard>[0] => ({
  method: request.method ?? '',
  path,
  host: header(request, 'host'),
  origin: header(request, 'origin'),
  fetchSite: header(request, 'sec-fetch-site'),
  fetchMode: header(request, 'sec-fetch-mode'),
  contentLength: header(request, 'content-length'),
  contentType: header(request, 'content-type'),
})

const nameIn = (url: string | undefined): string => new URL(url ?? '', 'http://127.0.0.1').searchParams.get('name') ?? ''

/** Undefined where it is no JSON, or longer than any question. */
const jsonBody = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > bodyLimit) return undefined
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

const answerWith = (options: WebHostOptions, tokens: SessionTokens, portOf: () => number) => {
  const calls = new RPCHandler<CallContext>(options.router, {
    clientInterceptors: [contractErrorsOnly(options.log)],
    plugins: [new BodyLimitPlugin({ maxBodySize: bodyLimit })],
  })

  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const actor = tokens.personBehind(header(request, 'authorization'))
    if (actor === null) return refuseCall(response, 401, 'This page has no session with Muster; open the address that Muster printed.')
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
    response.setHeader('cache-control', 'no-store')
    const { matched } = await calls.handle(request, response, { prefix: '/rpc', context: { actor } })
    if (!matched) refuseCall(response, 404, 'There is no such call.')
  }

  const answerUpload = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const actor = tokens.personBehind(header(request, 'authorization'))
    if (actor === null) return refuseCall(response, 401, 'This page has no session with Muster; open the address that Muster printed.')
    const name = nameIn(request.url)
    const isPacket = options.door?.keeper === actor.email && name.toLowerCase().endsWith('.musterpack')
    if (!actor.roles.includes('officer') && !isPacket) return refuseCall(response, 403, 'Only compliance officers can bring in files.')
    try {
      const file = await receiveFile(request, { folder: options.incoming, name, limit: isPacket ? mostPacketBytes : uploadLimit })
      response.writeHead(200, { ...pageHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(file))
    } catch (error) {
      if (error instanceof FileTooLarge) return refuseCall(response, 413, 'The file is too large.')
      // Whoever sent it has hung up: there is nobody to answer.
      if (request.destroyed && !request.complete) return
      throw error
    }
  }

  const answerDoor = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const actor = tokens.personBehind(header(request, 'authorization'))
    if (actor === null || options.door?.keeper !== actor.email) return refuseCall(response, actor === null ? 401 : 403, 'Packets are opened by whoever keeps this workspace.')
    const asked = doorRequest.safeParse(await jsonBody(request))
    if (!asked.success) return refuseCall(response, 422, 'The question is not understood.')
    const answer = await options.door.answer(asked.data)
    response.writeHead(200, { ...pageHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify(answer))
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const refused: Refused | null = guard(askedOf(request, path), portOf())
    if (refused !== null) return (isCall(path) || isUpload(path) || isDoor(path) ? refuseCall : refuseFile)(response, refused.status, refused.why)
    if (isCall(path)) return answerCall(request, response)
    if (isUpload(path)) return answerUpload(request, response)
    if (isDoor(path)) return answerDoor(request, response)
    return sendFile(options.renderer, path, request.method === 'HEAD', response)
  }
}

/** @throws Error with code EADDRINUSE or EACCES when the port that was asked for cannot be had. */
export const startWebHost = async (options: WebHostOptions): Promise<WebHost> => {
  const tokens = issueTokens(options.people)
  let port = 0
  const answer = answerWith(options, tokens, () => port)
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const logId = options.log('web', error)
      if (response.headersSent) response.destroy()
      else refuseFile(response, 500, `Something failed that Muster did not foresee; the details are in the workspace's log under ${logId}.`)
    })
  })
  port = await listenSomewhere(server, options.port)
  const origin = `http://127.0.0.1:${port}`
  return {
    port,
    origin,
    links: tokens.issued.map(({ person, token }) => ({ person, url: `${origin}/#token=${token}` })),
    close: (graceMs = 2_000) =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), graceMs).unref()
      }),
  }
}
