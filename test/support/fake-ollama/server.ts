import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A model on the list of the fake server, in Ollama's own words. */
export interface FakeModel {
  readonly name: string
  readonly digest: string
  readonly size?: number
  readonly capabilities?: readonly string[]
  readonly thinkingValues?: readonly (boolean | string)[]
  readonly remoteHost?: string
  readonly remoteModel?: string
}

export interface ChatCall {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly format: unknown
  readonly think?: unknown
  readonly truncate?: unknown
  readonly options: Readonly<Record<string, unknown>>
  readonly stream?: unknown
}

/** How the server answers one chat. */
export type ChatScript =
  | { readonly kind: 'answer'; readonly text: string; readonly doneReason?: string; readonly thinking?: string; readonly chunk?: number; readonly pauseMs?: number }
  /** HTTP 200, some of the answer, then an error line. */
  | { readonly kind: 'error-line'; readonly text: string; readonly message: string }
  /** The connection dies. */
  | { readonly kind: 'cut'; readonly text: string }
  /** The stream ends as if all were well, but without its last line. */
  | { readonly kind: 'no-done'; readonly text: string }
  /** The stream ends in the middle of a line. */
  | { readonly kind: 'half-line'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly type?: string }
  | { readonly kind: 'raw'; readonly body: string }
  /** Nothing at all, as while a model loads. */
  | { readonly kind: 'silence' }
  /** Some of the answer, then nothing. */
  | { readonly kind: 'stall'; readonly text: string }
  | { readonly kind: 'redirect'; readonly to: string }

export interface FakeOllama {
  readonly origin: string
  readonly port: number
  /** Every chat asked for so far. */
  readonly chats: readonly ChatCall[]
  /** Every request, as `GET /api/tags`. */
  readonly requests: readonly string[]
  /** Exactly what arrived as the bodies of chats. */
  readonly bodies: readonly string[]
  readonly setModels: (models: readonly FakeModel[]) => void
  /** Called for each chat; its answer is played. */
  readonly setReply: (reply: (call: ChatCall, nth: number) => ChatScript | Promise<ChatScript>) => void
  /** Other than what `/api/version` and `/api/tags` say by themselves. */
  readonly setPlain: (path: string, reply: { readonly status: number; readonly body: string; readonly type?: string } | null) => void
  /** How many chats were being answered at once, at most. */
  readonly mostAtOnce: () => number
  readonly close: () => Promise<void>
}

/**
 * A server that speaks Ollama's HTTP API as far as Muster uses it: version, tags, show, and chat as newline-delimited JSON. What it says
 * in a chat is scripted; it holds no model.
 */
export async function startFakeOllama(first: { readonly models?: readonly FakeModel[]; readonly version?: string } = {}): Promise<FakeOllama> {
  let models = first.models ?? []
  let reply: (call: ChatCall, nth: number) => ChatScript | Promise<ChatScript> = () => ({ kind: 'status', status: 500, body: '{"error":"no script"}' })
  const plain = new Map<string, { readonly status: number; readonly body: string; readonly type?: string }>()
  const chats: ChatCall[] = []
  const requests: string[] = []
  const bodies: string[] = []
  let now = 0
  let most = 0

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    requests.push(`${request.method ?? ''} ${path}`)
    const body = await text(request)
    const fixed = plain.get(path)
    if (fixed !== undefined) return send(response, fixed.status, fixed.body, fixed.type)
    if (path === '/api/version') return json(response, 200, { version: first.version ?? '0.12.3' })
    if (path === '/api/tags') return json(response, 200, { models: models.map(listed) })
    if (path === '/api/show') {
      const name = (JSON.parse(body) as { model: string }).model
      const model = models.find((one) => one.name === name)
      return model === undefined ? json(response, 404, { error: `model '${name}' not found` }) : json(response, 200, shown(model))
    }
    if (path !== '/api/chat') return send(response, 404, '404 page not found', 'text/plain')
    bodies.push(body)
    const call = JSON.parse(body) as ChatCall
    chats.push(call)
    if (!models.some((one) => one.name === call.model)) return json(response, 404, { error: `model '${call.model}' not found` })
    now += 1
    most = Math.max(most, now)
    response.once('close', () => { now -= 1 })
    await play(response, call, await reply(call, chats.length))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`, port, chats, requests, bodies,
    setModels: (next) => { models = next },
    setReply: (next) => { reply = next },
    setPlain: (path, next) => { if (next === null) plain.delete(path); else plain.set(path, next) },
    mostAtOnce: () => most,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

function listed(model: FakeModel): object {
  return {
    name: model.name, model: model.name, modified_at: '2026-10-01T08:00:00Z', size: model.size ?? 2_019_393_189, digest: model.digest,
    details: { parent_model: '', format: 'gguf', family: 'llama', families: ['llama'], parameter_size: '3.2B', quantization_level: 'Q4_K_M' },
    ...(model.remoteHost === undefined ? {} : { remote_host: model.remoteHost }),
    ...(model.remoteModel === undefined ? {} : { remote_model: model.remoteModel }),
  }
}

function shown(model: FakeModel): object {
  return {
    modelfile: '', parameters: '', template: '{{ .Prompt }}', details: { family: 'llama' }, model_info: {},
    capabilities: model.capabilities ?? ['completion', 'tools'],
    ...(model.thinkingValues === undefined ? {} : { thinking: { values: model.thinkingValues, default: true } }),
  }
}

async function play(response: ServerResponse, call: ChatCall, script: ChatScript): Promise<void> {
  if (script.kind === 'status') return send(response, script.status, script.body, script.type ?? 'application/json')
  if (script.kind === 'silence') return
  if (script.kind === 'redirect') {
    response.writeHead(302, { location: script.to })
    response.end()
    return
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  if (script.kind === 'raw') {
    response.end(script.body)
    return
  }
  const size = script.kind === 'answer' ? (script.chunk ?? 40) : 40
  if (script.kind === 'answer' && script.thinking !== undefined) response.write(line(call, { role: 'assistant', content: '', thinking: script.thinking }))
  for (let from = 0; from < script.text.length; from += size) {
    response.write(line(call, { role: 'assistant', content: script.text.slice(from, from + size) }))
    if (script.kind === 'answer' && script.pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, script.pauseMs))
    if (response.destroyed) return
  }
  switch (script.kind) {
    case 'answer':
      response.end(`${JSON.stringify({
        model: call.model, created_at: '2026-10-01T08:00:02Z', message: { role: 'assistant', content: '' }, done: true,
        done_reason: script.doneReason ?? 'stop', total_duration: 2_000_000_000, load_duration: 1_000_000, prompt_eval_count: 900,
        prompt_eval_duration: 500_000_000, eval_count: 120, eval_duration: 1_400_000_000,
      })}\n`)
      return
    case 'error-line':
      response.end(`${JSON.stringify({ error: script.message })}\n`)
      return
    case 'cut':
      await new Promise((resolve) => setTimeout(resolve, 20))
      response.destroy()
      return
    case 'no-done':
      response.end()
      return
    case 'half-line':
      response.end('{"model":"m","message":{"role":"assistant","con')
      return
    case 'stall':
  }
}

function line(call: ChatCall, message: object): string {
  return `${JSON.stringify({ model: call.model, created_at: '2026-10-01T08:00:00Z', message, done: false })}\n`
}

function json(response: ServerResponse, status: number, body: object): void {
  send(response, status, JSON.stringify(body), 'application/json; charset=utf-8')
}

function send(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type })
  response.end(body)
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
