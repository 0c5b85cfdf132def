import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { csvEntitlements } from '../../../src/main/connectors/csv/entitlements.ts'
import { hr } from '../../../src/main/connectors/hr/hr.ts'
import { fileDigest, keepRawFile, sweepIncoming } from '../../../src/main/connectors/raw-file/keep-raw-file.ts'
import { fixture, grantsMapping, peopleMapping } from '../fixtures.ts'
import { config, inputFolder, mappingOf, readAll, refused } from '../reading.ts'

const folder = inputFolder()
const raw = join(folder.path, 'raw')
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

it('the kept copy gives back the original byte by byte, under its own hash', async () => {
  const path = fixture('grants.csv')
  const original = readFileSync(path)
  const kept = await keepRawFile({ path, folder: raw, mapping: grantsMapping })
  expect(kept).toMatchObject({ name: 'grants.csv', bytes: original.length, sha256: sha256(original), storedAs: `${sha256(original)}.gz` })
  expect(gunzipSync(readFileSync(join(raw, kept.storedAs)))).toEqual(original)
  expect(statSync(join(raw, kept.storedAs)).size).toBe(kept.storedBytes)
  const fromCopy = await readAll(csvEntitlements, join(raw, kept.storedAs), grantsMapping)
  expect(fromCopy).toEqual(await readAll(csvEntitlements, path, grantsMapping))
  expect(await keepRawFile({ path, folder: raw, mapping: grantsMapping })).toEqual(kept)
})

it('a large file in another encoding comes back as it was', async () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => `müller${index};right ${index % 50}`)
  const path = folder.write(Buffer.from(`account;entitlement\r\n${rows.join('\r\n')}`, 'latin1'))
  const kept = await keepRawFile({ path, folder: raw, mapping: mappingOf({ account: 'account', entitlement: 'entitlement' }) })
  expect(gunzipSync(readFileSync(join(raw, kept.storedAs)))).toEqual(readFileSync(path))
  expect(kept).toMatchObject(await fileDigest(path))
  expect(kept.storedBytes).toBeLessThan(kept.bytes / 2)
})

it('a file that is compressed already is kept as it is', async () => {
  const path = folder.write(gzipSync(readFileSync(fixture('grants.csv'))), 'grants.csv.gz')
  const kept = await keepRawFile({ path, folder: raw, mapping: grantsMapping })
  expect(readFileSync(join(raw, kept.storedAs))).toEqual(readFileSync(path))
})

it('protected values are not kept, every row stays on its line, and the hash is still the original’s', async () => {
  const path = fixture('people.csv')
  const kept = await keepRawFile({ path, folder: raw, mapping: peopleMapping })
  const copy = gunzipSync(readFileSync(join(raw, kept.storedAs))).toString('utf8')
  expect(kept).toMatchObject({ sha256: sha256(readFileSync(path)), blankedColumns: ['Gender', 'Date of Birth'] })
  expect(kept.kept).toEqual({ sha256: sha256(Buffer.from(copy)), bytes: Buffer.byteLength(copy) })
  for (const value of ['1970-02-03', '1985-05-05', '1995-12-12', ',F,', ',M,', ',X,']) expect(copy).not.toContain(value)
  const lines = (text: string): readonly string[] => text.split('\n').map((line) => /^100[1-6]/.exec(line)?.[0] ?? '')
  expect(lines(copy)).toEqual(lines(readFileSync(path, 'utf8')))
  const fromCopy = await readAll(hr, join(raw, kept.storedAs), peopleMapping)
  const fromOriginal = await readAll(hr, path, peopleMapping)
  expect(fromCopy.people).toEqual(fromOriginal.people)
  expect(refused(fromCopy).map(({ row }) => row)).toEqual(refused(fromOriginal).map(({ row }) => row))
})

