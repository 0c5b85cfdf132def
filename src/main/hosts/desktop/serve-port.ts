import type { SupportedMessagePort } from '@orpc/client/message-port'
import { RPCHandler } from '@orpc/server/message-port'
import type { Actor } from '../../app.ts'
import { contractErrorsOnly } from '../contract-errors.ts'
import type { CallContext, EngineRouter } from '../engine-types.ts'
import type { ErrorLog } from '../error-log.ts'

/** Returns how to put a port onto the engine: whatever comes in on it is a call of `actor`. */
export const portServer = (router: EngineRouter, actor: Actor, log: ErrorLog): ((port: SupportedMessagePort & { start: () => void }) => void) => {
  const calls = new RPCHandler<CallContext>(router, { clientInterceptors: [contractErrorsOnly(log)] })
  return (port) => {
    calls.upgrade(port, { context: { actor } })
    port.start()
  }
}
