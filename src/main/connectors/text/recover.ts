import { parse } from 'csv-parse/sync'
import { csvOptions } from './csv-options.ts'
import { openQuoteFault, type Dialect, type Row } from './row.ts'

/** Gives up the line where a quotation mark opened and reads the lines behind it one by one, so that they are not lost with it. */
export function recover(source: Buffer, line: number, dialect: Dialect): readonly Row[] {
  const lines = source.toString('utf8').split(dialect.newline)
  if (lines.at(-1) === '') lines.pop()
  const [first = '', ...rest] = lines
  return [openQuoteRow(first, line, dialect), ...rowsLineByLine(rest, line + 1, dialect)]
}

function openQuoteRow(text: string, line: number, dialect: Dialect): Row {
  return { line, cells: text.split(dialect.delimiter), fault: openQuoteFault(line) }
}

/** Reads lines one by one, for the stretch behind a stray quotation mark: here a quote may not reach over the line's end. */
function rowsLineByLine(lines: readonly string[], firstLine: number, dialect: Dialect): readonly Row[] {
  const settings = csvOptions(dialect)
  return lines.map((text, index) => {
    const line = firstLine + index
    if (!text.includes('"')) return { line, cells: text.split(dialect.delimiter), fault: null }
    const cells = parse(text, settings)[0]
    return cells === undefined ? openQuoteRow(text, line, dialect) : { line, cells, fault: null }
  })
}
