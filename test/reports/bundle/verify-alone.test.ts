// verify.mjs as an auditor starts it: from the bundle's own folder, with node and nothing else.
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { verifyBundle } from '../../../src/main/reports/bundle/verify-bundle.ts'
import { VERIFIER, enrolReviewers, noteOver, writeSampleBundle } from '../../support/sample-bundle.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'

let folder: string
let bundle: string
let rootPem: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  const organisation = await createTestOrganisation(folder)
  const written = await writeSampleBundle(folder, organisation, await enrolReviewers(organisation))
  bundle = written.path
  rootPem = organisation.root.pem
  writeFileSync(join(folder, 'root.pem'), rootPem)
  writeFileSync(join(folder, 'seen'), noteOver(written.log, 5))
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
})

function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, parameters, { cwd: bundle, encoding: 'utf8', env: {} })
}

test('started in the bundle it says in words what passed, and exits 0', () => {
  const { status, stdout } = run('verify.mjs', '.', join(folder, 'root.pem'), '--seen', join(folder, 'seen'))
  expect(stdout).toContain('passed       No event is missing, moved or changed')
  expect(stdout.match(/not checked .*/g)).toEqual([expect.stringContaining('time claimed, not proven')])
  expect(status).toBe(0)
})

test('the copy in the bundle is the one in the resources, and it runs through a link too', () => {
  expect(readFileSync(join(bundle, 'verify.mjs'))).toEqual(readFileSync(VERIFIER))
  symlinkSync(VERIFIER, join(folder, 'link.mjs'))
  const { status, stdout } = run(join(folder, 'link.mjs'), '.', join(folder, 'root.pem'), '--json')
  expect(JSON.parse(stdout)).toMatchObject({ passed: true })
  expect(status).toBe(0)
})

test('a failed check is named, and the exit code is 1', () => {
  const copy = join(folder, 'copy.muster')
  cpSync(bundle, copy, { recursive: true })
  appendFileSync(join(copy, 'items.csv'), 'one more row\r\n')
  const { status, stdout } = run('verify.mjs', copy, join(folder, 'root.pem'))
  expect(stdout).toMatch(/FAILED {7}Every listed file is there and unchanged: items\.csv was changed/)
  expect(status).toBe(1)
})

test.each([
  [[]], [['.']], [['.', 'no-such-root.pem']], [['no-such-folder', '../../root.pem']], [['.', 'VERIFY.txt']], [['.', '../../root.pem',
    '--seen']],
  [['.', '../../root.pem', '--seen', 'no-such-file']], [['.', '../../root.pem', '--sean', 'x']], [['.', '../../root.pem', 'more']],
])('wrong use %j is told with the usage, and the exit code is 2', (parameters) => {
  const { status, stderr, stdout } = run('verify.mjs', ...parameters)
  expect(stderr).toContain('Usage: node verify.mjs BUNDLE ROOT.PEM')
  expect(stdout).toBe('')
  expect(status).toBe(2)
})

test('without a root nobody is trusted, and Muster says so instead of passing over it', async () => {
  const verdict = await verifyBundle(bundle, { now: new Date() })
  expect(verdict).toMatchObject({ ok: true, hasPassed: true })
  expect(verdict.ok && verdict.checks.find(({ code }) => code === 'root')).toMatchObject({ outcome: 'not-checked' })
})

test('what is no bundle, and what is no certificate, is said as data', async () => {
  expect(await verifyBundle(join(folder, 'nowhere'), { now: new Date() })).toMatchObject({ ok: false, reason: 'not-a-bundle' })
  expect(await verifyBundle(bundle, { rootPem: 'no pem', now: new Date() })).toMatchObject({ ok: false, reason: 'not-a-certificate' })
})

test('it uses nothing but what Node brings', () => {
  const source = readFileSync(VERIFIER, 'utf8')
  const imported = [...source.matchAll(/from '([^']+)'|import\('([^']+)'\)|require\('([^']+)'\)/g)].map((match) => match[1])
  expect(imported.length).toBeGreaterThan(3)
  expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([])
})

test('it asks for nothing that Node.js 20 does not have', () => {
  const newer = /\b(?:groupBy|fromAsync|withResolvers|getBuiltinModule|Promise\.try|RegExp\.escape|Iterator\.from)\b|\.(?:intersection|union|difference|isSubsetOf|toBase64|toHex)\(|import\.meta\.(?:filename|dirname)/g
  expect(readFileSync(VERIFIER, 'utf8').match(newer)).toBeNull()
})
