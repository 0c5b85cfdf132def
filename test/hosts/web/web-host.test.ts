import { mkdtemp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/main/app.ts'
import { FileTooLarge, receiveFile } from '../../../src/main/hosts/web/receive-file.ts'
import { startWebHost, type WebHost } from '../../../src/main/hosts/web/web-host.ts'
import { isIncoming } from '../../../src/shared/model/incoming.ts'
import { scriptedRouter } from '../scripted-router.ts'

const officer: Actor = { email: 'olga@example.org', name: 'Olga', roles: ['officer'] }
const reviewer: Actor = { email: 'rui@example.org', name: 'Rui', roles: ['reviewer'] }

interface Answer { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

let folder: string
let host: WebHost
let asked: string[] = []

const ask = (options: { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer; port?: number }): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: options.port ?? host.port, method: options.method ?? 'GET', path: options.path, headers: options.headers ?? {}, agent: false },
      (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part: Buffer) => parts.push(part))
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(parts).toString() }))
        incoming.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(options.body)
  })

const tokenOf = (person: Actor): string => new URL(host.links.find((link) => link.person === person)?.url ?? '').hash.slice('#token='.length)

const call = (headers: Record<string, string> = {}, body: string | Buffer = '{}'): Promise<Answer> =>
  ask({
    method: 'POST', path: '/rpc/workspace/session', body,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(officer)}`, ...headers },
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-web-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Muster</title>')
  await writeFile(join(folder, 'page', 'assets', 'main-Ab3_x9Zq.js'), 'export {}')
  await writeFile(join(folder, 'page', 'assets', 'main-Ab3_x9Zq.css'), 'body {}')
  await writeFile(join(folder, 'page', '.secret.json'), '{}')
  await writeFile(join(folder, 'page', 'store.sqlite'), 'x')
  await writeFile(join(folder, 'outside.txt'), 'not for the page')
  await symlink(join(folder, 'outside.txt'), join(folder, 'page', 'inside.txt'))
  const router = scriptedRouter({
    'workspace.session': ({ actor }) => {
      asked = [...asked, actor.email]
      return {
        person: { email: actor.email, name: actor.name, roles: [...actor.roles], isEnrolled: false },
        workspace: { name: 'Norrvale', isSample: true, rootFingerprint: 'ab'.repeat(32) }, asOf: '2026-01-31', version: '0.1.0', host: 'web',
      }
    },
  })
  host = await startWebHost({ router, people: [officer, reviewer], renderer: join(folder, 'page'), incoming: join(folder, 'incoming'), log: () => 'log-1', port: 0 })
})
afterAll(async () => {
  await host.close(0)
  await rm(folder, { recursive: true, force: true })
})

describe('who may call', () => {
  it('the holder of a token, as the person it was made for', async () => {
    asked = []
    expect((await call()).status).toBe(200)
    expect((await call({ authorization: `Bearer ${tokenOf(reviewer)}` })).status).toBe(200)
    expect(asked).toEqual(['olga@example.org', 'rui@example.org'])
  })

  it.each([
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: 'Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['another scheme', { authorization: 'Basic b2xnYTpvbGdh' }],
  ])('nobody with %s', async (_, headers) => {
    asked = []
    const answer = await call(headers)
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.body)).toMatchObject({ json: { code: 'UNAUTHORIZED' } })
    expect(asked).toEqual([])
  })

  it('nobody whose token is a beginning of the right one', async () => {
    expect((await call({ authorization: `Bearer ${tokenOf(officer).slice(0, -1)}` })).status).toBe(401)
  })

  it('no other name for this machine (DNS rebinding)', async () => {
    for (const name of ['evil.example', `evil.example:${host.port}`, '127.0.0.1', `127.0.0.1:${host.port + 1}`, `[::1]:${host.port}`, `0.0.0.0:${host.port}`]) {
      expect((await call({ host: name })).status).toBe(421)
      expect((await ask({ path: '/', headers: { host: name } })).status).toBe(421)
    }
    expect((await call({ host: `localhost:${host.port}` })).status).toBe(200)
  })

  it('no page from another origin', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${host.port + 1}`, `https://127.0.0.1:${host.port}`, `http://localhost:${host.port}`]) {
      expect((await call({ origin })).status).toBe(403)
    }
    expect((await call({ origin: host.origin })).status).toBe(200)
  })

  it('no request the browser itself marks as coming from elsewhere', async () => {
    for (const site of ['cross-site', 'same-site', 'none']) expect((await call({ 'sec-fetch-site': site })).status).toBe(403)
    expect((await call({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await ask({ path: '/assets/main-Ab3_x9Zq.js', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).status).toBe(403)
  })

  it('no method but POST, so that no link and no image makes a call', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      const answer = await ask({ method, path: '/rpc/workspace/session', headers: { authorization: `Bearer ${tokenOf(officer)}` } })
      expect(answer.status).toBe(405)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('no body beyond the limit, announced or not', async () => {
    const large = Buffer.alloc(4 * 1024 * 1024 + 1, 'x')
    expect((await call({ 'content-length': String(large.length) }, large)).status).toBe(413)
    expect((await call({ 'transfer-encoding': 'chunked' }, large)).status).toBe(413)
  })

  it('nobody from another machine', async () => {
    const elsewhere = Object.values(networkInterfaces()).flat().filter((address) => address?.family === 'IPv4' && !address.internal)
    for (const address of elsewhere) {
      const outcome = await new Promise<string>((resolve) => {
        const socket = connect({ host: address?.address ?? '', port: host.port }, () => resolve('connected'))
        socket.on('error', () => resolve('refused'))
        socket.setTimeout(2_000, () => resolve('no answer'))
      })
      expect(outcome).not.toBe('connected')
    }
  })
})

describe('a file brought in', () => {
  const send = (headers: Record<string, string> = {}, options: { name?: string; method?: string; body?: Buffer } = {}): Promise<Answer> =>
    ask({
      method: options.method ?? 'POST', path: `/incoming?name=${encodeURIComponent(options.name ?? 'people.csv')}`, body: options.body ?? Buffer.from('id\n1\n'),
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${tokenOf(officer)}`, ...headers },
    })
  const left = async (): Promise<readonly string[]> => readdir(join(folder, 'incoming')).catch(() => [])

  it('is kept byte by byte in a place of its own, readable by nobody else', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251))
    const answer = await send({}, { body: bytes })
    expect(answer.status).toBe(200)
    const file = JSON.parse(answer.body) as { path: string; name: string; bytes: number }
    expect(file).toMatchObject({ name: 'people.csv', bytes: bytes.length })
    expect(isIncoming(file.path)).toBe(true)
    expect((await readFile(file.path)).equals(bytes)).toBe(true)
    expect((await stat(file.path)).mode & 0o077).toBe(0)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it.each(['../../../etc/passwd', '..\\..\\boot.ini', '/absolute.csv', '.hidden', 'a\u0000b\u202egnp.csv', '', '...', 'x'.repeat(500), 'C:evil:stream', 'people.csv/'])(
    'never leaves its place, whatever it calls itself: %j', async (name) => {
      const answer = await send({}, { name })
      expect(answer.status).toBe(200)
      const { path } = JSON.parse(answer.body) as { path: string }
      expect(relative(join(folder, 'incoming'), path)).toMatch(/^[0-9a-f-]{36}\/[^/\\]+$/)
      expect(path).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect((await readFile(path)).toString()).toBe('id\n1\n')
    })

  it('comes from an officer with a session on our own page, by POST, and announced as bytes', async () => {
    const before = await left()
    expect((await send({ authorization: '' })).status).toBe(401)
    expect((await send({ authorization: `Bearer ${tokenOf(reviewer)}` })).status).toBe(403)
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ host: 'evil.example' })).status).toBe(421)
    for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded', 'text/csv']) expect((await send({ 'content-type': type })).status).toBe(415)
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) expect((await send({}, { method })).status).toBe(405)
    expect((await ask({ method: 'POST', path: '/incoming', headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${tokenOf(officer)}`, 'content-length': String(5 * 1024 ** 3) } })).status).toBe(413)
    expect(await left()).toEqual(before)
  })

  it('is not kept when it grows beyond the limit or its sender hangs up', async () => {
    const place = join(folder, 'cut')
    await expect(receiveFile(Readable.from([Buffer.alloc(600), Buffer.alloc(600)]), { folder: place, name: 'x.csv', limit: 1_000 })).rejects.toBeInstanceOf(FileTooLarge)
    const broken = new Readable({ read() { this.push('half'); this.destroy(new Error('gone')) } })
    await expect(receiveFile(broken, { folder: place, name: 'x.csv', limit: 1_000 })).rejects.toThrow('gone')
    expect(await readdir(place)).toEqual([])
  })
})

