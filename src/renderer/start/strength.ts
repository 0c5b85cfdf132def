export type Strength = 'short' | 'weak' | 'fair' | 'strong'

const least = 12

/** Bits of a guess that knows how people write: each new letter counts, repeats and runs (`aaa`, `1234`) hardly do. */
const bitsOf = (passphrase: string): number => {
  const letters = [...passphrase]
  const perLetter = (/[a-z]/.test(passphrase) ? 1 : 0) + (/[A-Z]/.test(passphrase) ? 0.5 : 0) + (/\d/.test(passphrase) ? 0.5 : 0) + (/[^A-Za-z\d]/.test(passphrase) ? 1 : 0) + 1.5
  return letters.reduce((bits, letter, at) => {
    const before = letters[at - 1]
    const step = before === undefined ? 2 : (letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)
    return bits + (Math.abs(step) <= 1 ? 0.5 : letters.indexOf(letter) < at ? perLetter * 0.6 : perLetter)
  }, 0)
}

/** How well a passphrase protects a key that somebody has a copy of. Words, not a colour: a hint, never a gate beyond its length. */
export const strengthOf = (passphrase: string): Strength => {
  if ([...passphrase].length < least) return 'short'
  const bits = bitsOf(passphrase)
  return bits < 34 ? 'weak' : bits < 52 ? 'fair' : 'strong'
}
