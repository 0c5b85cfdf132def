// Status is a word and a shape, never a colour alone: the shapes stay apart in grey, on a fax, and for every kind of sight.
import type { ReportItem } from '../../../shared/model/evidence-report.ts'
import { color } from './house-style.ts'
import type { Canvas } from './page-canvas.ts'

export const signWidth = 11

/** A sign about 7 points wide whose left edge is at `x` and whose middle is at `middle`. */
export function outcomeSign(canvas: Canvas, outcome: ReportItem['outcome'], x: number, middle: number): void {
  const center = x + 3.6
  switch (outcome) {
    case 'keep': return canvas.circle(center, middle, 3.1, color.accent, 'full')
    case 'keep-until': return canvas.circle(center, middle, 3.1, color.accent, 'half')
    case 'undecided': return canvas.circle(center, middle, 3.1, color.quiet, 'none')
    case 'look-closer':
      canvas.circle(center, middle, 3.1, color.ink, 'none')
      return canvas.circle(center, middle, 0.7, color.ink, 'full')
    case 'revoke':
      canvas.stroke([[center - 2.7, middle - 2.7], [center + 2.7, middle + 2.7]], color.ink, 1.5)
      return canvas.stroke([[center - 2.7, middle + 2.7], [center + 2.7, middle - 2.7]], color.ink, 1.5)
  }
}

export function passSign(canvas: Canvas, x: number, middle: number): void {
  canvas.stroke([[x + 0.6, middle + 0.2], [x + 2.8, middle + 2.4], [x + 6.8, middle - 2.6]], color.accent, 1.3)
}

export function alertSign(canvas: Canvas, x: number, middle: number, size = 4.4): void {
  const center = x + size
  canvas.stroke([[center, middle - size * 0.9], [center + size, middle + size * 0.8], [center - size, middle + size * 0.8],
    [center, middle - size * 0.9]], color.ink, 1.1)
  canvas.stroke([[center, middle - size * 0.25], [center, middle + size * 0.2]], color.ink, 1.1)
  canvas.circle(center, middle + size * 0.52, 0.25, color.ink, 'full')
}
