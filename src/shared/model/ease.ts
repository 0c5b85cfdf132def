import { z } from 'zod'

/** Why access has to be looked at by itself, or cannot be attested as unchanged; in the order in which they are asked. */
export const easeReason = z.enum([
  'advice-hidden', 'flagged', 'risky', 'not-advised', 'new-access', 'changed-job', 'other-manager', 'ending', 'never-reviewed', 'not-used', 'unusual',
])

export type EaseReason = z.infer<typeof easeReason>
