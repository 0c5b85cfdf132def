import { formatNumber, formatPercent } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** A share in per cent; a share of nothing is a dash, not nought. */
export const shareWords = (part: number, of: number): string => (of === 0 ? t.campaigns.figure.noFigure : formatPercent((100 * part) / of))

export const secondsWords = (seconds: number | null): string => (seconds === null ? t.campaigns.figure.noFigure : t.campaigns.figure.seconds(formatNumber(seconds)))
