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

/** What a host needs of an open workspace. */
export interface EngineApp {
  /** Folder for files that come in from a browser; emptied when the workspace is opened and when it is closed. */
  readonly incoming: string
  readonly router: EngineRouter
  /** Everyone who may act. */
  readonly people: () => Promise<readonly Actor[]>
  readonly actor: (email: string) => Promise<Actor | undefined>
  /** The workspace's first officer. */
  readonly officer: () => Promise<Actor>
  /** Signs a last checkpoint and releases the workspace's lock. */
  readonly close: () => Promise<void>
}
