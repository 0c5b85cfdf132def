import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/contract/index.ts'

/** Everything the engine can be asked, typed by the shared contract; the same over HTTP and over a message port. */
export type Client = ContractRouterClient<Contract>
