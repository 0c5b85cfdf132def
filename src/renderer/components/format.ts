import { locale } from '../texts/language.ts'
import { t } from '../texts/texts.ts'

const numberFormat = new Intl.NumberFormat(locale)
const decimalFormat = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' })
const secondsFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const percentFormat = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
const dayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const monthFormat = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
const shortMonthFormat = new Intl.DateTimeFormat(locale, { month: 'narrow', timeZone: 'UTC' })
const momentFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

const dayMs = 86_400_000
const utc = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`)

export const formatNumber = (n: number): string => numberFormat.format(n)
/** Seconds from milliseconds, `1.4`. */
export const formatSeconds = (ms: number): string => secondsFormat.format(ms / 1_000)
/** A share between 0 and 100. */
export const formatPercent = (percent: number): string => percentFormat.format(percent / 100)
/** Thousandths of log-odds as a signed decimal, `−1.2`. */
export const formatWeight = (thousandths: number): string => decimalFormat.format(thousandths / 1_000).replace('-', '−')
/** A calendar day is the same everywhere, so it is never moved by a time zone. */
export const formatDay = (day: string): string => dayFormat.format(utc(day))
export const formatMonth = (month: string): string => monthFormat.format(utc(`${month}-01`))
export const formatMonthInitial = (month: string): string => shortMonthFormat.format(utc(`${month}-01`))
/** A moment, in the person's own time zone. */
export const formatMoment = (moment: string): string => momentFormat.format(new Date(moment))

/** Whole days from one calendar day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to).getTime() - utc(from).getTime()) / dayMs)

/** `40 days`, or from two months on `5 months`: nobody thinks in 151 days. */
export const formatDays = (days: number): string => {
  if (days < 60) return t.days(days, formatNumber(days))
  const months = Math.round(days / 30.44)
  if (months < 24) return t.months(months, formatNumber(months))
  const years = Math.floor(months / 12)
  return t.years(years, formatNumber(years))
}

/** The same day some months later, or the last day of that month. */
export const addMonths = (day: string, months: number): string => {
  const start = utc(day)
  const target = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1))
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  target.setUTCDate(Math.min(start.getUTCDate(), lastDay))
  return target.toISOString().slice(0, 10)
}
