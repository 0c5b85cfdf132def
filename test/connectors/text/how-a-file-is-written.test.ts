import { describe, expect, it } from 'vitest'
import { csvEntitlements } from '../../../src/main/connectors/csv/entitlements.ts'
import { inputFolder, mappingOf, readAll } from '../reading.ts'

const folder = inputFolder()
const mapping = mappingOf({ account: 'account', entitlement: 'entitlement' })
const TEXT = 'account,entitlement\nmüller,Café €\n'
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

describe('a file is decoded as it was written', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with byte order mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-16 little endian', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 big endian', utf16be(`\uFEFF${TEXT}`), 'utf-16be'],
    ['Windows-1252', Buffer.from(TEXT.replace('€', '\x80'), 'latin1'), 'windows-1252'],
  ])('%s', async (_, bytes, encoding) => {
    const path = folder.write(bytes)
    const reading = await readAll(csvEntitlements, path, mapping)
    expect(reading.grants).toMatchObject([{ account: 'müller', entitlement: 'Café €', row: 2 }])
    expect(reading.end.isCutOff).toBe(false)
    const preview = await csvEntitlements.preview(path, null, 10)
    expect(preview).toMatchObject({ encoding, header: ['account', 'entitlement'] })
    expect(preview.notes.length).toBe(encoding === 'utf-8' ? 0 : 1)
    expect(reading.end.notes).toEqual(preview.notes)
  })

  it('finds one bad byte anywhere in a large file', async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `user${index},right ü`).join('\n')
    const path = folder.write(Buffer.concat([Buffer.from(`account,entitlement\n${rows}\n`), Buffer.from('m\xfcller,x\n', 'latin1')]))
    const reading = await readAll(csvEntitlements, path, mapping)
    expect(reading.grants.at(-1)).toMatchObject({ account: 'müller' })
    expect(reading.end.notes[0]).toContain('Windows-1252')
  })

  it('keeps characters whole across the blocks it reads', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `ü€😀${index},äöü€😀`)
    const reading = await readAll(csvEntitlements, folder.write(`account,entitlement\n${rows.join('\n')}`), mapping)
    expect(reading.grants.map((grant) => `${grant.account},${grant.entitlement}`)).toEqual(rows)
  })
})

describe('columns are told apart without being asked', () => {
  it.each([
    ['commas', 'account,entitlement\na,x;y\nb,z\n', ','],
    ['semicolons with decimal commas', 'account;entitlement;n\na;x;1,5\nb;z;2,5\n', ';'],
    ['tabs', 'account\tentitlement\na\tx, y\nb\tz\n', '\t'],
    ['bars', 'account|entitlement\na|x\nb|z\n', '|'],
    ['Excel’s own line', 'sep=;\naccount;entitlement\na;x\nb;z\n', ';'],
    ['quoted delimiters', 'account,entitlement\n"a;1;2;3","x;1;2;3"\n"b;1;2;3","z;1;2;3"\n', ','],
    ['carriage returns', 'account,entitlement\ra,x\rb,z\r', ','],
    ['Windows line ends', 'account,entitlement\r\na,x\r\nb,z\r\n', ','],
    ['blanks around', ' account , entitlement \n a , x \n"b" , "z" \n', ','],
  ])('%s', async (_, text, delimiter) => {
    const path = folder.write(text)
    const reading = await readAll(csvEntitlements, path, mapping)
    expect(reading.grants.map((grant) => grant.account[0])).toEqual(['a', 'b'])
    expect(reading.rejects).toEqual([])
    expect((await csvEntitlements.preview(path, null, 5)).delimiter).toBe(delimiter)
  })

  it('reads columns set apart by runs of blanks, without header', async () => {
    const path = folder.write('        1          1\n       12          7\n\n      300         45\n')
    const preview = await csvEntitlements.preview(path, null, 10)
    expect(preview).toMatchObject({ delimiter: 'whitespace', header: ['#1', '#2'], guess: { hasHeader: false } })
    const reading = await readAll(csvEntitlements, path, preview.guess)
    expect(reading.grants.map(({ row, account, entitlement }) => [row, account, entitlement]))
      .toEqual([[1, '1', '1'], [2, '12', '7'], [4, '300', '45']])
  })
})

