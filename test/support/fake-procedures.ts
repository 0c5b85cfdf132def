import { implement } from '@orpc/server'
import { contract } from '../../src/shared/contract/index.ts'
import type { ContractErrorCode } from '../../src/shared/contract/errors.ts'

export interface PlannedFailure { readonly code: ContractErrorCode; readonly message: string }

/** The contract, ready to be implemented; `before` sees every call and may name the failure it ends with. */
export const fakeProcedures = (before: (procedure: string, input: unknown) => Promise<PlannedFailure | null>) =>
  implement(contract).$context<Record<never, never>>().use(async ({ next, path, errors }, input) => {
    const failure = await before(path.join('.'), input)
    if (failure?.code === 'INTERNAL') throw errors.INTERNAL({ message: failure.message, data: { logId: 'e-4711' } })
    if (failure !== null) throw errors[failure.code as 'CONFLICT']({ message: failure.message })
    return next()
  })

export type FakeProcedures = ReturnType<typeof fakeProcedures>
