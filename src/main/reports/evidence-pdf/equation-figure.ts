import type { Equation } from './control-equations.ts'
import { color, page, text, tinted } from './house-style.ts'
import type { Flow } from './page-flow.ts'
import { alertSign, passSign } from './signs.ts'
import type { TextStyle } from './shaped-text.ts'
import type { Tag } from './structure-tree.ts'
import { count } from './wording.ts'

const rowHeight = 27.5
const verdictX = page.width - page.right - 90

/** One equation on one line: figures large, their names small below, the verdict at the right edge in words and with a sign. */
export function drawEquation(flow: Flow, parent: Tag, { total, terms, difference }: Equation): void {
  const { canvas, shaper } = flow
  const tag = flow.tree.open(parent, 'P')
  const signs = ['', '=', ...terms.slice(1).map(() => '+')]
  // Seven-figure populations still have to fit beside the verdict.
  const widest = [total, ...terms].reduce((sum, term) => sum + Math.max(count(term.value).length * 6.3, term.label.length * 3.5) + 24, 0)
  const size = widest > verdictX - page.left ? 8.6 : 10.5
  const figure = { ...text.figure, size, leading: 14 }
  canvas.tagged(tag, () => {
    let x = page.left
    ;[total, ...terms].forEach(({ label, value }, index) => {
      const sign = signs[index] ?? ''
      if (sign !== '') {
        draw(sign, tinted(figure, color.quiet), x, flow.y)
        x += 15
      }
      const name = shaper.wrap(label, text.label, 200, 1)[0]
      const number = shaper.wrap(count(value), figure, 200, 1)[0]
      if (number !== undefined) canvas.line(number, figure, x, flow.y)
      if (name !== undefined) canvas.line(name, text.label, x, flow.y + 12.5)
      x += Math.max(number?.width ?? 0, name?.width ?? 0) + 12
    })
    const adds = difference === 0
    if (adds) passSign(canvas, verdictX, flow.y + 7)
    else alertSign(canvas, verdictX, flow.y + 7, 3.8)
    draw(adds ? 'adds up, difference 0' : 'DOES NOT ADD UP', adds ? text.small : text.smallStrong, verdictX + 12, flow.y + 2)
    if (!adds) draw(`difference ${count(difference)}`, text.small, verdictX + 12, flow.y + 11.5)
  })
  flow.tree.close(tag)
  flow.y += rowHeight

  function draw(words: string, style: TextStyle, x: number, y: number): void {
    const line = shaper.wrap(words, style, 300, 1)[0]
    if (line !== undefined) canvas.line(line, style, x, y)
  }
}
