// From naming an authority to a stamped bundle, and the way by file, with openssl as the authority and as the one who checks.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { ReportHead } from '../../src/shared/model/evidence-report.ts'
import { createTimeAuthority, serveTimeAuthority, type TimeAuthority } from '../support/time-authority.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, passphrase, specOf, type TestWorkspace } from '../support/workspace-builder.ts'
import { runWitness, witnessTest } from '../support/witness-tools.ts'

let place: string
let template: string
let campaign: number
let authority: TimeAuthority
let rootPem: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-time-'))
  template = join(place, 'workspace')
  const workspace = await buildWorkspace(template, { enrolled: [mia, ada] })
  campaign = await launch(workspace.officer, specOf('Quarter', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
  await workspace.officer.campaigns.close({ campaign })
  await workspace.close()
  authority = createTimeAuthority(join(place, 'authority'))
  rootPem = await readFile(join(template, 'keys', 'root.pem'), 'utf8')
}, 60_000)
afterAll(() => rm(place, { recursive: true, force: true }))

async function closed(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

const words = async (work: Promise<unknown>): Promise<string> => work.then(() => 'allowed', (error: unknown) => (error as Error).message)
const timeOf = (checks: readonly { readonly code: string; readonly outcome: string; readonly detail: string }[]) => checks.find(({ code }) => code === 'time')

witnessTest('a seal asks the authority the officer named: first page, signature and list carry its word, both verifiers and openssl agree', ['openssl', 'pdftotext'], async () => {
  const { officer } = await closed()
  const served = await serveTimeAuthority((query) => ({ body: authority.answer(query) }))
  onTestFinished(served.close)
  await officer.evidence.setTimeAuthority({ url: served.url, rootsPem: authority.rootPem })
  const { path } = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(served.asked).toHaveLength(3)

  const head = JSON.parse(await readFile(join(path, 'evidence.json'), 'utf8')) as ReportHead
  expect(head).toMatchObject({ isTimeProven: true, timeStamp: { authority: 'Example Time unit 1' } })
  const firstPage = runWitness('pdftotext', ['-f', '1', '-l', '1', join(path, 'report.pdf'), '-']).output.replace(/\s+/g, ' ')
  for (const said of ['Time stamped', 'Example Time unit 1 saw this checkpoint on']) expect(firstPage).toContain(said)
  expect(firstPage).not.toContain('not proven')
  const told = await verifyBoth(path, { rootPem, timeRootsPem: authority.rootPem })
  expect(failed(told)).toEqual([])
  expect(timeOf(told)?.detail).toMatch(/checkpoint\.tsr: Example Time unit 1, .*; the stamp in the PDF: .*; manifest\.tsr: /)
  expect(timeOf(await verifyBoth(path, { rootPem }))).toMatchObject({ outcome: 'not-checked', detail: expect.stringContaining('whether to believe') as string })
  expect(timeOf((await officer.evidence.verify({ bundle: path })).checks)).toMatchObject({ outcome: 'passed' })
  for (const [data, stamp] of [['checkpoint', 'checkpoint.tsr'], ['manifest.p7s', 'manifest.tsr']] as const) {
    expect(runWitness('openssl', ['ts', '-verify', '-data', join(path, data), '-in', join(path, stamp), '-CAfile', authority.rootFile]), data).toMatchObject({ status: 0 })
  }
  const events = await readFile(join(path, 'events.jsonl'), 'utf8')
  expect(events).toContain('"kind":"time-authority-set"')
  expect(events).toContain('"kind":"time-authority-asked"')

  const other = createTimeAuthority(join(place, 'other'), { name: 'Other Time' })
  expect(timeOf(await verifyBoth(path, { rootPem, timeRootsPem: other.rootPem }))).toMatchObject({ outcome: 'failed' })
  await writeFile(join(path, 'manifest.tsr'), await readFile(join(path, 'checkpoint.tsr')))
  expect(failed(await verifyBoth(path, { rootPem, timeRootsPem: authority.rootPem }))).toEqual(['time'])
})

witnessTest('without an authority the time is claimed, not proven; a stamp brought by file is laid beside the seal and breaks nothing', ['openssl'], async () => {
  const { officer, as, folder } = await closed()
  const { path, zip } = await finish(await officer.evidence.seal({ campaign, passphrase, zip: true }))
  expect(timeOf(await verifyBoth(path, { rootPem }))).toMatchObject({ outcome: 'not-checked', detail: 'time claimed, not proven: no time authority stamped this bundle' })
  const [query, answer] = [join(place, 'request.tsq'), join(place, 'answer.tsr')]
  expect(await words((await as(mia)).evidence.requestStamp({ bundle: path, file: query }))).toContain('officer')
  await officer.evidence.requestStamp({ bundle: path, file: query })
  expect(await words(officer.evidence.requestStamp({ bundle: path, file: query }))).toContain('exists already')
  expect(await words(officer.evidence.requestStamp({ bundle: folder, file: `${query}2` }))).toContain('no sealed bundle')

  await writeFile(answer, 'no stamp')
  expect(await words(officer.evidence.takeStamp({ bundle: path, file: answer }))).toContain('cannot be read')
  const request = await readFile(query)
  await writeFile(answer, authority.answer(request))
  const before = await readdir(path)
  expect(await officer.evidence.takeStamp({ bundle: path, file: answer })).toMatchObject({ authority: 'Example Time unit 1', isTrusted: false, zip })
  expect((await readdir(path)).filter((name) => !before.includes(name))).toEqual(['manifest.tsr'])
  expect(await words(officer.evidence.takeStamp({ bundle: path, file: answer }))).toContain('has a time stamp already')
  const told = await verifyBoth(path, { rootPem, timeRootsPem: authority.rootPem })
  expect(failed(told)).toEqual([])
  expect(timeOf(told)).toMatchObject({ outcome: 'passed', detail: expect.stringMatching(/^manifest\.tsr: Example Time unit 1/) as string })
  expect(timeOf((await officer.evidence.verify({ bundle: zip ?? '', tsa: authority.rootFile })).checks)).toMatchObject({ outcome: 'passed' })
  expect(runWitness('openssl', ['ts', '-verify', '-data', join(path, 'manifest.p7s'), '-in', join(path, 'manifest.tsr'), '-CAfile', authority.rootFile])).toMatchObject({ status: 0 })
})

witnessTest('nothing leaves the machine without leave by name, and an authority that does not answer well leaves nothing half sealed', ['openssl'], async () => {
  const { officer, as } = await closed()
  const set = (url: string, rootsPem = authority.rootPem) => words(officer.evidence.setTimeAuthority({ url, rootsPem }))
  expect(await set('https://time.example.com/tsr')).toContain('beyond this machine')
  expect(await set('time.example.com')).toContain('not the address')
  expect(await set('http://127.0.0.1:1/', '')).toContain('certificate is missing')
  expect(await words((await as(mia)).evidence.setTimeAuthority({ url: 'http://127.0.0.1:1/', rootsPem: authority.rootPem }))).toContain('officer')
  expect((await officer.evidence.timeAuthority()).url).toBeNull()
  expect(await officer.evidence.setTimeAuthority({ url: 'https://time.example.com/tsr', rootsPem: authority.rootPem, mayLeave: true })).toMatchObject({ host: 'time.example.com', isBeyondThisMachine: true })

  const other = createTimeAuthority(join(place, 'not-believed'), { name: 'Other Time' })
  const served = await serveTimeAuthority((query) => ({ body: other.answer(query) }))
  onTestFinished(served.close)
  await officer.evidence.setTimeAuthority({ url: served.url, rootsPem: authority.rootPem })
  const out = join(place, 'out')
  expect(await words(officer.evidence.seal({ campaign, out, passphrase }).then(finish))).toContain('does not come from an authority whose certificate was given')
  expect(existsSync(out) ? await readdir(out) : []).toEqual([])
  expect((await finish(await officer.evidence.seal({ campaign, out, passphrase, timeStamp: false }))).version).toBe(1)
  expect(await officer.evidence.removeTimeAuthority()).toMatchObject({ url: null })
  expect(served.asked).toHaveLength(1)
})