describe('a file that was cut off says so', () => {
  const whole = 'account,entitlement,email\na,x,a@example.org\nb,y,b@example.org\n'
  it.each([
    ['a whole file', whole, null],
    ['a whole file without final line end', whole.trimEnd(), null],
    ['a short last line with line end', `${whole}c,z\n`, null],
    ['a short last line without line end', `${whole}c,z`, 'The last line (4) has 2 of 3 columns'],
    ['an open quotation mark in the last line', `${whole}c,"z`, 'A quotation mark opened in line 4 is never closed'],
    ['NUL bytes at the end', `${whole}c,z,\0\0\0\0`, 'ends in 4 NUL bytes'],
    ['half a character at the end', Buffer.concat([Buffer.from(`${whole}c,z,`), Buffer.from('€').subarray(0, 2)]), 'middle of a character'],
    ['half a UTF-16 character', Buffer.from(`\uFEFF${whole}`, 'utf16le').subarray(0, -1), 'middle of a character'],
  ])('%s', async (_, content, reason) => {
    const { end } = await readAll(csvEntitlements, folder.write(content), mapping)
    expect(end.isCutOff).toBe(reason !== null)
    if (reason === null) expect(end.cutOffReason).toBeNull()
    else expect(end.cutOffReason).toContain(reason)
  })
})

describe('a stray quotation mark costs its own row and no other', () => {
  const codes = (reading: Awaited<ReturnType<typeof readAll>>) => reading.rejects.map((reject) => [reject.row, reject.code])
  const accounts = (reading: Awaited<ReturnType<typeof readAll>>) => reading.grants.map((grant) => grant.account)

  it('early in a large file', async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => `user${index},right ${index}`)
    rows[3] = '"user3,right 3'
    const reading = await readAll(csvEntitlements, folder.write(`account,entitlement\n${rows.join('\n')}\n`), mapping)
    expect(codes(reading)).toEqual([[5, 'bad-quote']])
    expect(reading.rejects[0]?.reason).toContain('line 5')
    expect(accounts(reading)).toHaveLength(49_999)
    expect(reading.end.isCutOff).toBe(false)
  })

  it('where a later quotation mark would close it', async () => {
    const text = 'account,entitlement\na,"x\nb,y\nc,y\nd,"z, with comma"\ne,y\n'
    const reading = await readAll(csvEntitlements, folder.write(text), mapping)
    expect(codes(reading)).toEqual([[2, 'bad-quote']])
    expect(accounts(reading)).toEqual(['b', 'c', 'd', 'e'])
  })

  it('where it is impossible to say whether it is one row or two, none is invented', async () => {
    const reading = await readAll(csvEntitlements, folder.write('account,entitlement\na,"x\nb,y"\nc,z\n'), mapping)
    expect(codes(reading)).toEqual([[2, 'bad-quote']])
    expect(reading.rejects[0]?.reason).toContain('only in line 3')
    expect(accounts(reading)).toEqual(['c'])
  })

  it('inside a cell it is only a sign', async () => {
    const reading = await readAll(csvEntitlements, folder.write('account,entitlement\na,5" disk\nb,the "big" one\n'), mapping)
    expect(reading.grants.map((grant) => grant.entitlement)).toEqual(['5" disk', 'the "big" one'])
  })

  it('and a cell that really has several lines stays whole', async () => {
    const text = 'account,entitlement,entitlementDescription\na,x,"first line\nsecond, line\n\nfourth ""line"""\nb,y,\n'
    const reading = await readAll(csvEntitlements, folder.write(text), mappingOf({
      account: 'account', entitlement: 'entitlement', entitlementDescription: 'entitlementDescription',
    }))
    expect(reading.rejects).toEqual([])
    expect(reading.grants).toMatchObject([{ row: 2, description: 'first line\nsecond, line\n\nfourth "line"' }, { row: 6, account: 'b' }])
  })

  it('quoting every line open ends in rejects, not in a hang', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `"user${index},right`)
    const reading = await readAll(csvEntitlements, folder.write(`account,entitlement\n${rows.join('\n')}\n`), mapping)
    expect(reading.rowsRead).toBe(reading.rejects.length + reading.rowsTaken)
    expect(reading.rejects.length).toBeGreaterThan(10_000)
  })

  it('a line without end is one rejected row', async () => {
    const text = `account,entitlement\na,x\n${'y'.repeat(3_000_000)}\nb,z\n`
    const reading = await readAll(csvEntitlements, folder.write(text), mapping)
    expect(codes(reading)).toEqual([[3, 'too-long']])
    expect(reading.grants.map(({ row, account }) => [row, account])).toEqual([[2, 'a'], [4, 'b']])
  })
})
