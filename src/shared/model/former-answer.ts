import { z } from 'zod'
import { outcome, reasonCode } from './decision.ts'
import { isoDate, isoTime } from './time.ts'

/** What somebody answered about the same grant in an earlier stage, signed off. `outcome` null: they were asked and gave no answer. */
export const formerAnswer = z.object({
  stage: z.int().min(1), person: z.string(), name: z.string(), outcome: outcome.nullable(), until: isoDate.nullable(), reasonCode: reasonCode.nullable(),
  reasonText: z.string().nullable(), at: isoTime.nullable(),
})

export type FormerAnswer = z.infer<typeof formerAnswer>
