import { plainText } from './plain-text.ts'

/** Up to two letters for a person's mark. What a directory adds in brackets ("Ana Duarte (Contractor)") is not part of the name. */
export const initials = (name: string): string => {
  const plain = plainText(name)
  const bare = plain.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
  const words = (/\p{L}/u.test(bare) ? bare : plain).split(/[\s,.@_()[\]-]+/).filter((word) => /^\p{L}/u.test(word))
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last].map((word) => (word === undefined ? '' : [...word][0] ?? '')).join('').toLocaleUpperCase()
}
