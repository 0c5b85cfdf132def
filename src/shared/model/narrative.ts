import { z } from 'zod'

export const stance = z.enum(['for-keeping', 'for-revoking', 'neutral'])

/** One sentence. `text` carries placeholders like `{{E1.days}}` and aliases USER, ENT; it never carries a number, date or name. */
export const claim = z.object({ evidence: z.array(z.string()).min(1), stance, text: z.string() })

/** Plain words for one item's evidence, before names and numbers are filled in. */
export const narrative = z.object({
  claims: z.array(claim),
  /** The strongest evidence against the recommendation; null only where no signal speaks against it. */
  counter: claim.nullable(),
  narrator: z.object({ name: z.string(), version: z.string() }),
})

/** A claim with facts filled in: pieces of text, so that no markup can ever be made of a name. */
export const renderedClaim = z.object({
  stance,
  evidence: z.array(z.string()),
  pieces: z.array(z.object({ text: z.string(), isFact: z.boolean() })),
})

export type Claim = z.infer<typeof claim>
export type Narrative = z.infer<typeof narrative>
export type RenderedClaim = z.infer<typeof renderedClaim>
