// What the PDF prints against evidence.json. The attached figures may be right while the pages say something else: people read the pages.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { CONTROL_TOTALS_HEADING, PRINT_FORM, equationRows, pageFoot, resultRow, summarySentences } from '../evidence-pdf/expected-print.ts'
import { printedPages, type PrintedPages } from '../evidence-pdf/printed-pages.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES } from './bundle-format.ts'

/** A report of 100,000 items takes a tenth of it; more is nothing to hold in memory. */
const MOST_BYTES = 1024 ** 3

export async function checkPrint(folder: string, head: ReportHead, checks: CheckList): Promise<void> {
  if (head.print !== PRINT_FORM) return checks.skip('report-print', 'this report is from a release whose print is not known here: compare the first page with evidence.json yourself')
  const path = join(folder, NAMES.report)
  const { size } = await stat(path).catch(() => ({ size: Infinity }))
  const pages = size > MOST_BYTES ? undefined : printedPages(await readFile(path))
  if (pages === undefined) return checks.fail('report-print', 'the pages of the PDF cannot be read back')
  try {
    checks.judge('report-print', [...pageFaults(pages, head), ...figureFaults(pages, head)], `${pages.count} pages in order; summary and control totals read back, the rows of single items not`)
  } catch {
    checks.fail('report-print', 'the pages of the PDF cannot be read back')
  }
}

/** Each page says which it is, of how many, and of which report: exchanged, left out or foreign pages show. */
function pageFaults(pages: PrintedPages, head: ReportHead): string[] {
  const faults: string[] = []
  const foot = pageFoot(head)
  for (let page = 1; page <= pages.count; page++) {
    const lines = pages.lines(page, true)
    if (!lines.includes(`Page ${page}`)) faults.push(`page ${page} says it is ${lines.find((line) => /^Page \d+$/.test(line)) ?? 'none'}`)
    if (!lines.includes(`of ${pages.count}`)) faults.push(`page ${page} counts other pages than the ${pages.count} there are`)
    if (!lines.includes(foot)) faults.push(`page ${page} is of another report`)
  }
  return faults
}

function figureFaults(pages: PrintedPages, head: ReportHead): string[] {
  const summary = pages.lines(1)
  const equations = equationRows(head)
  const faults = [...equations, resultRow(head)].filter(({ lines }) => !holds(summary, lines)).map(({ what }) => `the first page prints other figures for ${what}`)
  const whole = compact(summary.join(' '))
  for (const sentence of summarySentences(head)) if (!whole.includes(compact(sentence))) faults.push(`the first page does not say "${sentence}"`)
  const totals = controlTotalsPage(pages)
  for (const { what, lines } of equations) if (!holds(totals, lines)) faults.push(`section 4 prints other figures for ${what}`)
  return faults
}

/** Where section 4 begins: its sums follow right below the heading, or on the next page. */
function controlTotalsPage(pages: PrintedPages): readonly string[] {
  for (let page = 2; page <= pages.count; page++) {
    const lines = pages.lines(page)
    const at = placeOf(lines, CONTROL_TOTALS_HEADING)
    if (at >= 0) return [...lines.slice(at), ...pages.lines(page + 1)]
  }
  return []
}

/** Do these lines stand there, one right after the other? */
function holds(printed: readonly string[], lines: readonly string[]): boolean {
  return placeOf(printed, lines) >= 0
}

function placeOf(printed: readonly string[], lines: readonly string[]): number {
  return printed.findIndex((_, from) => lines.every((line, index) => printed[from + index] === line))
}

/** Where a line breaks says nothing. */
function compact(text: string): string {
  return text.replace(/\s+/gu, '')
}
