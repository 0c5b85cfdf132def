// Words are shaped once and remembered: pdfkit's own text layout wraps and shapes again for every cell, which at 50,000 items is most of
// the run time, and its cache of words never forgets. Widths are in thousandths of the type size until a line is made.
import type { EmbeddedFace } from './pdf-library.ts'
import { isRightToLeft } from './font-faces.ts'
import type { FontFaces, Voice } from './font-faces.ts'

/** `codes` is what goes between the brackets of a TJ operator. */
type Piece = { readonly face: EmbeddedFace; readonly codes: string; readonly width: number }
type Direction = 'left' | 'right' | 'neutral'
type Word = { readonly text: string; readonly pieces: readonly Piece[]; readonly width: number; readonly direction: Direction }
/** `width` in points at the size it was set for. */
export type Line = { readonly pieces: readonly Piece[]; readonly width: number }
export type TextStyle = { readonly voice: Voice; readonly size: number; readonly leading: number; readonly color: string }

export type Shaper = {
  measure(text: string, style: TextStyle): number
  /** Lines no wider than `width` points; what does not fit into `maxLines` ends in an ellipsis. Empty text has no lines. */
  wrap(text: string, style: TextStyle, width: number, maxLines?: number): Line[]
  canDraw(text: string): boolean
}

const cacheLimit = 20_000
/** Stands for characters no font of the report has; the sentence about it is in the report's last section. */
const missing = '\ufffd'

export function createShaper(faces: FontFaces): Shaper {
  const words: Record<Voice, Map<string, Word>> = { regular: new Map(), semibold: new Map(), mono: new Map() }
  const blanks = new Map<Voice, Piece>()

  function blank(voice: Voice): Piece {
    const before = blanks.get(voice)
    if (before !== undefined) return before
    const made = piece(faces.voice(voice), ' ')
    blanks.set(voice, made)
    return made
  }

  function shape(text: string, voice: Voice): Word {
    const cache = words[voice]
    const before = cache.get(text)
    if (before !== undefined) return before
    // Every hash and key is new, and mono has no kerning: set letter by letter, they cost one look-up each.
    const isLetters = voice === 'mono' && text.length > 1 && /^[\x21-\x7e]+$/.test(text)
    const word = isLetters ? joinWords([...text].map((letter) => shape(letter, voice))) : shapeNew(text, voice)
    if (cache.size >= cacheLimit) cache.clear()
    if (!isLetters) cache.set(text, word)
    return word
  }

  function shapeNew(text: string, voice: Voice): Word {
    const runs: { face: EmbeddedFace; text: string; isRight: boolean }[] = []
    let hasRight = false
    let hasLeft = false
    for (const character of drawable(text, voice)) {
      const point = character.codePointAt(0) ?? 0
      const face = faces.faceFor(point, voice) ?? faces.voice('regular')
      const isRight = isRightToLeft(point)
      if (isRight) hasRight = true
      else if (/\p{L}/u.test(character)) hasLeft = true
      const last = runs.at(-1)
      if (last !== undefined && last.face === face && last.isRight === isRight) last.text += character
      else runs.push({ face, text: character, isRight })
    }
    const ordered = hasRight && !hasLeft ? runs.reverse() : runs
    const pieces = ordered.map((run) => piece(run.face, run.text))
    const direction = hasRight && !hasLeft ? 'right' : hasLeft ? 'left' : 'neutral'
    return { text, pieces, width: sum(pieces), direction }
  }

  /** A run of characters no font has becomes one sign, so that nothing is drawn as an empty box. */
  function drawable(text: string, voice: Voice): string {
    let out = ''
    for (const character of text) {
      if (faces.faceFor(character.codePointAt(0) ?? 0, voice) !== undefined) out += character
      else if (!out.endsWith(missing)) out += missing
    }
    return out
  }

  function wrap(text: string, style: TextStyle, width: number, maxLines = Number.POSITIVE_INFINITY): Line[] {
    if (text === '' || maxLines < 1) return []
    const room = (width / style.size) * 1000
    const gap = blank(style.voice)
    const lines: Line[] = []
    let line: Word[] = []
    let used = 0
    const queue = text.split(' ').filter((word) => word !== '')
    for (let index = 0; index < queue.length; index++) {
      const next = queue[index] ?? ''
      const word = shape(next, style.voice)
      const needed = line.length === 0 ? word.width : used + gap.width + word.width
      if (needed <= room) {
        line.push(word)
        used = needed
        continue
      }
      if (line.length === 0) {
        const [head, rest] = breakWord(next, room, style.voice)
        line.push(shape(head, style.voice))
        queue.splice(index, 1, head, rest)
      } else index--
      if (lines.length === maxLines - 1) {
        const rest = queue.slice(index + 1).join(' ')
        if (rest !== '') line = withEllipsis(line, room, gap, style.voice)
        lines.push(setLine(line, gap, style.size))
        return lines
      }
      lines.push(setLine(line, gap, style.size))
      line = []
      used = 0
    }
    if (line.length > 0) lines.push(setLine(line, gap, style.size))
    return lines
  }

  /** The last line of a cut text: as many words, and then letters, as leave room for the ellipsis. */
  function withEllipsis(line: readonly Word[], room: number, gap: Piece, voice: Voice): Word[] {
    const dots = shape('…', voice)
    const kept = [...line]
    let used = kept.reduce((total, word) => total + word.width, 0) + gap.width * (kept.length - 1)
    while (kept.length > 1 && used + dots.width > room) {
      used -= (kept.pop()?.width ?? 0) + gap.width
    }
    const last = kept.pop()
    if (last === undefined) return [dots]
    if (used + dots.width <= room) return [...kept, joinWords([last, dots])]
    const [head] = breakWord(last.text, room - dots.width - (used - last.width), voice)
    return [...kept, joinWords([shape(head, voice), dots])]
  }

  /** A word wider than the line: cut after a separator where one is near the edge, else between any two letters. */
  function breakWord(text: string, room: number, voice: Voice): [string, string] {
    const letters = [...text]
    let low = 1
    let high = Math.min(letters.length - 1, 400)
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (shape(letters.slice(0, middle).join(''), voice).width <= room) low = middle
      else high = middle - 1
    }
    const fits = Math.max(1, low)
    for (let at = fits; at > fits * 0.6; at--) {
      if (/[-/._@,;:>\\|]/.test(letters[at - 1] ?? '')) return [letters.slice(0, at).join(''), letters.slice(at).join('')]
    }
    return [letters.slice(0, fits).join(''), letters.slice(fits).join('')]
  }

  return {
    wrap,
    measure: (text, style) => wrap(text, style, 1e6)[0]?.width ?? 0,
    canDraw: (text) => ![...text].some((character) => character !== ' ' && faces.faceFor(character.codePointAt(0) ?? 0,
      'regular') === undefined),
  }
}

