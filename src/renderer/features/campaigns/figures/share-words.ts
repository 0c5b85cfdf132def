import { formatNumber, formatPercent } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** A share in per cent; a share of nothing is a dash, not nought. */
export const shareWords = (part: number, of: number): string => (of === 0 ? t.campaigns.figure.noFigure : formatPercent(honestPercent(part, of)))

/** All is all and nothing is nothing: 344 of 345 is not 100 per cent. */
const honestPercent = (part: number, of: number): number =>
  part === of ? 100 : part === 0 ? 0 : Math.min(99, Math.max(1, Math.round((100 * part) / of)))

export const secondsWords = (seconds: number | null): string => (seconds === null ? t.campaigns.figure.noFigure : t.campaigns.figure.seconds(formatNumber(seconds)))

const longHours = 48

/** Hours while they say more, then days. */
export const spanWords = (hours: number | null): string =>
  hours === null ? t.campaigns.figure.noFigure : hours < longHours ? t.campaigns.figure.hours(formatNumber(hours)) : t.campaigns.figure.days(formatNumber(Math.round(hours / 24)))
