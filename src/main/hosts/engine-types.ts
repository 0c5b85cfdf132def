import type { Router } from '@orpc/server'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/contract/index.ts'
import type { Actor } from '../app.ts'

/** What every call carries besides its input: the person acting, as the host established it. */
export interface CallContext {
  readonly actor: Actor
}

/** The contract's implementation, as app.ts hands it out. */
export type EngineRouter = Router<Contract, CallContext>

/** The contract as one caller sees it, the same over a port, over HTTP and in process. */
export type EngineClient = ContractRouterClient<Contract>
