import { tmpdir } from 'node:os'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { EngineClient } from '../../../src/main/hosts/engine-types.ts'
import { startWebHost } from '../../../src/main/hosts/web/web-host.ts'
import { hostKeepsTheContract } from '../contract-suite.ts'

hostKeepsTheContract('the loopback server', async (router, actor, log) => {
  const host = await startWebHost({ router, people: [actor], renderer: tmpdir(), incoming: tmpdir(), log, port: 0 })
  const token = new URL(host.links[0]?.url ?? '').hash.slice('#token='.length)
  const client = createORPCClient<EngineClient>(new RPCLink({ url: `${host.origin}/rpc`, headers: { authorization: `Bearer ${token}` } }))
  return { client, close: () => host.close(0) }
})
