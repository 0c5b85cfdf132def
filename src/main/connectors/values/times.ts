import { parseDate, type DateFault, type DateOrder } from './dates.ts'

const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?`
const WITH_TIME = new RegExp(String.raw`^(.+?\d)[T ,]{1,2}${CLOCK}\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$`)
const EPOCH = /^\d{10}(?:\d{3})?$/
const NOT_A_DATE: DateFault = { fault: 'not-a-date' }
const IMPOSSIBLE: DateFault = { fault: 'impossible' }

/**
 * A moment as `2026-11-22T05:32:00.000Z`. Reads every date `parseDate` reads with a time behind it, and Unix seconds or milliseconds.
 * A time without zone is taken as UTC, a date without time as its midnight.
 */
export function parseTime(text: string, order: DateOrder): string | DateFault {
  if (EPOCH.test(text)) return new Date(text.length === 10 ? Number(text) * 1000 : Number(text)).toISOString()
  const match = WITH_TIME.exec(text)
  const date = parseDate(match?.[1] ?? text, order)
  if (typeof date !== 'string') return date
  if (match === null) return text.includes(':') ? NOT_A_DATE : `${date}T00:00:00.000Z`
  const hours = hoursOf(Number(match[2]), match[6])
  const [minutes, seconds] = [Number(match[3]), Number(match[4] ?? 0)]
  const offset = offsetMinutes(match[7])
  if (hours === null || hours > 23 || minutes > 59 || seconds > 60 || offset === null) return IMPOSSIBLE
  const millis = Number((match[5] ?? '0').padEnd(3, '0').slice(0, 3))
  const [year, month, day] = date.split('-').map(Number)
  // A leap second is read as the last ordinary one: JavaScript's time has none.
  const utc = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hours, minutes - offset, Math.min(seconds, 59), millis)
  return new Date(utc).toISOString()
}

function hoursOf(hours: number, half: string | undefined): number | null {
  if (half === undefined) return hours
  if (hours < 1 || hours > 12) return null
  return (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}

function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined || /^(z|utc|gmt)$/i.test(zone)) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)]
  if (hours > 14 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
