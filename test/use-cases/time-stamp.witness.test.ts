// From naming an authority to a stamped bundle, and the way by file, with openssl as the authority and as the one who checks.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { ReportHead } from '../../src/shared/model/evidence-report.ts'
import { base64 } from '../support/openssl-authority.ts'
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
  await officer.evidence.setTimeAuthority({ url: served.url, content: base64(authority.rootPem) })
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

witnessTest('a bundle sealed without a stamp gets one from the authority that is named later, and keeps being believed when another is named', ['openssl'], async () => {
  const { officer, as } = await closed()
  const timeIn = async (bundle: string) => (await officer.evidence.bundles()).find(({ path }) => path === bundle)?.time
  const { path, zip } = await finish(await officer.evidence.seal({ campaign, passphrase, zip: true }))
  expect(await timeIn(path)).toEqual({ state: 'claimed' })
  expect(await words(officer.evidence.askForStamp({ bundle: path }))).toContain('No time authority is named here')
  expect(await words(officer.evidence.testTimeAuthority(null))).toContain('No time authority is named')

  const served = await serveTimeAuthority((query) => ({ body: authority.answer(query) }))
  onTestFinished(served.close)
  const named = { url: served.url, content: base64(authority.rootPem) }
  expect(await officer.evidence.testTimeAuthority(named)).toMatchObject({ authority: 'Example Time unit 1', roots: [{ name: 'Example Time root' }] })
  expect((await officer.evidence.timeAuthority()).url).toBeNull()
  const other = createTimeAuthority(join(place, 'other-one'), { name: 'Other Time' })
  expect(await words(officer.evidence.testTimeAuthority({ ...named, content: base64(other.rootPem) }))).toMatch(/^The answer of the time authority .* does not come from an authority whose certificate was given. Nothing was changed.$/)
  expect(await words(officer.evidence.testTimeAuthority({ ...named, url: 'https://time.example.com/' }))).toContain('beyond this machine')
  await officer.evidence.setTimeAuthority(named)
  for (const refused of [(await as(mia)).evidence.askForStamp({ bundle: path }), (await as(mia)).evidence.testTimeAuthority(null), (await as(mia)).evidence.stampRequest({ bundle: path })]) {
    expect(await words(refused)).toContain('officer')
  }
  const asked = served.asked.length
  expect(await officer.evidence.askForStamp({ bundle: path })).toMatchObject({ authority: 'Example Time unit 1', isTrusted: true, zip })
  expect(served.asked).toHaveLength(asked + 1)
  expect(await timeIn(path)).toMatchObject({ state: 'proven', authority: 'Example Time unit 1' })
  expect(failed(await verifyBoth(path, { rootPem, timeRootsPem: authority.rootPem }))).toEqual([])
  expect(await words(officer.evidence.askForStamp({ bundle: path }))).toContain('Nobody was asked: the bundle has a time stamp already')
  expect(served.asked).toHaveLength(asked + 1)

  // Whoever is asked from now on: what was stamped before stands.
  expect(await officer.evidence.setTimeAuthority({ ...named, content: base64(other.rootPem) })).toMatchObject({ roots: [{ name: 'Other Time root' }], formerRoots: [{ name: 'Example Time root' }] })
  expect(await timeIn(path)).toMatchObject({ state: 'proven' })
  expect(timeOf((await officer.evidence.verify({ bundle: path })).checks)).toMatchObject({ outcome: 'passed' })
  expect(await officer.evidence.setTimeAuthority(named)).toMatchObject({ roots: [{ name: 'Example Time root' }], formerRoots: [{ name: 'Other Time root' }] })
  await rm(join(path, 'manifest.p7s'))
  expect(await timeIn(path)).toEqual({ state: 'missing' })
})

