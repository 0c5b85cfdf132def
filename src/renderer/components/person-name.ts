import { plainText } from './plain-text.ts'

/** Up to two letters for a person's mark. */
export const initials = (name: string): string => {
  const words = plainText(name).split(/[\s,.@_-]+/).filter((word) => /^\p{L}/u.test(word))
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last].map((word) => (word === undefined ? '' : [...word][0] ?? '')).join('').toLocaleUpperCase()
}
