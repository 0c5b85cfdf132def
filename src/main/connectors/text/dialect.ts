import type { Mapping } from '../../../shared/model/source.ts'
import type { Dialect, Row } from './row.ts'
import { isBlank } from './row.ts'
import { splitBlock } from './split-block.ts'

const CANDIDATES = [',', ';', '\t', '|'] as const
const SAMPLE_LINES = 200

/**
 * Decides how a file's lines end and its columns are set apart. `auto` takes the delimiter that gives most rows the header's number of
 * columns; columns set apart by runs of blanks are recognised when no delimiter fits. `mapped`: header names a saved mapping expects.
 */
export function detectDialect(sample: Buffer, wanted: Mapping['delimiter'], mapped: readonly string[]): Dialect {
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r'
  const declared = /^"?sep=([,;|\t])"?\s*$/i.exec(firstLine(sample, newline))?.[1]
  const delimiter = wanted !== 'auto' ? wanted : isCandidate(declared) ? declared : bestDelimiter(sample, newline, mapped)
  return { delimiter, newline, width: null }
}

/** Excel writes `sep=;` as a first line of its own: it is about the file, not a row of it. */
export const isDelimiterLine = (row: Row): boolean => /^sep=[,;|\t]?$/i.test(row.cells.join('').trim())

const isCandidate = (text: string | undefined): text is (typeof CANDIDATES)[number] => CANDIDATES.some((one) => one === text)

function firstLine(sample: Buffer, newline: string): string {
  const end = sample.indexOf(newline)
  return sample.toString('utf8', 0, Math.min(end === -1 ? sample.length : end, 100))
}

function bestDelimiter(sample: Buffer, newline: '\n' | '\r', mapped: readonly string[]): Dialect['delimiter'] {
  const head = headOf(sample, newline)
  let best: { delimiter: Dialect['delimiter']; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of CANDIDATES) {
    const score = fit(splitBlock(head, 1, { delimiter, newline, width: null }).rows, mapped)
    if (score > best.score) best = { delimiter, score }
  }
  if (best.score > 0) return best.delimiter
  const { agreeing, width } = shape(splitBlock(head, 1, { delimiter: 'whitespace', newline, width: null }).rows)
  return width > 1 && agreeing >= 0.9 ? 'whitespace' : ','
}

function headOf(sample: Buffer, newline: string): Buffer {
  let end = -1
  for (let lines = 0; lines < SAMPLE_LINES; lines += 1) {
    const next = sample.indexOf(newline, end + 1)
    if (next === -1) return lines === 0 ? sample : sample.subarray(0, end + 1)
    end = next
  }
  return sample.subarray(0, end + 1)
}

function fit(rows: readonly Row[], mapped: readonly string[]): number {
  const { agreeing, width, headerWidth, header } = shape(rows)
  if (width < 2) return 0
  const known = mapped.filter((name) => header.includes(name)).length
  return agreeing * (headerWidth === width ? 1 : 0.3) * (1 + Math.min(width, 20) / 20) + known * 10
}

function shape(rows: readonly Row[]) {
  const filled = rows.filter((row) => row.fault === null && !isBlank(row.cells) && !isDelimiterLine(row))
  const width = commonWidth(filled)
  const agreeing = filled.filter((row) => row.cells.length === width).length / Math.max(1, filled.length)
  const header = (filled[0]?.cells ?? []).map((cell) => cell.trim())
  return { width, agreeing, headerWidth: header.length, header }
}

/** The number of columns most rows have; the larger where two are equally common. */
export function commonWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1)
  let best = 0
  for (const [width, count] of counts) {
    const bestCount = counts.get(best) ?? 0
    if (count > bestCount || (count === bestCount && width > best)) best = width
  }
  return best
}
