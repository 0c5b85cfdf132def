import type { Holiday } from '../../../../shared/model/calendar.ts'

export interface FoundDays {
  readonly days: readonly Holiday[]
  /** Lines that were no day. */
  readonly skipped: number
}

const most = 80

/** A day of the calendar, from `2026-12-25`, `20261225`, `25.12.2026` or `25/12/2026`; null for what is none. */
const dayFrom = (text: string): string | null => {
  const whole = text.trim()
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$/.exec(whole)
  const other = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(whole)
  const [year, month, day] = iso !== null ? [iso[1], iso[2], iso[3]] : other !== null ? [other[3], other[2]?.padStart(2, '0'), other[1]?.padStart(2, '0')] : []
  if (year === undefined || month === undefined || day === undefined) return null
  const found = `${year}-${month}-${day}`
  const read = new Date(`${found}T00:00:00Z`)
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== found ? null : found
}

const nameFrom = (text: string): string => {
  const plain = text.trim().replace(/^"(.*)"$/s, '$1').replaceAll('""', '"').trim().slice(0, most)
  return plain === '' ? '–' : plain
}

/** All-day events of an iCalendar file (RFC 5545); folded lines are put together first. An event of several days counts each. */
const fromCalendar = (text: string): FoundDays => {
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const days: Holiday[] = []
  let skipped = 0
  let event: { start?: string; end?: string; name?: string } | null = null
  for (const line of lines) {
    const at = line.indexOf(':')
    const [name, value] = [line.slice(0, at).split(';')[0]?.toUpperCase(), line.slice(at + 1)]
    if (line.toUpperCase() === 'BEGIN:VEVENT') event = {}
    else if (line.toUpperCase() === 'END:VEVENT' && event !== null) {
      const start = dayFrom(event.start ?? '')
      const end = dayFrom(event.end ?? '')
      if (start === null) skipped += 1
      else for (let n = 0, day = start; n === 0 || (end !== null && day < end && n < 31); n += 1, day = following(day)) days.push({ day, name: nameFrom((event.name ?? '').replaceAll(/\\([,;\\])/g, '$1')) })
      event = null
    } else if (event !== null) {
      if (name === 'DTSTART') event.start = value
      else if (name === 'DTEND') event.end = value
      else if (name === 'SUMMARY') event.name = value
    }
  }
  return { days, skipped }
}

const following = (day: string): string => new Date(new Date(`${day}T00:00:00Z`).getTime() + 86_400_000).toISOString().slice(0, 10)

/** One day a line, then its name; what has no day is passed over, the first such line as a heading. */
const fromLines = (text: string): FoundDays => {
  const days: Holiday[] = []
  let skipped = 0
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [first = '', ...rest] = line.split(/[;,\t=]/)
    const day = dayFrom(first.replace(/^"(.*)"$/, '$1'))
    if (day !== null) days.push({ day, name: nameFrom(rest.join(',')) })
    else if (index > 0) skipped += 1
  }
  return { days, skipped }
}

/** Holidays in a file a person brought: a calendar, or lines with a day and a name. Each day once, the first name stands. */
export const holidaysIn = (text: string): FoundDays => {
  const found = /^BEGIN:VCALENDAR/im.test(text.slice(0, 200)) ? fromCalendar(text) : fromLines(text)
  const once = new Map<string, Holiday>()
  for (const one of found.days) if (!once.has(one.day)) once.set(one.day, one)
  return { days: [...once.values()].sort((left, right) => (left.day < right.day ? -1 : 1)), skipped: found.skipped }
}
