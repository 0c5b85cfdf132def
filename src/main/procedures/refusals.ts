import { ORPCError } from '@orpc/server'
import { contractErrors, type ContractErrorCode } from '../../shared/contract/errors.ts'
import { SourceError } from '../connectors/connector.ts'
import { LiveSourceError } from '../connectors/live-connector.ts'
import { SecretsError } from '../secrets/secret-store.ts'
import { StoreError, asStoreError } from '../storage/database.ts'
import { Refusal } from '../use-cases/context.ts'

const codeOfRefusal: Readonly<Record<Refusal['code'], ContractErrorCode>> = {
  'not-found': 'NOT_FOUND', 'not-allowed': 'NOT_ALLOWED', invalid: 'INVALID', conflict: 'CONFLICT', 'wrong-passphrase': 'WRONG_PASSPHRASE',
  cancelled: 'CANCELLED',
}

/** What use cases and adapters throw on purpose becomes one of the contract's errors; what nobody foresaw is left to the host. */
export function asContractError(error: unknown, storePath: string): unknown {
  const known = asStoreError(error, storePath)
  if (known instanceof Refusal) return contractError(codeOfRefusal[known.code], known.message)
  if (known instanceof SourceError) return contractError('SOURCE', known.message)
  if (known instanceof LiveSourceError) return contractError('SOURCE', known.message)
  if (known instanceof SecretsError) return contractError(known.code === 'locked' || known.code === 'wrong-passphrase' ? 'WRONG_PASSPHRASE' : 'SOURCE', known.message)
  if (known instanceof StoreError) return contractError('STORE', known.message)
  if (known instanceof Error && known.name === 'AbortError') return contractError('CANCELLED', 'Stopped as asked. Nothing half-done was kept.')
  return error
}

function contractError(code: ContractErrorCode, message: string): ORPCError<string, unknown> {
  return new ORPCError(code, { defined: true, status: contractErrors[code].status, message })
}

/** The same for what comes out of a stream while it is being read. */
export async function* withContractErrors<T>(stream: AsyncIterable<T>, storePath: string): AsyncGenerator<T, void, void> {
  try {
    yield* stream
  } catch (error) {
    throw asContractError(error, storePath)
  }
}
