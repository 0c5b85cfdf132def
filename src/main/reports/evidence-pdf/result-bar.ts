import type { ReportHead, ReportItem } from '../../../shared/model/evidence-report.ts'
import { color, measure, page, text } from './house-style.ts'
import type { Flow } from './page-flow.ts'
import { outcomeSign, signWidth } from './signs.ts'
import type { Tag } from './structure-tree.ts'
import { count, counted, outcomeWords, share } from './wording.ts'

export type Part = { readonly outcome: ReportItem['outcome']; readonly value: number }

export function resultParts(progress: ReportHead['controlTotals']['progress']): readonly Part[] {
  return [
    { outcome: 'keep', value: progress.kept }, { outcome: 'revoke', value: progress.revoked }, { outcome: 'keep-until', value: progress.keptUntil },
    { outcome: 'look-closer', value: progress.lookCloser }, { outcome: 'undecided', value: progress.undecided },
  ]
}

/** What became of the items: one bar, and below it each outcome with its sign, number and share. */
export function drawResult(flow: Flow, parent: Tag, head: ReportHead): void {
  const { canvas, shaper } = flow
  const { progress } = head.controlTotals
  const parts = resultParts(progress)
  const said = parts.map(({ outcome, value }) => `${count(value)} ${outcomeWords[outcome].toLowerCase()}`)
  const alt = `Of ${counted(progress.items, 'item')}: ${said.join(', ')}.`
  const figure = flow.tree.open(parent, 'Figure', { alt })
  canvas.tagged(figure, () => drawOutcomeBar(flow, parts, progress.items, { x: page.left, y: flow.y, width: measure, height: 9 }))
  flow.tree.close(figure)
  flow.y += 15

  const legend = flow.tree.open(parent, 'P')
  canvas.tagged(legend, () => {
    const width = measure / parts.length
    parts.forEach(({ outcome, value }, index) => {
      const x = page.left + index * width
      outcomeSign(canvas, outcome, x, flow.y + 7)
      const number = shaper.wrap(count(value), text.verdict, width, 1)[0]
      if (number !== undefined) canvas.line(number, text.verdict, x + signWidth, flow.y - 1)
      const name = shaper.wrap(`${outcomeWords[outcome]} · ${share(value, progress.items)}`, text.label, width, 1)[0]
      if (name !== undefined) canvas.line(name, text.label, x + signWidth, flow.y + 13.5)
    })
  })
  flow.tree.close(legend)
  flow.y += 26
}

/** The shares of `items` as one bar; a single revoke among 50,000 must still be seen. */
export function drawOutcomeBar({ canvas }: Flow, parts: readonly Part[], items: number, at: { x: number; y: number; width: number; height: number }): void {
  const { height, y } = at
  let { x } = at
  const shown = parts.filter(({ value }) => value > 0)
  for (const { outcome, value } of shown) {
    const width = Math.max(1.5, (value / items) * (at.width - 1.5 * (shown.length - 1)))
    const inner = Math.min(width, at.x + at.width - x)
    if (outcome === 'keep') canvas.rect(x, y, inner, height, color.accent)
    else if (outcome === 'revoke') canvas.rect(x, y, inner, height, color.ink)
    else if (outcome === 'keep-until') canvas.rect(x, y, inner, height, color.soft)
    else {
      canvas.frame(x + 0.4, y + 0.4, Math.max(0.7, inner - 0.8), height - 0.8, outcome === 'undecided' ? color.quiet : color.ink, 0.8)
      if (outcome === 'look-closer') {
        for (let step = x + 4; step < x + inner - 2; step += 4) canvas.stroke([[step, y + height - 1.5], [step + 2, y + 1.5]], color.ink, 0.6)
      }
    }
    x += inner + 1.5
  }
  if (shown.length === 0) canvas.frame(at.x + 0.4, y + 0.4, at.width - 0.8, height - 0.8, color.hairline, 0.8)
}
