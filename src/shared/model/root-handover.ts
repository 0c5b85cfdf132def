import { z } from 'zod'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * One root of the organisation handed over to the next: an officer's signature over the same sentence under each. Whoever pinned the former one can follow
 * it, after comparing both fingerprints.
 */
export const rootHandover = z.object({
  former: sha256Hex, root: sha256Hex,
  /** Of the new root, PEM. */
  rootPem: z.string().min(1).max(20_000),
  at: z.iso.datetime(),
  /** CMS, detached, base64. */
  underFormer: z.base64().max(40_000), underNew: z.base64().max(40_000),
})

export const mostHandovers = 20

export type RootHandover = z.infer<typeof rootHandover>

/** What both signatures are over. */
export const handoverSentence = ({ former, root, at }: Pick<RootHandover, 'former' | 'root' | 'at'>): string => `muster-root-handover-v1\n${former}\n${root}\n${at}\n`
