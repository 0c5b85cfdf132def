import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openFace } from './pdf-library.ts'
import type { EmbeddedFace, PdfDocument } from './pdf-library.ts'

/** The three voices of the report. Everything else is a fallback that is opened only when a text needs it. */
export type Voice = 'regular' | 'semibold' | 'mono'

const files = {
  regular: 'ibm-plex-sans-regular.ttf',
  semibold: 'ibm-plex-sans-semibold.ttf',
  mono: 'ibm-plex-mono-regular.ttf',
  hebrew: 'ibm-plex-sans-hebrew-regular.ttf',
  arabic: 'ibm-plex-sans-arabic-regular.ttf',
  han: 'noto-sans-cjk-names-regular.ttf',
  hangul: 'noto-sans-kr-names-regular.ttf',
} as const
type FaceName = keyof typeof files

export type FontFaces = {
  /** The face that can draw this character in this voice, or undefined where no font of the report has it. */
  faceFor(point: number, voice: Voice): EmbeddedFace | undefined
  voice(voice: Voice): EmbeddedFace
}

/** `folder`: where the font files are, as a URL; the report's own fonts by default. */
export function loadFontFaces(doc: PdfDocument, folder: URL): FontFaces {
  const opened = new Map<FaceName, EmbeddedFace>()
  const known = new Map<number, EmbeddedFace | undefined>()

  function open(name: FaceName): EmbeddedFace {
    const before = opened.get(name)
    if (before !== undefined) return before
    // fontkit reads a box even for glyphs without an outline; where such a glyph ends the file (Plex Mono's blank) it would read past it.
    const padded = Buffer.concat([readFileSync(fileURLToPath(new URL(files[name], folder))), Buffer.alloc(16)])
    const face = openFace(doc, padded, name)
    opened.set(name, face)
    return face
  }

  function faceFor(point: number, voice: Voice): EmbeddedFace | undefined {
    const main = open(voice)
    if (point > 0x20 && point < 0x7f) return main
    // The voices differ in coverage, so the memory is kept per voice.
    const key = point * 4 + (voice === 'regular' ? 0 : voice === 'semibold' ? 1 : 2)
    if (known.has(key)) return known.get(key)
    const names: FaceName[] = [voice, 'regular', ...fallbacksFor(point)]
    const found = names.map(open).find((face) => face.font.hasGlyphForCodePoint(point))
    if (known.size > 50_000) known.clear()
    known.set(key, found)
    return found
  }

  return { faceFor, voice: open }
}

function fallbacksFor(point: number): FaceName[] {
  if (isBetween(point, 0x590, 0x5ff) || isBetween(point, 0xfb1d, 0xfb4f)) return ['hebrew']
  if (isArabic(point)) return ['arabic']
  if (isBetween(point, 0xac00, 0xd7a3)) return ['hangul']
  if (isBetween(point, 0x2e80, 0x9fff) || isBetween(point, 0xf900, 0xfaff) || isBetween(point, 0xff00, 0xffef)) return ['han']
  return []
}

function isArabic(point: number): boolean {
  return isBetween(point, 0x600, 0x6ff) || isBetween(point, 0x750, 0x77f) || isBetween(point, 0xfb50, 0xfdff) || isBetween(point, 0xfe70,
    0xfefc)
}

/** Strong right-to-left: Hebrew and Arabic letters; their digits run left to right and are left out. */
export function isRightToLeft(point: number): boolean {
  if (isBetween(point, 0x660, 0x669) || isBetween(point, 0x6f0, 0x6f9)) return false
  return isBetween(point, 0x590, 0x5ff) || isBetween(point, 0xfb1d, 0xfb4f) || isArabic(point)
}

function isBetween(point: number, first: number, last: number): boolean {
  return point >= first && point <= last
}
