import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Client } from './client.ts'

/** True for the one message that may hand us the engine's port: from this very window, from the preload script. */
export const isPortMessage = (event: Pick<MessageEvent, 'source' | 'origin' | 'data' | 'ports'>, self: Window): boolean =>
  event.source === self && event.origin === self.location.origin && event.data === 'muster:port' && event.ports.length === 1

/**
 * The engine behind the desktop's message port. The page asks with `muster:ready`; preload answers with the port. Should the
 * engine be started anew, preload sends another port, and `onReplaced` gets a client on it.
 */
export const connectPort = (onReplaced: (client: Client) => void): Promise<Client> =>
  new Promise((resolve) => {
    let isFirst = true
    window.addEventListener('message', (event) => {
      const port = event.ports[0]
      if (!isPortMessage(event, window) || port === undefined) return
      port.start()
      const client = createORPCClient<Client>(new RPCLink({ port }))
      if (isFirst) resolve(client)
      else onReplaced(client)
      isFirst = false
    })
    window.postMessage('muster:ready', window.location.origin)
  })
