// What somebody can try who holds a good key and Muster's own tools: pages, clock, older logs, and keys that stand no more.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { appendEvent, emptyChain } from '../../../src/main/core/evidence/event-chain.ts'
import { revokeCertificate, revocationListPem, stateOfLists } from '../../../src/main/reports/signing/revocation.ts'
import type { EventBody } from '../../../src/shared/model/evidence.ts'
import type { ReportHead } from '../../../src/shared/model/evidence-report.ts'
import { exchangePages, appendRevision } from '../../support/doctored-pdf.ts'
import { enrolReviewers, noteOver, sampleLog, writeSampleBundle, writeSampleReport } from '../../support/sample-bundle.ts'
import type { Doctored, Enrolled } from '../../support/sample-bundle.ts'
import { CAMPAIGN, startLog } from '../../support/sample-campaign.ts'
import type { EventLog } from '../../support/sample-campaign.ts'
import { sha256, sha256Hex } from '../../support/sha256.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import type { TestOrganisation } from '../../support/test-keys.ts'
import { failed, verifyBoth } from '../../support/verify-both.ts'

let scratch: string
let ours: TestOrganisation
let reviewers: Enrolled[]
let clean: { path: string; log: EventLog }
let rootPem: string

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-test-'))
  ours = await createTestOrganisation(join(scratch, 'ours'))
  rootPem = ours.root.pem
  reviewers = await enrolReviewers(ours)
  clean = await writeSampleBundle(scratch, ours, reviewers)
  expect(failed(await verifyBoth(clean.path, { rootPem })), 'the clean bundle passes').toEqual([])
  return () => {
    rmSync(scratch, { recursive: true, force: true })
  }
})

/** Written like the clean one, which has passed, but for what is changed. */
async function doctored(change: Doctored): Promise<string> {
  return (await writeSampleBundle(mkdtempSync(join(scratch, 'doctored-')), ours, reviewers, { doctored: change })).path
}

const detailOf = async (bundle: string, code: string, options: Partial<Parameters<typeof verifyBoth>[1]> = {}): Promise<string> => (
  (await verifyBoth(bundle, { rootPem, ...options })).find((check) => check.code === code)?.detail ?? ''
)

describe('the print of the PDF', () => {
  /** The report as it would be of another campaign's figures, with the honest evidence.json attached. */
  const printing = (change: (head: ReportHead) => ReportHead): Doctored => {
    let honest: ReportHead | undefined
    return {
      head: (head) => (honest ??= head),
      items: (items) => items,
      writeReport: (report, evidence) => writeSampleReport(report, { head: change(honest as ReportHead), items: [], evidence }),
    }
  }

  test.each<[string, (head: ReportHead) => ReportHead, string]>([
    ['a revoke counted as kept', ({ controlTotals, ...head }) => ({
      ...head, controlTotals: { ...controlTotals, progress: { ...controlTotals.progress, kept: controlTotals.progress.kept + 1, revoked: controlTotals.progress.revoked - 1 } },
    }), 'the first page prints other figures for in review; the first page prints other figures for what became of the items; section 4 prints other figures for in review'],
    ['a time nobody proved', (head) => ({ ...head, isTimeProven: true, timeStamp: { authority: 'Example Time', at: '2026-11-22T08:00:00.000Z' } }), 'the first page does not say "Time claimed, not proven"'],
    ['another root to compare with', ({ workspace, ...head }) => ({ ...head, workspace: { ...workspace, rootFingerprint: sha256Hex('theirs') } }), 'the first page does not say'],
    ['another version', ({ campaign, ...head }) => ({ ...head, campaign: { ...campaign, version: 2 } }), 'is of another report'],
  ])('%s is printed while evidence.json stays honest, signed and sealed by the officer', async (_name, change, said) => {
    const bundle = await doctored(printing(change))
    expect(failed(await verifyBoth(bundle, { rootPem }))).toEqual(['report-print'])
    expect(await detailOf(bundle, 'report-print')).toContain(said)
  })

  test('two pages exchanged before the officer signs: the file is whole and signed, but its pages say which they are', async () => {
    let honest: ReportHead | undefined
    const bundle = await doctored({
      head: (head) => (honest ??= head),
      writeReport: async (report, evidence) => {
        await writeSampleReport(report, { head: honest as ReportHead, items: [], evidence })
        const laidOut = Buffer.from(report.veil(readFileSync(report.path), 0))
        writeFileSync(report.path, report.veil(exchangePages(laidOut, 3, 4), 0))
      },
    })
    expect(failed(await verifyBoth(bundle, { rootPem }))).toEqual(['report-print'])
    expect(await detailOf(bundle, 'report-print')).toContain('page 3 says it is Page 4; page 4 says it is Page 3')
  })

  test('two pages exchanged in the sealed file, by rewriting it and by an appended revision', async () => {
    for (const [name, change, expected] of [
      ['rewritten', (file: Buffer) => exchangePages(file, 3, 4), ['files', 'report-signature', 'report-print']],
      ['appended', (file: Buffer) => appendRevision(file, 3, 4), ['files', 'report-signature', 'report-evidence', 'report-print']],
    ] as const) {
      const bundle = join(scratch, `${name}.muster`)
      cpSync(clean.path, bundle, { recursive: true })
      writeFileSync(join(bundle, 'report.pdf'), change(readFileSync(join(bundle, 'report.pdf'))))
      expect(failed(await verifyBoth(bundle, { rootPem })), name).toEqual(expected)
    }
  })

  test('a report of a release whose print is not known is told as not read back, never as read', async () => {
    const bundle = await doctored({ head: ({ print: _print, ...head }) => head })
    const found = await verifyBoth(bundle, { rootPem })
    expect(found.find(({ code }) => code === 'report-print')).toMatchObject({ outcome: 'not-checked' })
  })
})

