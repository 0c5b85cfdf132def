import { z } from 'zod'
import { LiveSourceError, type LiveInput } from '../live-connector.ts'

/**
 * Where a collection's reading stands, as its cursor says. Deletions hardly show when only changes are asked for, so a listing in full
 * comes back every few days whatever the changes said.
 */
const position = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('under-way'),
    mode: z.enum(['full', 'changes']),
    /** Okta's clock when this reading began: the next one asks for what changed after it. */
    startedAt: z.iso.datetime(),
    /** Changes after this moment are asked for; null in a full reading. */
    since: z.iso.datetime().nullable(),
    fullAt: z.iso.datetime().nullable(),
    /** The collection's own place. */
    at: z.string().nullable(),
  }),
  z.object({
    is: z.literal('done'),
    startedAt: z.iso.datetime(),
    fullAt: z.iso.datetime(),
    /** What the collection wants to find again next time. */
    note: z.string().nullable(),
  }),
])

export interface Reading {
  readonly mode: 'full' | 'changes'
  readonly since: string | null
  readonly at: string | null
  /** What the last complete reading left a note of; null in a full reading. */
  readonly note: string | null
  readonly cursorAt: (at: string | null, startedAt: string) => string
  readonly doneCursor: (note: string | null, startedAt: string) => string
}

const FULL_EVERY_MS = 7 * 86_400_000
/** Okta's lists follow its writes with some delay; asking for a little that is known already is harmless. */
const OVERLAP_MS = 5 * 60_000

/** Goes on where `cursor` points. `knowsChanges` false: this time everything has to be listed. */
export function beginReading(input: LiveInput, cursor: string | null, knowsChanges: boolean): Reading {
  const last = cursor === null ? null : decode(cursor)
  const now = input.now()
  if (last?.is === 'under-way') return reading(last.mode, last.since, last.fullAt ?? now, last.at, null, last.startedAt)
  if (last === null || !knowsChanges || Date.parse(now) - Date.parse(last.fullAt) >= FULL_EVERY_MS) return reading('full', null, now, null, null, null)
  const since = new Date(Date.parse(last.startedAt) - OVERLAP_MS).toISOString()
  return reading('changes', since, last.fullAt, null, last.note, null)
}

function reading(
  mode: Reading['mode'], since: string | null, fullAt: string, at: string | null, note: string | null, began: string | null,
): Reading {
  return {
    mode, since, at, note,
    cursorAt: (here, startedAt) => encode({ is: 'under-way', mode, startedAt: began ?? startedAt, since, fullAt, at: here }),
    doneCursor: (left, startedAt) => encode({ is: 'done', startedAt: began ?? startedAt, fullAt, note: left }),
  }
}

const encode = (value: z.infer<typeof position>): string => JSON.stringify(value)

function decode(cursor: string): z.infer<typeof position> {
  return readJson(position, cursor)
}

/** The place of a collection that is one listing, followed (where only changes are asked for) by what was deleted. */
const stepSchema = z.object({ of: z.enum(['listing', 'deleted', 'end']), next: z.string().nullable() })
export type Step = z.infer<typeof stepSchema>

export const stepOf = (reading: Reading): Step => (reading.at === null ? { of: 'listing', next: null } : readJson(stepSchema, reading.at))

/** Behind a page of the listing: its next one, or what comes after the listing. */
export const stepAfter = (step: Exclude<Step['of'], 'end'>, next: string | null): string =>
  JSON.stringify(next !== null ? { of: step, next } : { of: step === 'listing' ? 'deleted' : 'end', next: null })

/** Reads what a cursor carries; another version's is no use and means: begin again. */
export function readJson<T>(schema: z.ZodType<T>, text: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new LiveSourceError('expired-cursor', 'The place where the last reading ended cannot be read any more.')
  return parsed.data
}
