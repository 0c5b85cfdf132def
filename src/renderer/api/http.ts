import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { Client } from './client.ts'

/** The engine behind the loopback server that also served this page. */
export const connectHttp = (token: string | null): Client =>
  createORPCClient<Client>(
    new RPCLink({
      url: new URL('/rpc', window.location.origin).href,
      headers: () => (token === null ? {} : { authorization: `Bearer ${token}` }),
    }),
  )
