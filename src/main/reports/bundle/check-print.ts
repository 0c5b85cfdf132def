
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { equationRows, pageFoot, resultRow, summarySentences } from '../evidence-pdf/expected-print.ts'
import { PRINT_FORM } from '../evidence-pdf/print-form.ts'
import type { CheckList } from './bundle-checks.ts'
import { placeOf, type Print } from './read-print.ts'

/** What every page has to say at its foot; undefined where the report's print is of a form not known here. */
export function expectedFoot(head: ReportHead | undefined): string | undefined {
  return head?.print === PRINT_FORM ? pageFoot(head) : undefined
}

/** `print` undefined: it could not be read. */
export function checkPrint(head: ReportHead, print: Print | undefined, checks: CheckList): void {
  if (head.print !== PRINT_FORM) return checks.skip('report-print', 'this report is from a release whose print is not known here: compare the first page with evidence.json yourself')
  if (print === undefined) return checks.fail('report-print', 'the pages of the PDF cannot be read back')
  checks.judge('report-print', [...print.faults, ...figureFaults(print, head)], `${print.count} pages in order; summary and control totals read back, the rows of single items not`)
}

function figureFaults({ summary, totals }: Print, head: ReportHead): string[] {
  const equations = equationRows(head)
  const faults = [...equations, resultRow(head)].filter(({ lines }) => placeOf(summary, lines) < 0).map(({ what }) => `the first page prints other figures for ${what}`)
  const whole = compact(summary.join(' '))
  for (const sentence of summarySentences(head)) if (!whole.includes(compact(sentence))) faults.push(`the first page does not say "${sentence}"`)
  for (const { what, lines } of equations) if (placeOf(totals, lines) < 0) faults.push(`section 4 prints other figures for ${what}`)
  return faults
}

/** Where a line breaks says nothing. */
function compact(text: string): string {
  return text.replace(/\s+/gu, '')
}