function piece(face: EmbeddedFace, text: string): Piece {
  // Naming features makes pdfkit shape the whole text at once and keep nothing.
  const [codes, positions] = face.encode(text, [])
  let out = ''
  let open = false
  let width = 0
  codes.forEach((code, index) => {
    const { xAdvance = 0, xOffset = 0, advanceWidth = 0 } = positions[index] ?? {}
    if (Math.abs(xOffset) > 0.5) {
      out += `${open ? '>' : ''}${Math.round(-xOffset)}`
      open = false
    }
    out += open ? code : `<${code}`
    open = true
    const after = Math.round(advanceWidth - xAdvance + xOffset)
    if (after !== 0) {
      out += `>${after}`
      open = false
    }
    width += xAdvance
  })
  return { face, codes: open ? `${out}>` : out, width }
}

function joinWords(words: readonly Word[]): Word {
  const pieces = words.flatMap((word) => word.pieces)
  return { text: words.map(({ text }) => text).join(''), pieces, width: sum(pieces), direction: words[0]?.direction ?? 'neutral' }
}

function sum(pieces: readonly Piece[]): number {
  return pieces.reduce((total, { width }) => total + width, 0)
}

function setLine(words: readonly Word[], gap: Piece, size: number): Line {
  const merged: { face: EmbeddedFace; codes: string; width: number }[] = []
  let width = 0
  const append = (next: Piece): void => {
    width += next.width
    const last = merged.at(-1)
    if (last === undefined || last.face !== next.face) merged.push({ ...next })
    else {last.codes = last.codes.endsWith('>') && next.codes.startsWith('<') ? last.codes.slice(0,
      -1) + next.codes.slice(1) : last.codes + next.codes}
  }
  inReadingOrder(words).forEach((word, index) => {
    if (index > 0) append(gap)
    word.pieces.forEach(append)
  })
  return { pieces: merged, width: (width * size) / 1000 }
}

/** Neighbouring right-to-left words (with numbers and signs between them) stand from right to left inside a left-to-right line. */
function inReadingOrder(words: readonly Word[]): readonly Word[] {
  if (!words.some(({ direction }) => direction === 'right')) return words
  const ordered = [...words]
  for (let start = 0; start < ordered.length; start++) {
    if (ordered[start]?.direction !== 'right') continue
    let end = start
    for (let at = start; at < ordered.length && ordered[at]?.direction !== 'left'; at++) if (ordered[at]?.direction === 'right') end = at
    ordered.splice(start, end - start + 1, ...ordered.slice(start, end + 1).reverse())
    start = end
  }
  return ordered
}
