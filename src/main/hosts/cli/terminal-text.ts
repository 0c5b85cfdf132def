/**
 * Characters that a terminal obeys instead of showing, or that change the order or the presence of others: C0 and C1 controls,
 * separators, zero-width and direction marks. Names from directories may hold any of them.
 */
const unsafe = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

const named = (character: string): string => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/** Text that can be printed anywhere: what a terminal would obey is written out (`\u001b`). */
export const printable = (text: string): string => text.replace(unsafe, named)

/** JSON that is also safe to look at: the same characters leave as escapes, which read back as they were. */
export const printableJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(unsafe, (character) => (character === '\n' ? character : named(character)))

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })
const wide = /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}|^[\u{20000}-\u{3fffd}]/u

/** Columns a text takes on a terminal: two for East Asian wide letters and emoji, one for other letters with all their marks. */
export const widthOf = (text: string): number => {
  let width = 0
  for (const { segment } of segments.segment(text)) width += wide.test(segment) ? 2 : 1
  return width
}

/** At most `columns` wide; what was cut off is shown as `…`. */
export const cut = (text: string, columns: number): string => {
  if (widthOf(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const { segment } of segments.segment(text)) {
    const next = width + (wide.test(segment) ? 2 : 1)
    if (next > columns - 1) break
    kept += segment
    width = next
  }
  return `${kept}…`
}

export const padded = (text: string, columns: number, side: 'left' | 'right'): string => {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)))
  return side === 'left' ? text + space : space + text
}
