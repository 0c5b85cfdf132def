import { z } from 'zod'
import { isoTime } from './time.ts'

export const protectedKind = z.enum(['account', 'entitlement'])

/** break-glass: the last way in when all else fails · service-principal: a program's login · named: this one, for the reason given. */
export const protectionBasis = z.enum(['break-glass', 'service-principal', 'named'])

/** What no machine may take away and no advice may settle: a person looks, always. */
export const protectedObject = z.object({
  id: z.int(), kind: protectedKind, source: z.string(), nativeId: z.string(), name: z.string().nullable(), basis: protectionBasis,
  reason: z.string(), protectedBy: z.string(), protectedAt: isoTime,
  /** No account or entitlement of this id is in the source now. */
  isMissing: z.boolean(),
})

export type ProtectedKind = z.infer<typeof protectedKind>
export type ProtectionBasis = z.infer<typeof protectionBasis>
export type ProtectedObject = z.infer<typeof protectedObject>
