// A bundle whose reviewer answered in a packet: what an import refuses, nobody can let through unseen, not even with the officer's key.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { enrolReviewers, writeSampleBundle, type Doctored, type Enrolled } from '../../support/sample-bundle.ts'
import type { SentPacket } from '../../support/sample-campaign.ts'
import { createTestOrganisation, type TestOrganisation } from '../../support/test-keys.ts'
import { failed, verifyBoth } from '../../support/verify-both.ts'

const ben = 'ben@example.com'
let scratch: string
let ours: TestOrganisation
let reviewers: Enrolled[]

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-test-'))
  ours = await createTestOrganisation(join(scratch, 'ours'))
  reviewers = await enrolReviewers(ours)
  return () => {
    rmSync(scratch, { recursive: true, force: true })
  }
})

/** Codes of the failed checks, and what the campaign's own check says. */
async function found(packet: Partial<SentPacket>, doctored: Doctored = {}): Promise<readonly [failed: readonly string[], said: string]> {
  const { path } = await writeSampleBundle(mkdtempSync(join(scratch, 'bundle-')), ours, reviewers, { items: 6, packet: { reviewer: ben, ...packet }, doctored })
  const checks = await verifyBoth(path, { rootPem: ours.root.pem })
  return [failed(checks), checks.find(({ code }) => code === 'campaign')?.detail ?? '']
}

test('answered in a packet, taken in once and in time: the bundle passes', async () => {
  expect(await found({})).toEqual([[], '6 items, 2 sign-offs'])
})

test.each<[string, Partial<SentPacket>, RegExp]>([
  ['a response taken in a second time', { isReplayed: true }, /a response to packet [-\da-f]+ was taken in a second time/],
  ['an answer for an item that was not sent', { holds: (item) => item !== 3 }, /item 3 was answered in packet [-\da-f]+, which did not hold it/],
  ['an answer after the packet had expired', { expiresAt: '2026-11-20T08:00:00.000Z' }, /was answered on 2026-11-20, after it had expired on 2026-11-20/],
  ['an answer by somebody else than it was sent to', { answeredBy: 'anna@example.com' }, /went to ben@example.com, and anna@example.com answered it/],
  ['an answer to a packet nobody wrote', { isUntold: true }, /was taken in to packet [-\da-f]+, which was never written/],
  ['a sign-off from another log than the response\'s', { log: 'muster.local/elsewhere' }, /a sign-off of another log than the one packet [-\da-f]+ was answered in/],
  ['an answer changed after it was signed', { answers: (all) => all.map((one) => ({ ...one, outcome: 'keep', reasonCode: null, reasonText: null })) }, /the answers told with the sign-off are not the ones that were signed in the packet/],
  ['an item the reviewer\'s signature does not cover', { covers: (items) => items.slice(1) }, /items were signed off that the packet's signature does not cover/],
])('%s is found by both verifiers', async (_name, packet, said) => {
  const [codes, detail] = await found(packet)
  expect(codes).toEqual(['campaign'])
  expect(detail).toMatch(said)
})

test('an answer about the reviewer\'s own access: the report has to admit it', async () => {
  const own: Partial<SentPacket> = { subjectOf: (item) => (item === 3 ? ben.toUpperCase() : `person${item}@example.com`) }
  expect((await found(own, { head: (head) => ({ ...head, exceptions: [] }) }))[0]).toEqual(['exceptions'])
  expect((await found(own, { head: (head) => ({ ...head, selfReviews: 0, exceptions: [] }) }))[0]).toEqual(['totals'])
  expect((await found(own, { head: (head) => ({ ...head, exceptions: ['One item was reviewed by its own subject.'] }) }))[0]).toEqual([])
})