describe('the page', () => {
  it('may do nothing but load its own files and talk to where it came from', async () => {
    const { status, headers } = await ask({ path: '/' })
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    const policy = String(headers['content-security-policy'])
    for (const rule of [
      "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "object-src 'none'", "base-uri 'none'",
      "frame-ancestors 'none'", "form-action 'none'",
    ]) expect(policy.split('; ')).toContain(rule)
    expect(policy).not.toContain('unsafe')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-cache',
    })
  })

  it('keeps files named by their content, and no answer of the engine', async () => {
    const script = await ask({ path: '/assets/main-Ab3_x9Zq.js' })
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toContain('immutable')
    expect((await ask({ path: '/assets/main-Ab3_x9Zq.css' })).headers['content-type']).toBe('text/css; charset=utf-8')
    const answer = await call()
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['content-security-policy']).toBeDefined()
  })

  it('is the only thing that can be read: no way out of its folder, no hidden file, no other kind of file', async () => {
    for (const path of [
      '/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/../../outside.txt', '/assets/..%5c..%5coutside.txt', '//etc/passwd',
      '/inside.txt', '/.secret.json', '/store.sqlite', '/assets', '/assets/', '/%00', '/%', '/index.html/x', '/C:/windows/win.ini',
    ]) expect((await ask({ path })).status, path).toBe(404)
  })

  it('is read with GET or HEAD only', async () => {
    expect((await ask({ method: 'POST', path: '/' })).status).toBe(405)
    expect(await ask({ method: 'HEAD', path: '/' })).toMatchObject({ status: 200, body: '' })
  })
})

describe('the address', () => {
  it('carries each person\'s token in the fragment, which is never sent', () => {
    expect(host.links.map((link) => link.person)).toEqual([officer, reviewer])
    for (const { url } of host.links) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[A-Za-z0-9_-]{43}$/)
    expect(new Set(host.links.map((link) => link.url)).size).toBe(2)
  })

  it('moves to a free port when the usual one is taken, but never away from one that was asked for', async () => {
    const options = { router: scriptedRouter({}), people: [officer], renderer: folder, incoming: join(folder, 'incoming'), log: () => 'log-1' }
    const first = await startWebHost({ ...options, port: null })
    const second = await startWebHost({ ...options, port: null })
    expect(second.port).not.toBe(first.port)
    await expect(startWebHost({ ...options, port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.close(0)
    await second.close(0)
  })
})
