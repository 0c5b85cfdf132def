import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { zipBundle } from '../../../src/main/reports/bundle/zip-bundle.ts'
import { centralHeader, endRecord, localHeader } from '../../../src/main/reports/bundle/zip-format.ts'
import { verifyBundle } from '../../../src/main/reports/bundle/verify-bundle.ts'
import { VERIFIER, enrolReviewers, writeSampleBundle } from '../../support/sample-bundle.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { failed } from '../../support/verify-both.ts'

let scratch: string
let folder: string
let zip: string
let rootPem: string

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-zip-'))
  const ours = await createTestOrganisation(join(scratch, 'ours'))
  rootPem = ours.root.pem
  writeFileSync(join(scratch, 'root.pem'), rootPem)
  folder = (await writeSampleBundle(scratch, ours, await enrolReviewers(ours))).path
  zip = await zipBundle(folder)
  return () => {
    rmSync(scratch, { recursive: true, force: true })
  }
})

const ours = (path: string) => verifyBundle(path, { rootPem, now: new Date() })
const alone = (path: string) => spawnSync(process.execPath, [VERIFIER, path, join(scratch, 'root.pem')], { encoding: 'utf8' })

test('the zip of a bundle passes both verifiers, leaves nothing behind, and is the same file when written again', async () => {
  const verdict = await ours(zip)
  expect(verdict.ok && failed(verdict.checks)).toEqual([])
  expect(alone(zip).status).toBe(0)
  const first = readFileSync(zip)
  rmSync(zip)
  await zipBundle(folder)
  expect(readFileSync(zip).equals(first)).toBe(true)
  expect(readdirSync(join(scratch, 'out')).filter((name) => name.endsWith('.draft'))).toEqual([])
})

test('other people\'s tools open it and find every file', () => {
  const listed = execFileSync('python3', ['-c', `import zipfile, sys
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print("\\n".join(z.namelist()))`, zip], { encoding: 'utf8' })
  for (const name of ['report.pdf', 'evidence.json', 'manifest.p7s', 'oscal-assessment-results.json']) {
    expect(listed).toContain(`q4-access-review-v1.muster/${name}`)
  }
})

test('a byte flipped inside is found by both, wherever it is', async () => {
  const bytes = readFileSync(zip)
  for (const at of [40, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length - 300, bytes.length - 10]) {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ 0x10
    const path = join(scratch, `flipped-${at}.zip`)
    writeFileSync(path, copy)
    const verdict = await ours(path)
    const isRefused = !verdict.ok || !verdict.hasPassed
    // Dates and other fields nobody reads may be flipped without touching what was sealed; then both have to say so alike.
    expect(alone(path).status === 0, `at ${at}`).toBe(!isRefused)
    if (at === Math.floor(bytes.length / 2)) expect(isRefused).toBe(true)
  }
})

test.each([['../outside.txt'], ['top/../../outside.txt'], ['/absolute.txt'], ['top/.hidden'], ['top/a\\b.txt'], ['no-folder.txt']])(
  'a zip that wants to write to %s is refused, and nothing is written', async (name) => {
    const header = localHeader(name)
    const central = centralHeader({ name, method: 0, crc: 0, packed: 0, bytes: 0, offset: 0 })
    const path = join(scratch, 'hostile.zip')
    writeFileSync(path, Buffer.concat([header, central, endRecord(1, central.length, header.length)]))
    const before = readdirSync(scratch)
    expect((await ours(path)).ok).toBe(false)
    expect(alone(path).status).toBe(2)
    expect(readdirSync(scratch)).toEqual(before)
  },
)

test('a file that is no zip is refused in a sentence', async () => {
  const verdict = await ours(join(scratch, 'root.pem'))
  expect(verdict).toMatchObject({ ok: false, reason: 'not-a-bundle' })
  expect(alone(join(scratch, 'root.pem')).stderr).toContain('is not a zipped bundle')
})

test('the OSCAL file has the shape of assessment results: ids of its form, references that lead somewhere, the verdict of the checks', () => {
  const read = JSON.parse(readFileSync(join(folder, 'oscal-assessment-results.json'), 'utf8')) as {
    'assessment-results': { uuid: string; 'import-ap': { href: string }; metadata: Record<string, unknown>; results: Record<string, unknown>[]; 'back-matter': { resources: { uuid: string }[] } }
  }
  const results = read['assessment-results']
  const uuid = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$/
  for (const [, id] of JSON.stringify(results).matchAll(/"(?:uuid|observation-uuid)":"([^"]+)"/g)) expect(id).toMatch(uuid)
  for (const key of ['title', 'last-modified', 'version', 'oscal-version']) expect(results.metadata[key]).toBeTypeOf('string')
  expect(results['back-matter'].resources.map((one) => `#${one.uuid}`)).toContain(results['import-ap'].href)
  expect(results.results[0]).toMatchObject({
    'reviewed-controls': { 'control-selections': [{ 'include-controls': [{ 'control-id': 'AC-1' }] }] },
    findings: [{ target: { status: { state: 'satisfied' } } }],
  })
})
