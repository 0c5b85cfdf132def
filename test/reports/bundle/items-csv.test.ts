import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CSV_HEADER, csvCell, csvRow } from '../../../src/main/reports/bundle/items-csv.ts'
import { hostileTexts } from '../../fixtures/hostile-texts.ts'
import { itemsOf, recordCampaign, replayOf, startLog } from '../../support/sample-campaign.ts'

test.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\tx', '\rx', '\nx', '  =cmd()', '＝1', '＋1', '－1', '＠x'])('%j cannot run as a formula',
  (text) => {
  const [[cell]] = parse(csvCell(text)) as [[string]]
  expect(cell).toBe(`'${text}`)
})

test('numbers stay numbers, also below zero, and nothing stays empty', () => {
  expect([csvCell(-12), csvCell(0), csvCell(true), csvCell(null), csvCell('')]).toEqual(['-12', '0', 'true', '', ''])
})

test('every text comes back from a CSV reader as it was, or with the apostrophe', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 6 }), (texts) => {
    const wellFormed = texts.map((text) => text.toWellFormed())
    const [row] = parse(`${wellFormed.map(csvCell).join(',')}\r\n`, { relax_column_count: true, record_delimiter: '\r\n' }) as string[][]
    expect(row?.map((cell, index) => (cell === wellFormed[index] ? cell : cell.slice(1)))).toEqual(wellFormed)
  }))
})

test('a row has as many cells as the header, whatever the item holds', () => {
  const log = startLog()
  recordCampaign(log, [{ email: 'anna@example.com', fingerprint: '0'.repeat(64), items: [1, 2, 5] }])
  const rows = parse(CSV_HEADER + [...itemsOf(replayOf(log))].map(csvRow).join(''), { bom: true, columns: true }) as Record<string,
    string>[]
  expect(rows).toHaveLength(3)
  expect(rows[2]).toMatchObject({ item: '5', outcome: 'revoke', reason: '\'=no longer, "needed"\u2028here', title: '\'@Clerk',
    score: '-5' })
})

test('no hostile text begins a formula, ends its cell or opens another', () => {
  for (const text of hostileTexts) {
    const cell = csvCell(text)
    const rows = parse(`${cell},next\r\n`, { record_delimiter: '\r\n' }) as string[][]
    expect([text, rows.length, rows[0]?.length, rows[0]?.[1]]).toEqual([text, 1, 2, 'next'])
    expect(rows[0]?.[0]).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u)
  }
})
