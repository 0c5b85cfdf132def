import type { Canvas } from './page-canvas.ts'
import type { Bookmark } from './pdf-library.ts'
import type { Line, Shaper, TextStyle } from './shaped-text.ts'
import type { StructureTree, Tag, TagType } from './structure-tree.ts'
import { safeText } from './safe-text.ts'
import { color, floor, measure, page, text, tinted } from './house-style.ts'

/** The cursor all sections write with. `repeat` draws what must stand again at the top of the next page (a table's column heads). */
export type Flow = {
  readonly canvas: Canvas
  readonly tree: StructureTree
  readonly shaper: Shaper
  /** Adds a bookmark to the current place. */
  readonly bookmark: (title: string, under?: Bookmark) => Bookmark
  y: number
  /** Shown in the running head. */
  section: string
  repeat: (() => void) | null
}

export type StyledLine = {
  readonly line: Line
  readonly style: TextStyle
  /** Points of air above, points to the right. */
  readonly before?: number
  readonly indent?: number
  /** Draws a sign to the left of the line; gets the cell's left edge and the line's middle. */
  readonly sign?: (x: number, middle: number) => void
}

export function nextPage(flow: Flow): void {
  flow.canvas.newPage()
  flow.y = page.top
  flow.repeat?.()
}

/** Starts a new page unless `height` points are left on this one. */
export function ensure(flow: Flow, height: number): void {
  if (flow.y + height > floor) nextPage(flow)
}

export function styled(flow: Flow, words: string, style: TextStyle, width: number, maxLines = 3, before = 0): StyledLine[] {
  return flow.shaper.wrap(words, style, width, maxLines).map((line, index) => ({ line, style, before: index === 0 ? before : 0 }))
}

export function heightOf(lines: readonly StyledLine[]): number {
  return lines.reduce((total, { style, before = 0 }) => total + style.leading + before, 0)
}

export function drawStack(flow: Flow, lines: readonly StyledLine[], x: number, top: number): void {
  let y = top
  for (const { line, style, before = 0, indent = 0, sign } of lines) {
    y += before
    sign?.(x, y + style.leading / 2)
    flow.canvas.line(line, style, x + indent, y)
    y += style.leading
  }
}

export type BlockOptions = { type?: TagType; x?: number; width?: number; maxLines?: number; after?: number; limit?: number }

/** A paragraph at the cursor: kept whole up to four lines, else broken with at least two lines on either side. */
export function paragraph(flow: Flow, parent: Tag, words: string, style: TextStyle, options: BlockOptions = {}): void {
  const { type = 'P', x = page.left, width = measure, maxLines = 60, after = 5, limit = 4000 } = options
  const lines = flow.shaper.wrap(safeText(words, limit), style, width, maxLines)
  if (lines.length === 0) return
  const tag = flow.tree.open(parent, type)
  let at = 0
  while (at < lines.length) {
    const rest = lines.length - at
    ensure(flow, Math.min(rest, rest <= 4 ? rest : 2) * style.leading)
    let fits = Math.max(1, Math.min(rest, Math.floor((floor - flow.y) / style.leading)))
    if (rest - fits === 1 && fits > 2) fits--
    flow.canvas.tagged(tag, () => {
      for (const line of lines.slice(at, at + fits)) {
        flow.canvas.line(line, style, x, flow.y)
        flow.y += style.leading
      }
    })
    at += fits
    if (at < lines.length) nextPage(flow)
  }
  flow.tree.close(tag)
  flow.y += after
}

/** A numbered section: heading, bookmark, and enough room below that the heading never stands alone. */
export function beginSection(flow: Flow, title: string, lead?: string): { tag: Tag; bookmark: Bookmark } {
  flow.repeat = null
  flow.section = title
  flow.y += flow.y > page.top ? 22 : 0
  ensure(flow, 130)
  const tag = flow.tree.open(flow.tree.root, 'Sect', { title })
  const bookmark = flow.bookmark(title)
  drawSectionTitle(flow, tag, title)
  flow.y += lead === undefined ? 8 : 3
  if (lead !== undefined) paragraph(flow, tag, lead, text.bodyQuiet, { after: 9 })
  return { tag, bookmark }
}

/** The number stands apart in the accent colour, so that the titles share one left edge. */
function drawSectionTitle(flow: Flow, parent: Tag, title: string): void {
  const [, number = '', words = title] = /^(\d+) +(.*)$/.exec(title) ?? []
  const tag = flow.tree.open(parent, 'H1')
  flow.canvas.tagged(tag, () => {
    drawStack(flow, styled(flow, number, tinted(text.heading, color.accent), 40, 1), page.left, flow.y)
    drawStack(flow, styled(flow, words, text.heading, measure - 30, 1), page.left + (number.length > 1 ? 30 : 22), flow.y)
  })
  flow.tree.close(tag)
  flow.y += text.heading.leading
}

export function subheading(flow: Flow, parent: Tag, words: string, room = 70): void {
  flow.y += 7
  ensure(flow, room)
  paragraph(flow, parent, words, text.subheading, { type: 'H2', after: 3, maxLines: 2, limit: 160 })
}
