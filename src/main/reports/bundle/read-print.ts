// What the pages of the PDF print, as far as it is compared with the figures. The rows of single items are not read.
import { stat } from 'node:fs/promises'
import { CONTROL_TOTALS_HEADING } from '../evidence-pdf/print-form.ts'
import { readPrintedPages, type PrintedPages } from '../evidence-pdf/printed-pages.ts'

/** `summary`: lines of the first page; `totals`: from the heading of section 4 on; `faults`: pages that are not what they should be. */
export type Print = { readonly count: number; readonly faults: string[]; readonly summary: readonly string[]; readonly totals: readonly string[] }

/** A report of 100,000 items takes a tenth of it. */
const MOST_BYTES = 1024 ** 3

export async function readPrint(path: string, foot: string): Promise<Print | undefined> {
  const { size } = await stat(path).catch(() => ({ size: Infinity }))
  if (size > MOST_BYTES) return undefined
  return readPrintedPages(path, (pages) => ({ count: pages.count, faults: pageFaults(pages, foot), summary: pages.lines(1), totals: controlTotals(pages) }))
}

/** Each page says which it is, of how many, and of which report: exchanged, left out or foreign pages show. */
function pageFaults(pages: PrintedPages, foot: string): string[] {
  const faults: string[] = []
  for (let page = 1; page <= pages.count; page++) {
    const lines = pages.lines(page, true)
    if (!lines.includes(`Page ${page}`)) faults.push(`page ${page} says it is ${lines.find((line) => /^Page \d+$/.test(line)) ?? 'none'}`)
    if (!lines.includes(`of ${pages.count}`)) faults.push(`page ${page} counts other pages than the ${pages.count} there are`)
    if (!lines.includes(foot)) faults.push(`page ${page} is of another report`)
  }
  return faults
}

/** Where section 4 begins: its sums follow right below the heading, or on the next page. */
function controlTotals(pages: PrintedPages): readonly string[] {
  for (let page = 2; page <= pages.count; page++) {
    const lines = pages.lines(page)
    const at = placeOf(lines, CONTROL_TOTALS_HEADING)
    if (at >= 0) return [...lines.slice(at), ...pages.lines(page + 1)]
  }
  return []
}

/** Where these lines stand one right after the other; -1 where they do not. */
export function placeOf(printed: readonly string[], lines: readonly string[]): number {
  return printed.findIndex((_, from) => lines.every((line, index) => printed[from + index] === line))
}
