// evidence.json is one JSON document, laid out so that it can be written and read item by item: the first line is everything but
// the items, then one line per item, then the closing brackets.
import { reportHead, reportItem } from '../../../shared/model/evidence-report.ts'
import type { ReportHead, ReportItem } from '../../../shared/model/evidence-report.ts'
import { textLines } from './text-lines.ts'

const LAST_LINE = ']}'

/** First line, without its line break. */
export function evidenceOpening(head: ReportHead): string {
  return `${JSON.stringify(head).slice(0, -1)},"items":[`
}

/** Line of item number `index` (from 0), with the line break that precedes it. */
export function evidenceItemLine(item: ReportItem, index: number): string {
  return `${index === 0 ? '' : ','}\n${JSON.stringify(item)}`
}

export const EVIDENCE_CLOSING = `\n${LAST_LINE}\n`

export type EvidenceReader = { head: ReportHead; items: AsyncGenerator<ReportItem | { fault: string }> }

/** What the first line says; undefined where there is no such report. */
export async function readEvidenceHead(path: string): Promise<ReportHead | undefined> {
  const evidence = await readEvidence(path).catch(() => undefined)
  await evidence?.items.return(undefined)
  return evidence?.head
}

/** Undefined when the first line is not a report's head. A row that cannot be read comes as a fault in its place. */
export async function readEvidence(path: string): Promise<EvidenceReader | undefined> {
  const lines = textLines(path)
  const first = await lines.next()
  const head = reportHead.safeParse(first.done === true ? undefined : parseJson(`${first.value}${LAST_LINE}`))
  if (!head.success) {
    await lines.return(undefined)
    return undefined
  }
  return { head: head.data, items: readItems(lines) }
}

async function* readItems(lines: AsyncGenerator<string>): AsyncGenerator<ReportItem | { fault: string }> {
  let isClosed = false
  let row = 0
  for await (const line of lines) {
    if (isClosed) yield { fault: 'something follows the end of the report' }
    if (line === LAST_LINE) {
      isClosed = true
      continue
    }
    row++
    const item = reportItem.safeParse(parseJson(line.endsWith(',') ? line.slice(0, -1) : line))
    yield item.success ? item.data : { fault: `row ${row} of the report cannot be read` }
  }
  if (!isClosed) yield { fault: 'the end of the report is missing' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
