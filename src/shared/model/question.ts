import { z } from 'zod'
import { isoTime } from './time.ts'

/** What a reviewer asked about an item, and what came back. `question` is the number of the event that asked it. */
export const question = z.object({
  question: z.int(), itemId: z.int(), campaignId: z.int(),
  askedBy: z.string(), askedByName: z.string(), askedOf: z.string(), askedOfName: z.string(), role: z.enum(['owner', 'officer']), askedAt: isoTime, text: z.string(),
  answer: z.string().nullable(), answeredBy: z.string().nullable(), answeredAt: isoTime.nullable(),
  subjectName: z.string(), entitlementName: z.string(), application: z.string(), description: z.string().nullable(),
  /** The acting person asked it, or may answer it. */
  isMine: z.boolean(), canAnswer: z.boolean(),
})

export type Question = z.infer<typeof question>
