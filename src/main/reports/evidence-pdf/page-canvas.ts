// One page at a time: operators are collected as text and handed to pdfkit when the page ends. Coordinates are points from the top left.
import { inside, newRef } from './pdf-library.ts'
import type { PdfDocument, PdfRef } from './pdf-library.ts'
import { page } from './house-style.ts'
import type { Line, TextStyle } from './shaped-text.ts'
import type { StructureTree, Tag } from './structure-tree.ts'

export type Canvas = {
  newPage(): void
  /** Draws a line of text with its top at `y`. */
  line(line: Line, style: TextStyle, x: number, y: number): void
  rect(x: number, y: number, width: number, height: number, fill: string): void
  frame(x: number, y: number, width: number, height: number, ink: string, weight: number): void
  rule(x: number, y: number, width: number, ink: string, weight?: number): void
  circle(x: number, y: number, radius: number, ink: string, fill: 'none' | 'half' | 'full'): void
  stroke(points: readonly (readonly [number, number])[], ink: string, weight: number): void
  /** Everything `draw` does belongs to this tag. */
  tagged(tag: Tag, draw: () => void): void
  /** Decoration and running heads: not part of the text. */
  artifact(draw: () => void, kind?: 'Pagination' | 'Layout'): void
  /** Places a form object made elsewhere (the number of pages, known only at the end). */
  place(form: PdfRef, name: string, x: number, y: number): void
  pages(): number
  end(): void
}

/** `furnish` draws a new page's running head and foot, as artifacts. */
export function createCanvas(doc: PdfDocument, tree: StructureTree, furnish: (pageNumber: number) => void): Canvas {
  let ops: string[] = []
  let pages = 0
  let fill = ''
  let depth = 0

  function setFill(ink: string): void {
    if (ink === fill) return
    fill = ink
    ops.push(`${rgb(ink)} rg`)
  }

  function line({ pieces }: Line, style: TextStyle, x: number, y: number): void {
    setFill(style.color)
    // The page's axes point right and down; the text matrix turns the letters upright again.
    const baseline = y + style.leading / 2 + style.size * 0.35
    let out = `BT 1 0 0 -1 ${n(x)} ${n(baseline)} Tm`
    const { fonts } = inside(doc).page
    for (const { face, codes } of pieces) {
      fonts[face.id] ??= face.ref()
      out += ` /${face.id} ${style.size} Tf [${codes}] TJ`
    }
    ops.push(`${out} ET`)
  }

  function circle(x: number, y: number, radius: number, ink: string, kind: 'none' | 'half' | 'full'): void {
    const k = radius * 0.5523
    const path = `${n(x)} ${n(y - radius)} m ${n(x + k)} ${n(y - radius)} ${n(x + radius)} ${n(y - k)} ${n(x + radius)} ${n(y)} c `
      + `${n(x + radius)} ${n(y + k)} ${n(x + k)} ${n(y + radius)} ${n(x)} ${n(y + radius)} c`
    const rest = `${n(x - k)} ${n(y + radius)} ${n(x - radius)} ${n(y + k)} ${n(x - radius)} ${n(y)} c `
      + `${n(x - radius)} ${n(y - k)} ${n(x - k)} ${n(y - radius)} ${n(x)} ${n(y - radius)} c`
    if (kind !== 'none') {
      setFill(ink)
      ops.push(kind === 'full' ? `${path} ${rest} h f` : `${path} h f`)
    }
    ops.push(`q ${rgb(ink)} RG 0.9 w ${path} ${rest} h S Q`)
  }

  function enclosed(begin: string, draw: () => void): void {
    if (depth > 0) throw new Error('Marked content does not nest')
    depth++
    ops.push(begin)
    draw()
    ops.push('EMC')
    depth--
  }

  function flush(): void {
    if (pages === 0) return
    tree.endPage()
    doc.addContent(ops.join('\n'))
    ops = []
  }

  function newPage(): void {
    flush()
    doc.addPage()
    pages++
    fill = ''
    furnish(pages)
  }

  return {
    newPage,
    line,
    circle,
    rect: (x, y, width, height, ink) => {
      setFill(ink)
      ops.push(`${n(x)} ${n(y)} ${n(width)} ${n(height)} re f`)
    },
    frame: (x, y, width, height, ink, weight) => ops.push(`q ${rgb(ink)} RG ${weight} w ${n(x)} ${n(y)} ${n(width)} ${n(height)} re S Q`),
    rule: (x, y, width, ink, weight = 0.5) => {
      setFill(ink)
      ops.push(`${n(x)} ${n(y - weight / 2)} ${n(width)} ${weight} re f`)
    },
    stroke: (points, ink, weight) => {
      const path = points.map(([x, y], index) => `${n(x)} ${n(y)} ${index === 0 ? 'm' : 'l'}`).join(' ')
      ops.push(`q ${rgb(ink)} RG ${weight} w 1 J 1 j ${path} S Q`)
    },
    tagged: (tag, draw) => enclosed(`/${tag.type} <</MCID ${tree.mark(tag)}>> BDC`, draw),
    artifact: (draw, kind = 'Layout') => enclosed(`/Artifact <</Type /${kind}>> BDC`, draw),
    place: (form, name, x, y) => {
      inside(doc).page.xobjects[name] = form
      ops.push(`q 1 0 0 -1 ${n(x)} ${n(y)} cm /${name} Do Q`)
    },
    pages: () => pages,
    end: flush,
  }
}

/** A small form object that is placed on every page and written once, at the end, when its content is known. */
export function openForm(doc: PdfDocument): PdfRef {
  return newRef(doc)
}

export function closeForm(form: PdfRef, { pieces }: Line, style: TextStyle): void {
  const fonts = Object.fromEntries(pieces.map(({ face }) => [face.id, face.ref()]))
  form.data = {
    Type: 'XObject', Subtype: 'Form', BBox: [0, -style.leading, page.width, style.leading], Resources: { Font: fonts },
  }
  const shown = pieces.map(({ face, codes }) => `/${face.id} ${style.size} Tf [${codes}] TJ`).join(' ')
  form.end(`${rgb(style.color)} rg BT ${shown} ET`)
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

const inks = new Map<string, string>()
function rgb(hex: string): string {
  const before = inks.get(hex)
  if (before !== undefined) return before
  const made = [1, 3, 5].map((at) => String(Math.round((Number.parseInt(hex.slice(at, at + 2), 16) / 255) * 1000) / 1000)).join(' ')
  inks.set(hex, made)
  return made
}
