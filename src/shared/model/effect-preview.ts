import { z } from 'zod'

/**
 * Where somebody can be taken out of what they hold. `by-rule`: a rule puts them back, so the rule or what it looks at has to change.
 * `on-premises`: the group is synchronised from a directory on site. `in-application` and `in-mail-system`: only there.
 * `unknown-group`: a file names the group, nothing else is known of it. `not-at-all`: everybody is in it.
 */
export const removalWay = z.enum(['at-source', 'by-rule', 'on-premises', 'in-application', 'in-mail-system', 'unknown-group', 'not-at-all'])

/** What a revoke would come to, told before anybody decides. */
export const effectPreview = z.object({
  /** False: the newest snapshot no longer shows the access. */
  isStillHeld: z.boolean(),
  /** The right itself, or the membership through which it comes. */
  removes: z.enum(['right', 'membership']),
  /** Name of what is left: the right, or the first group on the way to it. */
  from: z.string(),
  way: removalWay,
  /** Groups on the way, from the one held directly; empty = direct. */
  steps: z.array(z.string()),
  /** Further ways to the same right, each by its first group (null = direct): it stays until those are taken away as well. */
  staysThrough: z.array(z.string().nullable()),
  /** Other rights that go with it, and the names of the first few. */
  alsoLost: z.int(),
  alsoLostNames: z.array(z.string()),
  /** Other people who would lose the right if the link between the groups were cut instead. */
  othersIfCut: z.int(),
})

export type RemovalWay = z.infer<typeof removalWay>
export type EffectPreview = z.infer<typeof effectPreview>