type Told = { actor: string; kind: string; body: Record<string, unknown>; ts: string; boot: string; mono: number }

/** The same log with some events told otherwise, chained anew. */
function retold(log: EventLog, change: (event: Told, seq: number) => Told): EventLog {
  const events: EventLog['events'] = []
  let head = emptyChain(log.head().log)
  for (const { line, campaignId, seq } of log.events) {
    const { actor, kind, body, ts, boot, mono } = change(JSON.parse(line) as Told, seq)
    const appended = appendEvent(head, { actor, kind, body: body as never, ts, boot, mono }, sha256)
    events.push({ seq, campaignId, line: appended.line })
    head = appended.head
  }
  return { events, head: () => head, add: () => { throw new Error('finished') } }
}

describe('the clock', () => {
  /** Turned back by two days while the campaign ran: in one start of the app, or over the start of another. */
  const turnedBack = (sameStart: boolean): EventLog => retold(sampleLog(reviewers), (event, seq) => (
    seq < 12 ? event : { ...event, ts: new Date(Date.parse(event.ts) - 2 * 86_400_000).toISOString(), ...(sameStart ? {} : { boot: 'boot-2', mono: event.mono - 600_000 }) }
  ))

  test.each([[true], [false]])('turned back while the campaign ran (in one start of the app: %s): the report has to admit it', async (sameStart) => {
    const log = turnedBack(sameStart)
    const hushed = await doctored({ log })
    expect(failed(await verifyBoth(hushed, { rootPem }))).toEqual(['exceptions'])
    expect(await detailOf(hushed, 'exceptions')).toMatch(/^sealed without a word on the clock although the computer's clock was turned back by about \d+ s between events 11 and 12/)
    const admitted = await doctored({
      log, head: (head) => ({ ...head, checks: [{ code: 'clock-forward', title: 'The computer\'s clock only went forward', passed: false, detail: 'Turned back.' }], exceptions: ['FAILED: the clock.'] }),
    })
    expect(failed(await verifyBoth(admitted, { rootPem }))).toEqual([])
  })
})

test('an older database put back, and its log gone on with: a checkpoint seen since speaks against it', async () => {
  const seen = [noteOver(clean.log)]
  expect(failed(await verifyBoth(clean.path, { rootPem, seen }))).toEqual([])
  // Put back to right before the campaign was closed; then closed again and lived on with.
  const log = startLog()
  const closing = clean.log.events.findIndex(({ line }) => line.includes('"campaign-closed"'))
  for (const { line } of clean.log.events.slice(0, closing + 1)) {
    const { actor, kind, body } = JSON.parse(line) as { actor: string; kind: string; body: object }
    log.add(actor, { kind, body } as EventBody)
  }
  for (let index = 0; index < 6; index++) log.add('officer@example.com', { kind: 'custody-noted', body: { campaign: CAMPAIGN, what: 'stored', where: `shelf ${index}`, note: '', until: null } })
  const bundle = await doctored({ log })
  expect(failed(await verifyBoth(bundle, { rootPem }))).toEqual([])
  expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['seen'])
  expect(await detailOf(bundle, 'seen', { seen })).toContain('the log was rewritten since')
})

