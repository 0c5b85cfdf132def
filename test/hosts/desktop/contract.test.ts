import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { portServer } from '../../../src/main/hosts/desktop/serve-port.ts'
import type { EngineClient } from '../../../src/main/hosts/engine-types.ts'
import { hostKeepsTheContract } from '../contract-suite.ts'

hostKeepsTheContract('the desktop port', async (router, actor, log) => {
  const { port1, port2 } = new MessageChannel()
  portServer(router, actor, log)(port1)
  const client = createORPCClient<EngineClient>(new RPCLink({ port: port2 }))
  port2.start()
  return {
    client,
    close: async () => {
      port1.close()
      port2.close()
    },
  }
})