it('protected values that slipped into the next column are not kept either', async () => {
  const rows = Array.from({ length: 20 }, (_, n) => `${n},Name ${n},${'FM'[n % 2] ?? ''},19${70 + n}-02-03,Unit ${n}`)
  const slipped = ['50,Name,,F,1990-06-17', '51,F,1991-06-17,Unit,', '52,Name,F,1992-06-17', '53,"Name,F,1993-06-17,Unit']
  const path = folder.write(['id,name,gender,birth date,unit', ...rows, ...slipped].join('\n'))
  const kept = await keepRawFile({ path, folder: raw, mapping: mappingOf({ employeeId: 'id', fullName: 'name', department: 'unit' }) })
  const copy = gunzipSync(readFileSync(join(raw, kept.storedAs))).toString('utf8')
  expect(copy).not.toMatch(/19\d\d-|\b[FM]\b/)
  expect(copy.split('\n').slice(1, 3)).toEqual(['0,Name 0,,,Unit 0', '1,Name 1,,,Unit 1'])
})

it('a damaged row is refused for what was wrong with it in the file, not for being cut in the kept copy', async () => {
  const rows = Array.from({ length: 20 }, (_, n) => `${n},Name ${n},Unit ${n},${'FM'[n % 2] ?? ''},note`)
  const damaged = ['50,Too,many,F,cells,in,this,row', '51,few', '52,"Open,Unit,F,note', '53,']
  const path = folder.write(['id,name,unit,gender,remark', ...rows, ...damaged, ''].join('\n'))
  const mapping = mappingOf({ employeeId: 'id', fullName: 'name', department: 'unit' })
  const kept = await keepRawFile({ path, folder: raw, mapping })
  const why = async (file: string) => refused(await readAll(hr, file, mapping)).map(({ row, code, reason }) => [row, code, reason])
  const fromCopy = await why(join(raw, kept.storedAs))
  expect(fromCopy).toEqual(await why(path))
  expect(fromCopy.map(([row, code]) => [row, code])).toEqual([[22, 'too-many-columns'], [23, 'too-few-columns'], [24, 'bad-quote'], [25, 'too-few-columns']])
  expect(fromCopy[0]?.[2]).toBe('The row has 8 columns instead of 5.')
  expect(gunzipSync(readFileSync(join(raw, kept.storedAs))).toString('utf8')).not.toMatch(/,F,/)
})

it('what a killed run left behind is swept, what is kept stays', async () => {
  const place = join(folder.path, 'swept')
  mkdirSync(place)
  writeFileSync(join(place, '.incoming-half'), 'half')
  const kept = await keepRawFile({ path: fixture('grants.csv'), folder: place, mapping: grantsMapping })
  await sweepIncoming(place)
  expect(readdirSync(place)).toEqual([kept.storedAs])
  await sweepIncoming(join(place, 'nowhere'))
})

it('a missing file or a cancelled copy leaves nothing behind', async () => {
  const place = join(folder.path, 'clean')
  mkdirSync(place)
  const keep = (path: string, signal: AbortSignal) => keepRawFile({ path, folder: place, mapping: grantsMapping, signal })
  const { signal } = new AbortController()
  await expect(keep(join(folder.path, 'nowhere.csv'), signal)).rejects.toMatchObject({ code: 'not-found' })
  await expect(keep(fixture('grants.csv'), AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled')
  expect(readdirSync(place)).toEqual([])
})

it('a file that changes between two passes is noticed', async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `user${index},right ${index}`)
  const path = folder.write(`account,entitlement\n${rows.join('\n')}\n`)
  const mapping = mappingOf({ account: 'account', entitlement: 'entitlement' })
  const reading = csvEntitlements.read({ config, mapping, path, signal: new AbortController().signal })
  await reading.next()
  appendFileSync(path, 'late,row\n')
  await expect((async () => {
    while ((await reading.next()).done !== true);
  })()).rejects.toMatchObject({ code: 'not-readable', message: expect.stringContaining('changed while it was being read') })
})