describe('certificates that were revoked', () => {
  /** A list of the organisation that names Anna's certificate from a day on. Made apart, so that each test has its own. */
  async function listSince(at: string, organisation = ours): Promise<string> {
    const folder = mkdtempSync(join(scratch, 'keys-'))
    cpSync(organisation.keysFolder, folder, { recursive: true })
    const [anna] = reviewers
    if (anna === undefined) throw new Error('no reviewer')
    expect(await revokeCertificate(folder, anna.signer.certificate, { why: 'compromised', at: new Date(at) }, 'open')).toMatchObject({ ok: true })
    return (await revocationListPem(folder)) ?? ''
  }
  const withList = (pem: string): Doctored => ({ input: (input) => ({ ...input, revocationListPem: pem }) })

  test('revoked before the sign-off: it does not stand. Revoked later: it stands, and that is said', async () => {
    const before = await doctored(withList(await listSince('2026-11-20T07:00:00Z')))
    expect(failed(await verifyBoth(before, { rootPem }))).toEqual(['revocation'])
    expect(await detailOf(before, 'revocation')).toMatch(/signoffs\/\d+\.p7s was signed on 2026-11-20T.*, after the certificate of anna had been revoked on 2026-11-20T07:00:00/)
    const later = await doctored(withList(await listSince('2026-11-21T07:00:00Z')))
    expect(failed(await verifyBoth(later, { rootPem }))).toEqual([])
    expect(await detailOf(later, 'revocation')).toMatch(/stands: the certificate of anna was revoked later, on 2026-11-21T07:00:00, as somebody else may have its key/)
  })

  test('a newer list somebody hands over counts as well; a list of another organisation, or a changed one, does not pass', async () => {
    const list = await listSince('2026-11-20T07:00:00Z')
    expect(failed(await verifyBoth(clean.path, { rootPem }))).toEqual([])
    expect(failed(await verifyBoth(clean.path, { rootPem, lists: [list] }))).toEqual(['revocation'])
    const theirs = await createTestOrganisation(mkdtempSync(join(scratch, 'theirs-')))
    const foreign = await listSince('2026-11-21T07:00:00Z', theirs)
    expect(await detailOf(clean.path, 'revocation', { lists: [foreign] })).toBe('list-0 is not a revocation list of this organisation')
    const lines = list.split('\n')
    const changed = lines.with(2, (lines[2] ?? '').replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))).join('\n')
    expect(failed(await verifyBoth(clean.path, { rootPem, lists: [changed] }))).toEqual(['revocation'])
    expect(failed(await verifyBoth(clean.path, { rootPem, lists: ['nothing'] }))).toEqual(['revocation'])
  })

  test('the list the log tells of has to be there, and no older one in its place', async () => {
    const [older, newer] = [await listSince('2026-11-21T06:00:00Z'), await listSince('2026-11-21T07:00:00Z')]
    const log = sampleLog(reviewers)
    log.add('officer@example.com', { kind: 'revocation-list-changed', body: { ...stateOfLists(newer), isImported: false } })
    expect(failed(await verifyBoth(await doctored({ log, ...withList(newer) }), { rootPem }))).toEqual([])
    const put = await doctored({ log, ...withList(older) })
    expect(failed(await verifyBoth(put, { rootPem }))).toEqual(['revocation'])
    expect(await detailOf(put, 'revocation')).toMatch(/^crl\.pem is not the list of revoked certificates that event \d+ tells of, but an older or another one/)
    const left = await doctored({ log })
    expect(failed(await verifyBoth(left, { rootPem }))).toEqual(['revocation'])
    expect(await detailOf(left, 'revocation')).toMatch(/^crl\.pem, the list of revoked certificates that event \d+ tells of, is missing/)
  })

  test('the log tells of a key taken back: without the list that is not passed over, and a later signature with it fails', async () => {
    const [anna] = reviewers
    const revoked = { kind: 'key-revoked', body: { person: 'anna@example.com', certificateFingerprint: anna?.fingerprint ?? '', why: 'lost', reason: 'laptop stolen' } } as const
    const after = sampleLog(reviewers)
    after.add('officer@example.com', revoked)
    const found = await verifyBoth(await doctored({ log: after }), { rootPem })
    expect(failed(found)).toEqual([])
    expect(found.find(({ code }) => code === 'revocation')).toMatchObject({ outcome: 'not-checked', detail: expect.stringContaining('a key that was taken back') as string })
    const first = clean.log.events.findIndex(({ line }) => line.includes('"sign-off"'))
    const earlier = retold(sampleLog(reviewers), (event, seq) => (seq === 1 ? { ...event, ...revoked, actor: 'officer@example.com' } : event))
    earlier.events.splice(1, 1, { ...(earlier.events[1] as EventLog['events'][number]), campaignId: null })
    expect(first).toBeGreaterThan(1)
    const bundle = await doctored({ log: earlier })
    expect(failed(await verifyBoth(bundle, { rootPem }))).toEqual(['revocation'])
    expect(await detailOf(bundle, 'revocation')).toMatch(/was signed after event 1 had taken its key back/)
  })
})
