import type { Dialect } from './row.ts'

/** How csv-parse is asked to split: forgiving about columns and quotes, because every fault is judged, with its line, afterwards. */
export function csvOptions(dialect: Dialect) {
  return {
    delimiter: dialect.delimiter,
    record_delimiter: dialect.newline === '\n' ? ['\r\n', '\n'] : ['\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    // Blocks are bounded by the caller; csv-parse would stop without a word at its own limit.
    max_record_size: 0,
  }
}
