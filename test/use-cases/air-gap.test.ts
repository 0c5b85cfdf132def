import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { connectionWords } from '../../src/main/reports/evidence-pdf/control-sections.ts'
import type { ReportHead } from '../../src/shared/model/evidence-report.ts'
import { mailSettings } from '../../src/shared/model/mail.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'
import { asOf, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, type Client, type TestWorkspace } from '../support/workspace-builder.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  vi.stubEnv('MUSTER_SECRET_PAYROLL_API_TOKEN', 'nobody-hears-this')
  place = await mkdtemp(join(tmpdir(), 'muster-air-gap-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia] })).close()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(place, { recursive: true, force: true })
})

async function workspace(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

/** Something on this machine that hangs up on whoever calls, and counts. */
async function listener(): Promise<{ readonly port: number; readonly calls: () => number }> {
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.close() })
  return { port: (server.address() as AddressInfo).port, calls: () => calls }
}

const saidBy = async (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing was refused', (error: unknown) => String(error))

async function setUp(officer: Client, port: number): Promise<readonly (() => Promise<unknown>)[]> {
  const settings = mailSettings.parse({ host: '127.0.0.1', port, security: 'none', userName: null, sender: 'muster@acme.example', replyTo: null, caPem: null })
  await officer.mail.set({ settings })
  await officer.sources.addLive({ name: 'Payroll', config: { from: 'scim', signIn: 'bearer', baseUrl: `https://127.0.0.1:${port}/scim/v2` } })
  const content = Buffer.from(await readFile(join(template, 'keys', 'root.pem'))).toString('base64')
  return [
    () => officer.mail.test(),
    () => officer.evidence.testTimeAuthority({ url: `http://127.0.0.1:${port}/tsa`, content }),
    async () => finish(await officer.sources.sync({ source: 'Payroll', asOf })),
  ]
}

test('while a workspace is air-gapped nothing is called, whatever is set up; the daily work leaves it alone, and ending the gap is all it takes', async () => {
  const { officer, as } = await workspace()
  const { port, calls } = await listener()
  const goOut = await setUp(officer, port)
  expect(await saidBy((await as(mia)).workspace.setAirGap({ isOn: true }))).toMatch(/Only a compliance officer/)
  const gap = await officer.workspace.setAirGap({ isOn: true })
  expect(gap).toMatchObject({ isOn: true, by: olga })
  const { events } = await officer.workspace.status()
  expect(await officer.workspace.setAirGap({ isOn: true })).toEqual(gap)
  expect((await officer.workspace.status()).events).toBe(events)
  for (const call of goOut) expect(await saidBy(call())).toMatch(/This workspace is air-gapped: no connection was opened/)
  expect((await officer.calendar.tick()).failed).toEqual([])
  expect(calls()).toBe(0)
  await officer.workspace.setAirGap({ isOn: false })
  // The reading of a live source tries for a while; the next test waits for it.
  for (const call of goOut.slice(0, 2)) expect(await saidBy(call())).not.toMatch(/air-gapped/)
  expect(calls()).toBeGreaterThan(0)
})

test('a report says how far the campaign ran behind the gap and what went out, and both verifiers take it', async () => {
  const { officer, folder } = await workspace()
  const { port } = await listener()
  const [mailTest] = await setUp(officer, port)
  await officer.workspace.setAirGap({ isOn: true })
  const campaign = await launch(officer, specOf('Behind the gap'))
  await officer.campaigns.close({ campaign })
  const first = await finish(await officer.evidence.seal({ campaign, passphrase }))
  const connectionsOf = async (path: string) => (JSON.parse(await readFile(join(path, 'evidence.json'), 'utf8')) as ReportHead).facts?.store.connections
  const kept = await connectionsOf(first.path)
  expect(kept).toEqual({ airGapped: 'throughout', since: (await officer.workspace.airGap()).since, calls: [] })
  if (kept !== undefined) expect(connectionWords(kept)).toMatch(/^Air-gapped from launch to report \(in force since .* UTC\): 0 calls beyond this machine\.$/)
  expect(failed(await verifyBoth(first.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] }))).toEqual([])

  await officer.workspace.setAirGap({ isOn: false })
  await mailTest?.()
  await saidBy((async () => finish(await officer.sources.sync({ source: 'Payroll', asOf })))())
  const second = await finish(await officer.evidence.seal({ campaign, passphrase, reason: 'To see what went out' }))
  expect(await connectionsOf(second.path)).toEqual({ airGapped: 'partly', since: null, calls: [{ way: 'source', to: 'Payroll', times: 1 }] })
})
