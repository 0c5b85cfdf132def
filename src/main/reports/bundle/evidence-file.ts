// evidence.json is one JSON document, laid out so that it can be written and read item by item: the first line is everything but
// the items, then one line per item, then the closing brackets.
import { reportHead, reportItem } from '../../../shared/model/evidence-report.ts'
import type { ReportHead, ReportItem } from '../../../shared/model/evidence-report.ts'
import { textLineBlocks } from './text-lines.ts'

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

export type ReadRow = ReportItem | { fault: string }

/** `rows`: as many at a time as were read. */
export type EvidenceReader = { head: ReportHead; rows: AsyncGenerator<ReadRow[]> }

/** What the first line says; undefined where there is no such report. */
export async function readEvidenceHead(path: string): Promise<ReportHead | undefined> {
  const evidence = await readEvidence(path).catch(() => undefined)
  await evidence?.rows.return(undefined)
  return evidence?.head
}

/** Undefined when the first line is not a report's head. A row that cannot be read comes as a fault in its place. */
export async function readEvidence(path: string): Promise<EvidenceReader | undefined> {
  const blocks = textLineBlocks(path)
  const begun: string[] = []
  // Many reviewers make a long first line.
  while (begun.length === 0) {
    const block = await blocks.next()
    if (block.done === true) break
    begun.push(...block.value)
  }
  const head = reportHead.safeParse(parseJson(`${begun[0] ?? ''}${LAST_LINE}`))
  if (!head.success) {
    await blocks.return(undefined)
    return undefined
  }
  return { head: head.data, rows: readRows(begun.slice(1), blocks) }
}

async function* readRows(begun: readonly string[], blocks: AsyncGenerator<string[]>): AsyncGenerator<ReadRow[]> {
  const rows = startRows()
  yield rows.take(begun)
  for await (const lines of blocks) yield rows.take(lines)
  yield rows.end()
}

/** Whoever reads the file as one JSON text has to read the same rows, so that they are parted by commas is looked at, too. */
function startRows(): { take: (lines: readonly string[]) => ReadRow[]; end: () => ReadRow[] } {
  let isClosed = false
  let isParted = true
  let row = 0
  function read(line: string): ReadRow[] {
    if (isClosed) return [{ fault: 'something follows the end of the report' }]
    if (line === LAST_LINE) {
      isClosed = true
      return isParted && row > 0 ? [{ fault: 'the last row of the report cannot be read' }] : []
    }
    row++
    const hasComma = line.endsWith(',')
    const item = isParted ? reportItem.safeParse(parseJson(hasComma ? line.slice(0, -1) : line)) : undefined
    isParted = hasComma
    return [item?.success === true ? item.data : { fault: `row ${row} of the report cannot be read` }]
  }
  return { take: (lines) => lines.flatMap(read), end: () => (isClosed ? [] : [{ fault: 'the end of the report is missing' }]) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
