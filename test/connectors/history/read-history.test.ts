import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { historyReader, outcomeOf } from '../../../src/main/connectors/history/read-history.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function fileOf(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'history.csv')
  await writeFile(path, text)
  return path
}

async function readAll(path: string) {
  const mapping = await historyReader.mappingOf(path, null)
  const reading = historyReader.read({ path, mapping, signal: new AbortController().signal })
  const found = { decisions: 0, rejects: 0, rowsRead: 0 }
  for (;;) {
    const next = await reading.next()
    if (next.done === true) return { ...found, end: next.value }
    found.decisions += next.value.decisions.length
    found.rejects += next.value.rejects.length
    found.rowsRead += next.value.rowsRead
  }
}

describe('a file of past decisions', () => {
  test.each([
    ['approved', true], ['KEEP', true], ['1', true], ['Genehmigt', true], ['revoke', false], ['Denied', false], ['0', false], ['nein', false],
    ['maybe', null], ['pending', null], ['', null],
  ])('“%s” means kept: %s', (word, isKept) => {
    expect(outcomeOf(word)).toBe(isKept)
  })

  test('every row that is not taken is named with its line, column and reason', async () => {
    const path = await fileOf([
      'User,Resource,Decision,Date,Department', 'anna,PAY,approved,2025-01-02,Finance', ',PAY,approved,2025-01-02,Finance', 'anna,,approved,2025-01-02,Finance',
      'anna,PAY,perhaps,2025-01-02,Finance', 'anna,PAY,approved,yesterday,Finance', 'anna,PAY,approved', 'anna,PAY,approved,2025-01-02,Finance,extra',
      'an\u0007na,PAY,denied,2025-01-02,Finance',
    ].join('\n') + '\n')
    const { rows, rejects, rowsRead } = await historyReader.preview(path, null, 50)
    expect(rows).toEqual([
      { row: 2, account: 'anna', entitlement: 'PAY', isKept: true, decidedOn: '2025-01-02', department: 'Finance', title: null, manager: null },
    ])
    expect(rejects.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'User', 'missing-required'], [4, 'Resource', 'missing-required'], [5, 'Decision', 'bad-value'], [6, 'Date', 'bad-date'],
      [7, null, 'too-few-columns'], [8, null, 'too-many-columns'], [9, 'User', 'bad-value'],
    ])
    expect(rowsRead).toBe(rows.length + rejects.length)
  })

  test('a protected column is never read, not even when somebody maps it, and blank in what is kept of a reject', async () => {
    const path = await fileOf('User,Right,Decision,Date,Gender\nanna,PAY,maybe,2025-01-02,female\n')
    const { protectedColumns, rejects } = await historyReader.preview(path, null, 5)
    expect(protectedColumns).toEqual(['Gender'])
    expect(rejects[0]?.raw).not.toContain('female')
    await expect(historyReader.preview(path, { columns: { title: 'Gender' } }, 5)).rejects.toThrow(/protected attribute/)
  })

  test('a day that could be two days is not guessed', async () => {
    const path = await fileOf('User,Right,Decision,Date\nanna,PAY,kept,03/04/2025\n')
    expect((await historyReader.preview(path, null, 5)).rejects[0]?.reason).toContain('day and month cannot be told apart')
    expect((await historyReader.preview(path, { dateOrder: 'day-first' }, 5)).rows[0]?.decidedOn).toBe('2025-04-03')
  })

  test('without the columns it needs, it says which are missing and what the file has', async () => {
    const path = await fileOf('Name,Colour\nanna,red\n')
    const { missing, header } = await historyReader.preview(path, null, 5)
    expect([missing, header]).toEqual([['account', 'entitlement', 'outcome', 'decidedOn'], ['Name', 'Colour']])
  })

  test('totals add up over a large file, and a file cut off says so', async () => {
    const lines = Array.from({ length: 12_000 }, (_, row) => `u${row % 300},R${row % 40},${row % 9 === 0 ? 'denied' : row % 500 === 7 ? '?' : 'approved'},2025-02-0${1 + (row % 9)}`)
    const whole = await readAll(await fileOf(`User,Right,Decision,Date\n${lines.join('\n')}\n`))
    expect(whole.decisions + whole.rejects).toBe(12_000)
    expect([whole.rowsRead, whole.end.cutOffReason]).toEqual([12_000, null])
    const cut = await readAll(await fileOf(`User,Right,Decision,Date\n${lines.join('\n')}\nu1,R`))
    expect(cut.end.cutOffReason).toContain('cut off')
  })
})
