import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { bundleName, bundlePath, manifest } from '../../../src/main/reports/bundle/bundle-format.ts'
import { readEvidence } from '../../../src/main/reports/bundle/evidence-file.ts'
import { textLines, UNREADABLE_LINE } from '../../../src/main/reports/bundle/text-lines.ts'
import { evidenceReport } from '../../../src/shared/model/evidence-report.ts'
import { enrolReviewers, streamOf, writeSampleBundle } from '../../support/sample-bundle.ts'
import type { Doctored, Enrolled } from '../../support/sample-bundle.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import type { TestOrganisation } from '../../support/test-keys.ts'

let organisation: TestOrganisation
let reviewers: Enrolled[]

// Keys are slow to make on purpose; one organisation serves all tests here.
beforeAll(async () => {
  const keys = await mkdtemp(join(tmpdir(), 'muster-test-'))
  organisation = await createTestOrganisation(keys)
  reviewers = await enrolReviewers(organisation)
  return () => rm(keys, { recursive: true, force: true })
})

async function setUp() {
  const folder = await temporaryFolder()
  const write = (doctored?: Doctored) => writeSampleBundle(folder, organisation, reviewers, doctored === undefined ? {} : { doctored })
  return { out: join(folder, 'out'), write }
}

test('a bundle holds what the format says, and its list says what it holds', async () => {
  const { write } = await setUp()
  const { path } = await write()
  const list = manifest.parse(JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')))
  const found = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length
  expect(found).toBe(list.files.length + 2)
  expect(list.files.map((file) => file.path)).toEqual(expect.arrayContaining([
    'VERIFY.txt', 'certs/people/anna@example.com.pem', 'certs/root.pem', 'checkpoint', 'checkpoint.p7s', 'events.jsonl', 'evidence.json',
    'items.csv', 'report.pdf', 'verify.mjs',
  ]))
  expect(list.counts).toMatchObject({ items: 12, signOffs: 2, rawFiles: 1 })
  expect(evidenceReport.parse(JSON.parse(await readFile(join(path, 'evidence.json'), 'utf8'))).items).toHaveLength(12)
})

test('events of other campaigns can be counted but not read', async () => {
  const { write } = await setUp()
  const text = await readFile(join((await write()).path, 'events.jsonl'), 'utf8')
  expect(text).not.toContain('Another campaign')
  expect(text).not.toContain('Next campaign')
  expect(text.match(/"stub":1/g)).toHaveLength(2)
})

test('a sealed bundle is never overwritten', async () => {
  const { write, out } = await setUp()
  const before = await readFile(join((await write()).path, 'manifest.json'))
  await expect(write()).rejects.toThrow(/exists already/)
  expect(await readFile(join(out, 'q4-access-review-v1.muster', 'manifest.json'))).toEqual(before)
})

test.each<[string, Doctored]>([
  ['a report that cannot be laid out', { input: (input) => ({ ...input, writeReport: () => Promise.reject(new Error('no font')) }) }],
  ['a report without a place for the signature', { input: (input) => ({ ...input, writeReport: ({ report }) => writeFile(report.path,
    '%PDF-1.7') }) }],
  ['a checkpoint over other events', {
    input: (input) => ({ ...input, checkpoint: { ...input.checkpoint, note: input.checkpoint.note.replace(/\n\d+\n/, '\n3\n') } }),
  }],
  ['a raw extract that is gone', {
    input: (input) => ({ ...input, rawFiles: input.rawFiles.map((raw) => ({ ...raw, path: '/nowhere/at/all' })) }),
  }],
  ['a cancelled seal', { input: (input) => ({ ...input, signal: AbortSignal.abort(new Error('cancelled')) }) }],
  ['items that stop half-way', {
    input: (input) => ({
      ...input,
      items: (async function* failing() {
        for await (const item of input.items) {
          yield item
          throw new Error('database gone')
        }
      })(),
    }),
  }],
])('%s leaves nothing behind', async (_name, doctored) => {
  const { write, out } = await setUp()
  await expect(write(doctored)).rejects.toThrow()
  expect(await readdir(out)).toEqual([])
})

test('what an interrupted seal left is cleared away by the next one, and only that', async () => {
  const { write, out } = await setUp()
  await mkdir(join(out, '.q4-access-review-v1.muster.0123456789ab.draft', 'raw'), { recursive: true })
  await mkdir(join(out, '.another-v1.muster.0123456789ab.draft'))
  await write()
  expect((await readdir(out)).sort()).toEqual(['.another-v1.muster.0123456789ab.draft', 'q4-access-review-v1.muster'])
})

test('a campaign of no items makes a readable report', async () => {
  const { write } = await setUp()
  const { path } = await write({ input: (input) => ({ ...input, items: streamOf([]) }) })
  const evidence = await readEvidence(join(path, 'evidence.json'))
  const rows: unknown[] = []
  for await (const read of evidence?.rows ?? []) rows.push(...read)
  expect(rows).toEqual([])
  expect(JSON.parse(await readFile(join(path, 'evidence.json'), 'utf8'))).toMatchObject({ items: [] })
})

test('a campaign\'s name becomes a plain folder name', () => {
  expect(bundleName('Q4 / Zugänge: Übersicht!', 2)).toBe('q4-zuga-nge-u-bersicht-v2.muster')
  expect(bundleName('王', 1)).toBe('campaign-v1.muster')
  expect(bundleName('../../etc', 1)).toBe('etc-v1.muster')
})

test.each(['../x', '/x', 'a//b', 'a/../b', 'a\\b', '.hidden', 'a/.hidden', 'a/b/', 'C:x', ''])('%j is no path inside a bundle', (path) => {
  expect(bundlePath.safeParse(path).success).toBe(false)
})

test('lines are split at line feeds only, and bytes that are not UTF-8 are not guessed at', async () => {
  const path = join(await temporaryFolder(), 'lines')
  await writeFile(path, Buffer.concat([Buffer.from('a\u2028b\rc\n\nlast'), Buffer.from([0x0a, 0xff, 0x0a]), Buffer.from('\ufeffend')]))
  const lines: string[] = []
  for await (const line of textLines(path)) lines.push(line)
  expect(lines).toEqual(['a\u2028b\rc', '', 'last', UNREADABLE_LINE, '\ufeffend'])
})
