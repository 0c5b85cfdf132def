import { z } from 'zod'

/** A calendar day, `2026-11-22`. */
export const isoDate = z.iso.date()
/** A moment in UTC, `2026-11-22T05:32:00.000Z`. */
export const isoTime = z.iso.datetime()
/** A calendar month, `2026-11`. */
export const isoMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

export type IsoDate = z.infer<typeof isoDate>
export type IsoTime = z.infer<typeof isoTime>
export type IsoMonth = z.infer<typeof isoMonth>
