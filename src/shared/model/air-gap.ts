import { z } from 'zod'
import { isoTime } from './time.ts'

/** Whether this workspace may open a connection to anything but a language model on this machine. `since`, `by`: who said so last; null = nobody yet. */
export const airGap = z.object({ isOn: z.boolean(), since: isoTime.nullable(), by: z.string().nullable() })

/** From here on every connection is refused, or allowed again where it is set up. */
export const airGapEvents = [z.object({ kind: z.literal('air-gap-set'), body: z.object({ isOn: z.boolean() }) })] as const

/** Ways out of this machine, and what went over each: readings of live sources, letters, tickets, removals, times asked for, items a model elsewhere worded. */
export const wayOut = z.enum(['source', 'mail', 'ticket', 'removal', 'time-authority', 'model'])

/**
 * A campaign's connections, from its launch until the report was made. `airGapped`: throughout, for a part of that time, or never; `since`: when the air
 * gap that was in force at the end began.
 */
export const connections = z.object({
  airGapped: z.enum(['throughout', 'partly', 'never']), since: isoTime.nullable(),
  calls: z.array(z.object({ way: wayOut, to: z.string(), times: z.int().min(1) })),
})

export type AirGap = z.infer<typeof airGap>
export type WayOut = z.infer<typeof wayOut>
export type Connections = z.infer<typeof connections>
