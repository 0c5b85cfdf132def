import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RPCHandler } from '@orpc/server/node'
import { readPageFile } from '../../src/main/hosts/page-files.ts'
import { pageHeaders } from '../../src/main/hosts/page-policy.ts'

export const fakeToken = 'token-of-this-test'

/**
 * Serves built screens and an engine on loopback, with the real hosts' page policy and a fixed token. A fake engine needs no context; a real
 * one is told who is acting.
 */
export const startFakeHost = async (engine: { readonly router: object }, screens: string, context: object = {}): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const handler = new RPCHandler(engine.router as never)
  const server = createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
      if (path.startsWith('/rpc')) {
        if (request.headers.authorization !== `Bearer ${fakeToken}`) {
          response.writeHead(401, { 'content-type': 'application/json' })
            .end(JSON.stringify({ json: { defined: false, code: 'UNAUTHORIZED', status: 401, message: 'No session.' }, meta: [] }))
          return
        }
        const { matched } = await handler.handle(request, response, { prefix: '/rpc', context } as never)
        if (!matched) response.writeHead(404).end()
        return
      }
      const file = await readPageFile(screens, path)
      if (file === null) response.writeHead(404).end()
      else response.writeHead(200, { ...pageHeaders, 'content-type': file.contentType }).end(file.bytes)
    })()
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/#token=${fakeToken}`,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections() }),
  }
}
