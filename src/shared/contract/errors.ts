import { z } from 'zod'

/**
 * Everything that can go wrong for a caller, as data. Each carries a sentence for people in `message`: what happened, what was
 * kept, what to do. Whatever we did not foresee becomes `INTERNAL` with the id under which the log has the details.
 */
export const contractErrors = {
  NOT_FOUND: { status: 404, data: z.object({}).optional() },
  NOT_ALLOWED: { status: 403, data: z.object({}).optional() },
  INVALID: { status: 422, data: z.object({}).optional() },
  CONFLICT: { status: 409, data: z.object({}).optional() },
  WRONG_PASSPHRASE: { status: 401, data: z.object({}).optional() },
  SOURCE: { status: 422, data: z.object({}).optional() },
  STORE: { status: 503, data: z.object({}).optional() },
  CANCELLED: { status: 499, data: z.object({}).optional() },
  INTERNAL: { status: 500, data: z.object({ logId: z.string() }).optional() },
} as const

export type ContractErrorCode = keyof typeof contractErrors
