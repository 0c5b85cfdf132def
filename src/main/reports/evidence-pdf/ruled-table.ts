// Tables drawn by hand: pdfkit's own takes 20 ms a row. A row is never split; column heads come again on every page.
import { drawStack, ensure, heightOf, styled } from './page-flow.ts'
import type { Flow, StyledLine } from './page-flow.ts'
import type { Tag } from './structure-tree.ts'
import { safeText } from './safe-text.ts'
import { color, floor, measure, page, text } from './house-style.ts'
import type { TextStyle } from './shaped-text.ts'

export type Column = { readonly label: string; readonly width: number; readonly align?: 'right' }
export type Table = { readonly tag: Tag; readonly columns: readonly Column[]; readonly gap: number }
export type Cell = string | { readonly words: string; readonly style: TextStyle; readonly maxLines?: number } | readonly StyledLine[]

const padding = 3.4

/** Column widths are shares: they are stretched to fill the measure between the gaps. */
export function openTable(flow: Flow, parent: Tag, shares: readonly Column[], gap = 12): Table {
  const total = shares.reduce((sum, { width }) => sum + width, 0)
  const columns = shares.map((column) => ({ ...column, width: (column.width / total) * (measure - gap * (shares.length - 1)) }))
  const table = { tag: flow.tree.open(parent, 'Table'), columns, gap }
  ensure(flow, 50)
  drawHeads(flow, table, true)
  flow.repeat = () => drawHeads(flow, table, false)
  return table
}

export function closeTable(flow: Flow, table: Table, after = 10): void {
  flow.repeat = null
  flow.tree.close(table.tag)
  flow.y += after
}

/** The first heads are the table's header row; those repeated on later pages are decoration. */
function drawHeads(flow: Flow, table: Table, isFirst: boolean): void {
  const lines = table.columns.map(({ label, width }) => styled(flow, label, text.label, width, 2))
  const height = Math.max(...lines.map(heightOf), 0)
  const row = isFirst ? flow.tree.open(table.tag, 'TR') : null
  let x = page.left
  table.columns.forEach((column, index) => {
    const stack = lines[index] ?? []
    const draw = (): void => drawCell(flow, stack, column, x, flow.y + height - heightOf(stack))
    if (row === null) flow.canvas.artifact(draw, 'Pagination')
    else {
      const cell = flow.tree.open(row, 'TH', { scope: 'Column' })
      flow.canvas.tagged(cell, draw)
      flow.tree.close(cell)
    }
    x += column.width + table.gap
  })
  if (row !== null) flow.tree.close(row)
  flow.y += height + 2.5
  flow.canvas.artifact(() => flow.canvas.rule(page.left, flow.y, measure, color.ink, 0.7))
  flow.y += 1
}


export function stackFor(flow: Flow, cell: Cell, column: Column): readonly StyledLine[] {
  if (typeof cell === 'string') return styled(flow, safeText(cell), text.small, column.width, 6)
  if ('words' in cell) return styled(flow, safeText(cell.words), cell.style, column.width, cell.maxLines ?? 6)
  return cell
}

export function rowHeight(stacks: readonly (readonly StyledLine[])[], pad = padding): number {
  return Math.max(...stacks.map(heightOf), 0) + pad * 2
}

/** Draws one row at the cursor, on the next page if it does not fit here, with a hairline below. */
export function tableRow(flow: Flow, table: Table, cells: readonly Cell[], pad = padding): void {
  const stacks = table.columns.map((column, index) => stackFor(flow, cells[index] ?? [], column))
  const height = rowHeight(stacks, pad)
  ensure(flow, Math.min(height, floor - page.top))
  const row = flow.tree.open(table.tag, 'TR')
  const top = flow.y + pad
  let x = page.left
  table.columns.forEach((column, index) => {
    const stack = stacks[index] ?? []
    const cell = flow.tree.open(row, 'TD')
    if (stack.length > 0) flow.canvas.tagged(cell, () => drawCell(flow, stack, column, x, top))
    flow.tree.close(cell)
    x += column.width + table.gap
  })
  flow.tree.close(row)
  flow.y += height
  flow.canvas.artifact(() => flow.canvas.rule(page.left, flow.y, measure, color.hairline, 0.4))
}

function drawCell(flow: Flow, stack: readonly StyledLine[], column: Column, x: number, top: number): void {
  if (column.align !== 'right') return drawStack(flow, stack, x, top)
  drawStack(flow, stack.map((entry) => ({ ...entry, indent: column.width - entry.line.width })), x, top)
}

/** Facts as label and value, in two columns under hairlines. */
export function factList(flow: Flow, parent: Tag, facts: readonly (readonly [string,
  string | { words: string; style: TextStyle }])[]): void {
  const labelWidth = 132
  const valueWidth = measure - labelWidth - 12
  for (const [label, value] of facts) {
    const { words, style } = typeof value === 'string' ? { words: value, style: text.small } : value
    const left = styled(flow, label, text.smallQuiet, labelWidth, 2)
    const right = styled(flow, safeText(words, 3000), style, valueWidth, 24)
    const height = Math.max(heightOf(left), heightOf(right)) + padding * 2
    ensure(flow, height)
    const tag = flow.tree.open(parent, 'P')
    flow.canvas.tagged(tag, () => {
      drawStack(flow, left, page.left, flow.y + padding)
      drawStack(flow, right, page.left + labelWidth + 12, flow.y + padding)
    })
    flow.tree.close(tag)
    flow.y += height
    flow.canvas.artifact(() => flow.canvas.rule(page.left, flow.y, measure, color.hairline, 0.4))
  }
  flow.y += 8
}
