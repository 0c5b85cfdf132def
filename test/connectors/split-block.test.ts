import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvOptions } from '../../src/main/connectors/text/csv-options.ts'
import { splitBlock } from '../../src/main/connectors/text/split-block.ts'
import type { Dialect } from '../../src/main/connectors/text/row.ts'

const dialects: readonly Dialect[] = [
  { delimiter: ',', newline: '\n', width: null }, { delimiter: ';', newline: '\n', width: 3 }, { delimiter: '\t', newline: '\r', width: null },
  { delimiter: '|', newline: '\n', width: null },
]

test('a block without quotation marks splits as csv-parse splits it, whatever bytes it holds', () => {
  const pieces = fc.array(fc.oneof(
    fc.constantFrom(',', ';', '\t', '|', '\n', '\r\n', '\r', '', ' ', 'a', 'Zoë', '王', '😀', '\u0000', '\ufeff', '-1'),
    fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x22))),
  ), { maxLength: 60 })
  fc.assert(fc.property(pieces, fc.constantFrom(...dialects), fc.nat(1_000_000), (parts, dialect, firstLine) => {
    const block = Buffer.concat(parts.map((part) => Buffer.from(part)))
    const records = parse(block, { ...csvOptions(dialect), quote: null })
    const split = splitBlock(block, firstLine, dialect)
    expect(split.rows.map(({ cells }) => cells)).toEqual(records)
    expect(split.rows.map(({ line }) => line)).toEqual(records.map((_, index) => firstLine + index))
    expect(split).toMatchObject({ used: block.length, nextLine: firstLine + records.length })
  }), { numRuns: 2000 })
})
