import { randomInt } from 'node:crypto'

// A secret for paper: thirteen groups of four letters and digits that are not mistaken for each other, 257 bits, each group with a fifth that
// says whether the group was read and typed right and stands in its place.

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 13
const groupLength = 4

export function newRecoveryCode(): string {
  return Array.from({ length: groups }, (_, place) => {
    const values = Array.from({ length: groupLength }, () => randomInt(alphabet.length))
    return [...values, checkOf(values, place)].map((value) => alphabet[value]).join('')
  }).join('-').toUpperCase()
}

export type ReadCode =
  | { readonly kind: 'code'; readonly code: string }
  /** Not of the form of a code at all, so it may be a passphrase. */
  | { readonly kind: 'other' }
  /** Of a code's form, but these groups (from 1) were mistyped. */
  | { readonly kind: 'mistyped'; readonly groups: readonly number[] }

/** Reads what was typed, however it is set apart and written. The alphabet's size is a prime, so no single or swapped character goes unseen. */
export function readRecoveryCode(typed: string): ReadCode {
  const text = typed.toLowerCase().replaceAll(/[\s-]/g, '')
  const isShaped = text.length === groups * (groupLength + 1) && /^[a-z0-9]+$/.test(text)
  if (!isShaped) return { kind: 'other' }
  const parts = Array.from({ length: groups }, (_, place) => text.slice(place * (groupLength + 1), (place + 1) * (groupLength + 1)))
  const wrong = parts.flatMap((part, place) => {
    const values = [...part].map((letter) => alphabet.indexOf(letter))
    return values.includes(-1) || checkOf(values.slice(0, groupLength), place) !== values[groupLength] ? [place + 1] : []
  })
  return wrong.length > 0 ? { kind: 'mistyped', groups: wrong } : { kind: 'code', code: parts.join('-').toUpperCase() }
}

function checkOf(values: readonly number[], place: number): number {
  return values.reduce((sum, value, at) => sum + value * (at + 2), (place + 1) * 7) % alphabet.length
}