witnessTest('a stamp by file is refused in a sentence that says what is wrong with it; one signed with RSA-PSS is taken', ['openssl'], async () => {
  const { officer } = await closed()
  const [first, second] = [await finish(await officer.evidence.seal({ campaign, passphrase })), await finish(await officer.evidence.seal({ campaign, passphrase, reason: 'again' }))]
  const file = join(place, 'brought.tsr')
  const rsa = createTimeAuthority(join(place, 'rsa'), { ess: 'sha1', name: 'RSA Time' })
  const over = createTimeAuthority(join(place, 'over'), { name: 'Old Time', isExpired: true })
  await officer.evidence.setTimeAuthority({ url: 'http://127.0.0.1:1/', content: base64(rsa.rootPem + over.rootPem) })
  const requestOf = async (bundle: string): Promise<Buffer> => Buffer.from((await officer.evidence.stampRequest({ bundle })).content, 'base64')
  const taking = async (bundle: string, answer: Buffer): Promise<string> => {
    await writeFile(file, answer)
    return words(officer.evidence.takeStamp({ bundle, file }))
  }
  const request = await requestOf(first.path)
  expect((await officer.evidence.stampRequest({ bundle: first.path })).name).toMatch(/-v1\.tsq$/)
  expect(await taking(first.path, rsa.answer(await requestOf(second.path)))).toContain('it answers a request for another bundle, or for another version of this one')
  expect(await taking(first.path, authority.answer(request))).toContain('does not come from an authority whose certificate was given')
  expect(await taking(first.path, over.answer(request))).toMatch(/the certificate "Old Time unit 1" of the time authority is for [-\d]+ to [-\d]+, and the stamp says /)
  expect(await taking(first.path, request)).toContain('bring the authority\'s answer (.tsr) as it came')
  expect(await readdir(first.path)).not.toContain('manifest.tsr')
  expect(await taking(first.path, rsa.answerWithPss(request))).toBe('allowed')
  expect(timeOf(await verifyBoth(first.path, { rootPem, timeRootsPem: rsa.rootPem }))).toMatchObject({ outcome: 'passed', detail: expect.stringContaining('RSA Time unit 1') as string })
  // Changed by one bit it is neither's any more.
  const stamp = await readFile(join(first.path, 'manifest.tsr'))
  await writeFile(join(first.path, 'manifest.tsr'), stamp.with(-3, (stamp.at(-3) ?? 0) ^ 1))
  expect(failed(await verifyBoth(first.path, { rootPem, timeRootsPem: rsa.rootPem }))).toEqual(['time'])
  expect((await officer.evidence.bundles()).find(({ version }) => version === 1)?.time).toMatchObject({ state: 'doubtful' })
})

witnessTest('nothing leaves the machine without leave by name, and an authority that does not answer well leaves nothing half sealed', ['openssl'], async () => {
  const { officer, as } = await closed()
  const set = (url: string, rootsPem = authority.rootPem) => words(officer.evidence.setTimeAuthority({ url, content: base64(rootsPem) }))
  expect(await set('https://time.example.com/tsr')).toContain('beyond this machine')
  expect(await set('time.example.com')).toContain('not the address')
  expect(await set('http://127.0.0.1:1/', '')).toContain('certificate is missing')
  expect(await words((await as(mia)).evidence.setTimeAuthority({ url: 'http://127.0.0.1:1/', content: base64(authority.rootPem) }))).toContain('officer')
  expect((await officer.evidence.timeAuthority()).url).toBeNull()
  expect(await officer.evidence.setTimeAuthority({ url: 'https://time.example.com/tsr', content: base64(authority.rootPem), mayLeave: true })).toMatchObject({ host: 'time.example.com', isBeyondThisMachine: true })

  const other = createTimeAuthority(join(place, 'not-believed'), { name: 'Other Time' })
  const served = await serveTimeAuthority((query) => ({ body: other.answer(query) }))
  onTestFinished(served.close)
  await officer.evidence.setTimeAuthority({ url: served.url, content: base64(authority.rootPem) })
  const out = join(place, 'out')
  expect(await words(officer.evidence.seal({ campaign, out, passphrase }).then(finish))).toContain('does not come from an authority whose certificate was given')
  expect(existsSync(out) ? await readdir(out) : []).toEqual([])
  expect((await finish(await officer.evidence.seal({ campaign, out, passphrase, timeStamp: false }))).version).toBe(1)
  expect(await officer.evidence.removeTimeAuthority()).toMatchObject({ url: null })
  expect(served.asked).toHaveLength(1)
})
