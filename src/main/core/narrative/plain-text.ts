import type { RenderedClaim } from '../../../shared/model/narrative.ts'
import type { FactWriter, RenderedNarrative } from './render.ts'

/** One string for reports, the command line and screen readers: the claims, then what speaks against them. */
export function plainText(narrative: RenderedNarrative): string {
  const claims = narrative.claims.map(claimText)
  return (narrative.counter === null ? claims : [...claims, `On the other hand: ${claimText(narrative.counter)}`]).join(' ')
}

/** Control and direction-changing characters of a directory's text would disturb a line of plain text, so they become blanks. */
export function claimText(claim: RenderedClaim): string {
  return claim.pieces.map((piece) => piece.text).join('').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}

const monthNames = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
] as const

/** English, the same on every machine: for sealed reports, whose bytes must not depend on a locale database. */
export const englishWriter: FactWriter = {
  date: (isoDate) => `${Number(isoDate.slice(8, 10))} ${monthNames[Number(isoDate.slice(5, 7)) - 1] ?? ''} ${isoDate.slice(0, 4)}`,
  // Nobody reads 4,789 days; from two years on the exact date beside it carries the precision.
  days: (days) => (days === 1 ? '1 day' : days < 730 ? `${days} days` : `${Math.floor(days / 365)} years`),
  months: (months) => (months === 1 ? '1 month' : `${grouped(months)} months`),
  count: grouped,
  percent: (percent) => `${percent}%`,
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}
