import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { pageFoot } from './expected-print.ts'
import { color, measure, page, text } from './house-style.ts'
import { closeForm, openForm } from './page-canvas.ts'
import type { Canvas } from './page-canvas.ts'
import type { PdfDocument } from './pdf-library.ts'
import { safeText } from './safe-text.ts'
import type { Shaper } from './shaped-text.ts'

export type Furniture = { draw(canvas: Canvas, pageNumber: number, section: string): void; end(pages: number): void }

/**
 * Running head and foot. "Page x of y" without keeping pages: "of y" is one form object that every page places and that is written
 * last, when y is known. Keeping all pages until then would double the memory; counting first would double the time.
 */
export function createFurniture(doc: PdfDocument, shaper: Shaper, head: ReportHead): Furniture {
  const total = openForm(doc)
  const name = safeText(head.campaign.spec.name, 90)
  const seal = pageFoot(head)
  const footY = page.height - 40

  return {
    draw: (canvas, pageNumber, section) => canvas.artifact(() => {
      if (pageNumber > 1) {
        const [left] = shaper.wrap(name, text.label, measure * 0.5, 1)
        const [right] = shaper.wrap(section, text.label, measure * 0.48, 1)
        if (left !== undefined) canvas.line(left, text.label, page.left, 36)
        if (right !== undefined) canvas.line(right, text.label, page.width - page.right - right.width, 36)
        canvas.rule(page.left, 49, measure, color.hairline, 0.5)
      }
      const [number] = shaper.wrap(`Page ${pageNumber}`, text.label, measure, 1)
      const [sealed] = shaper.wrap(seal, text.label, measure * 0.8, 1)
      if (number !== undefined) {
        canvas.line(number, text.label, page.left, footY)
        canvas.place(total, 'PageTotal', page.left + number.width + text.label.size * 0.24,
          footY + text.label.leading / 2 + text.label.size * 0.35)
      }
      if (sealed !== undefined) canvas.line(sealed, text.label, page.width - page.right - sealed.width, footY)
    }, 'Pagination'),
    end: (pages) => {
      const [line] = shaper.wrap(`of ${pages}`, text.label, measure, 1)
      if (line !== undefined) closeForm(total, line, text.label)
    },
  }
}
