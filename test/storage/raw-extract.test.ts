import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { extractName, openExtract, recoverExtract } from '../../src/main/storage/raw-extract.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const page = (body: string) => ({ collection: 'users', request: 'GET /users', at: '2026-01-01T00:00:00.000Z', body })

test('an extract reads back page by page, and is cut back to its last certain commit', async () => {
  const folder = await temporaryFolder()
  const file = extractName(7, '2026-01-01T00:00:00.000Z')
  const extract = openExtract(folder, file)
  await extract.append([page('{"a":"ü"}'), page('two\nlines')])
  const certain = await extract.append([page('{"b":2}')])
  const result = extract.result()
  await extract.close()
  const text = gunzipSync(readFileSync(join(folder, file)))
  expect(text.toString().split('\n').filter((line) => line.startsWith('{"collection"')).map((line) => (JSON.parse(line) as { bytes: number }).bytes)).toEqual([10, 9, 7])
  expect(result).toMatchObject({ bytes: text.length, storedBytes: certain, sha256: createHash('sha256').update(text).digest('hex'), storedAs: file })
  // A process died while it was writing the next commit.
  appendFileSync(join(folder, file), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))
  expect(await recoverExtract(folder, file, certain)).toEqual(result)
  expect(readFileSync(join(folder, file)).length).toBe(certain)
})

test('nothing kept is no extract, and one shorter than it should be is not claimed', async () => {
  const folder = await temporaryFolder()
  const extract = openExtract(folder, 'run-1.pages.gz')
  expect(extract.result()).toBeNull()
  const stored = await extract.append([page('x')])
  await extract.close()
  expect(await recoverExtract(folder, 'run-1.pages.gz', stored + 1)).toBeNull()
  expect(await recoverExtract(folder, 'missing.gz', 5)).toBeNull()
})

test('an extract is never written over another one', async () => {
  const folder = await temporaryFolder()
  const first = openExtract(folder, 'run-1.pages.gz')
  await first.append([page('x')])
  await first.close()
  await expect(openExtract(folder, 'run-1.pages.gz').append([page('y')])).rejects.toThrow('EEXIST')
})
