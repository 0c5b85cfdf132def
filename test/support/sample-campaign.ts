// A small campaign as its events, and the report those events give: what the bundle and its verifiers are tried on.
import { startCampaignTrail } from '../../src/main/core/evidence/campaign-trail.ts'
import { startRiskTable } from '../../src/main/core/evidence/facts-comparison.ts'
import { startCampaignReplay } from '../../src/main/core/evidence/campaign-replay.ts'
import type { CampaignReplay } from '../../src/main/core/evidence/campaign-replay.ts'
import { appendEvent, emptyChain } from '../../src/main/core/evidence/event-chain.ts'
import type { ChainHead } from '../../src/main/core/evidence/event-chain.ts'
import { drawSample } from '../../src/main/core/evidence/draw-sample.ts'
import { answersHash } from '../../src/main/core/evidence/carried-answers.ts'
import { decisionsHash, stateOf } from '../../src/main/core/evidence/item-standing.ts'
import { campaignTotals } from '../../src/main/core/evidence/report-totals.ts'
import { campaignSpec } from '../../src/shared/model/campaign.ts'
import { evidenceEvent } from '../../src/shared/model/evidence.ts'
import type { EventBody } from '../../src/shared/model/evidence.ts'
import type { CarriedAnswer } from '../../src/shared/model/packet.ts'
import type { ReportHead, ReportItem } from '../../src/shared/model/evidence-report.ts'
import { sha256, sha256Hex } from './sha256.ts'

export const CAMPAIGN = 7
export const RAW = 'account,entitlement\nanna,finance\n'.repeat(50)
const packetOf = (item: number): string => sha256Hex(`packet ${item}`)
const specHash = sha256Hex('spec')

export type LoggedEvent = { seq: number; campaignId: number | null; line: string }

export type EventLog = {
  readonly events: LoggedEvent[]
  readonly head: () => ChainHead
  /** Appends an event, a minute after the last, and returns its number. */
  readonly add: (actor: string, event: EventBody) => number
}

export function startLog(log = 'muster.example/workspace'): EventLog {
  const events: LoggedEvent[] = []
  let head = emptyChain(log)
  return {
    events,
    head: () => head,
    add: (actor, { kind, body }) => {
      const ts = new Date(Date.UTC(2026, 10, 20, 8, head.size)).toISOString()
      const appended = appendEvent(head, { ts, boot: 'boot-1', mono: head.size * 60_000, actor, kind, body }, sha256)
      events.push({ seq: appended.event.seq, campaignId: 'campaign' in body ? body.campaign : null, line: appended.line })
      head = appended.head
      return appended.event.seq
    },
  }
}

export type Reviewer = { readonly email: string; readonly fingerprint: string; readonly items: readonly number[] }

/** A reviewer who answers in a packet, and what somebody with the officer's key and a changed Muster could have let through. */
export type SentPacket = {
  readonly reviewer: string
  readonly holds?: (item: number) => boolean
  readonly expiresAt?: string
  readonly answeredBy?: string
  readonly isReplayed?: boolean
  readonly isUntold?: boolean
  readonly log?: string
  readonly answers?: (answers: CarriedAnswer[]) => CarriedAnswer[]
  readonly covers?: (items: number[]) => number[]
  readonly subjectOf?: (item: number) => string
}

const PACKET = '3f2f0d5e-6a5b-4f0e-9f57-0a8a4a0e6a11'

/**
 * Items alternate between the reviewers. The first item of each is decided twice and undone once, every fifth is revoked, the rest
 * kept. `leaveOpen`: items nobody decides.
 */
export function recordCampaign(log: EventLog, reviewers: readonly Reviewer[], options: { readonly leaveOpen?: readonly number[]; readonly packet?: SentPacket } = {}): void {
  const officer = 'officer@example.com'
  const all = reviewers.flatMap(({ email, items }) => items.map((item) => ({ item, reviewer: email }))).sort((a, b) => a.item - b.item)
  const undecided = new Set(options.leaveOpen)
  log.add('system', { kind: 'workspace-created', body: { name: 'Example', rootFingerprint: sha256Hex('root') } })
  log.add(officer, { kind: 'campaign-created', body: { campaign: 3, name: 'Another campaign', specHash } })
  log.add(officer, { kind: 'campaign-created', body: { campaign: CAMPAIGN, name: 'Q4 access review', specHash } })
  log.add(officer, {
    kind: 'campaign-launched',
    body: {
      campaign: CAMPAIGN, asOf: '2026-11-20', dueOn: '2026-12-01', snapshots: [{ snapshot: 1, contentHash: sha256Hex('snapshot') }],
      population: all.length + 2, inReview: all.length, excluded: 2, reviewers: reviewers.length, specHash, weights: 'test',
    },
  })
  for (let from = 0; from < all.length; from += 500) {
    const items = all.slice(from, from + 500).map(({ item, reviewer }) => ({
      item, packet: packetOf(item), reviewer, basis: 'manager' as const, subject: options.packet?.subjectOf?.(item) ?? `person${item}@example.com`, advice: adviceOf(item),
    }))
    log.add(officer, { kind: 'items-frozen', body: { campaign: CAMPAIGN, items } })
  }
  for (const reviewer of reviewers) {
    if (reviewer.email === options.packet?.reviewer) {
      answerInPacket(log, reviewer, options.packet)
      continue
    }
    const decided = reviewer.items.filter((item) => !undecided.has(item)).map((item, index) => {
      const outcome = item % 5 === 0 ? 'revoke' : 'keep'
      const seq = decide(log, reviewer.email, item, outcome)
      if (index === 0) {
        const second = decide(log, reviewer.email, item, 'look-closer')
        log.add(reviewer.email, { kind: 'decision-undone', body: { campaign: CAMPAIGN, item, undoes: second } })
      }
      return { item, outcome, seq } as const
    })
    log.add(reviewer.email, {
      kind: 'sign-off',
      body: {
        campaign: CAMPAIGN, reviewer: reviewer.email, decided: decided.length, undecided: reviewer.items.length - decided.length,
        decisionsHash: decisionsHash(decided, sha256), statement: 'I reviewed this access.', certificateFingerprint: reviewer.fingerprint,
        authentication: 'passphrase', items: decided.map(({ item }) => item),
      },
    })
  }
  const revoked = all.filter(({ item }) => item % 5 === 0 && !undecided.has(item)).length
  const kept = all.length - revoked - undecided.size
  log.add(officer, {
    kind: 'campaign-closed',
    body: {
      campaign: CAMPAIGN, items: all.length, noAnswer: 'leave-open', unanswered: [...undecided],
      outcomes: { undecided: undecided.size, keep: kept, revoke: revoked, 'keep-until': 0, 'look-closer': 0 },
    },
  })
  log.add(officer, {
    kind: 'population-tested',
    body: { campaign: CAMPAIGN, test: 1, what: 'console-count', source: 'entra', how: 'Users page of the console', expected: 50, found: 50, explanation: '' },
  })
  const numbers = all.map(({ item }) => item)
  log.add(officer, {
    kind: 'sample-drawn',
    body: {
      campaign: CAMPAIGN, sample: 1, seed: 'lottery 2026-11-20: 4 8 15', method: 'sha256-order-1', among: 'all', population: numbers.length,
      items: drawSample(numbers, { seed: 'lottery 2026-11-20: 4 8 15', size: 3 }, sha256),
    },
  })
  log.add(officer, { kind: 'custody-noted', body: { campaign: CAMPAIGN, what: 'retention', where: 'audit share', note: 'seven years', until: '2033-12-31' } })
  log.add(officer, { kind: 'campaign-created', body: { campaign: 8, name: 'Next campaign', specHash } })
}

/** What the import of a response writes, and before it what the packet's writing did. */
function answerInPacket(log: EventLog, { email, fingerprint, items }: Reviewer, packet: SentPacket): void {
  const officer = 'officer@example.com'
  const { holds = () => true, expiresAt = '2026-12-01T00:00:00.000Z', answeredBy = email, covers = (all) => all, answers: change = (all) => all } = packet
  const contentHash = sha256Hex('packet')
  if (packet.isUntold !== true) {
    log.add(officer, { kind: 'packet-written', body: { campaign: CAMPAIGN, packet: PACKET, reviewer: email, stage: 1, items: items.filter(holds), contentHash, expiresAt, way: 'recipient' } })
  }
  const theirs = startLog('muster.local/reviewer')
  const told = items.map((item): CarriedAnswer => ({ ...answerTo(item), item, seq: decideIn(theirs, email, item) }))
  const signed = {
    campaign: CAMPAIGN, reviewer: email, decided: items.length, undecided: 0, statement: 'I reviewed this access.', certificateFingerprint: fingerprint, authentication: 'passphrase',
  } as const
  const own = theirs.add(email, { kind: 'sign-off', body: { ...signed, decisionsHash: sha256Hex(''), items: covers([...items]), answersHash: answersHash(told, sha256) } })
  const merged = { campaign: CAMPAIGN, packet: PACKET, reviewer: answeredBy, responseHash: sha256Hex('response'), log: packet.log ?? 'muster.local/reviewer', checkpoint: '', merged: items.length, undecided: 0, conflicts: [] }
  log.add(officer, { kind: 'response-merged', body: merged })
  if (packet.isReplayed === true) log.add(officer, { kind: 'response-merged', body: merged })
  const decided = items.map((item, index) => {
    const { ts } = JSON.parse(theirs.events[index]?.line ?? '') as { ts: string }
    return { item, outcome: answerTo(item).outcome, seq: decideIn(log, email, item, { packet: PACKET, seq: index, at: ts }) }
  })
  log.add(email, {
    kind: 'sign-off',
    body: {
      ...signed, decisionsHash: decisionsHash(decided, sha256), items: [...items],
      carried: { packet: PACKET, log: 'muster.local/reviewer', line: theirs.events[own]?.line ?? '', answers: change(told) },
    },
  })
}

function answerTo(item: number): Pick<CarriedAnswer, 'outcome' | 'until' | 'reasonCode' | 'reasonText' | 'adviceVisible'> & { outcome: 'keep' | 'revoke' } {
  const isRevoked = item % 5 === 0
  return { outcome: isRevoked ? 'revoke' : 'keep', until: null, reasonCode: isRevoked ? 'not-needed' : null, reasonText: isRevoked ? 'gone' : null, adviceVisible: true }
}

function decideIn(log: EventLog, actor: string, item: number, carried?: { packet: string; seq: number; at: string }): number {
  return log.add(actor, {
    kind: 'decision-made',
    body: { ...answerTo(item), campaign: CAMPAIGN, item, packet: packetOf(item), advice: adviceOf(item), openMs: item * 1000, ...(carried === undefined ? {} : { carried }) },
  })
}

function adviceOf(item: number): 'revoke' | 'keep' {
  return item % 4 === 0 ? 'revoke' : 'keep'
}

function decide(log: EventLog, actor: string, item: number, outcome: 'keep' | 'revoke' | 'look-closer'): number {
  return log.add(actor, {
    kind: 'decision-made',
    body: {
      campaign: CAMPAIGN, item, outcome, until: null, reasonCode: outcome === 'revoke' ? 'not-needed' : null,
      reasonText: outcome === 'revoke' ? '=no longer, "needed"\u2028here' : null, packet: packetOf(item), advice: adviceOf(item),
      adviceVisible: item % 3 !== 0, openMs: item * 1000,
    },
  })
}

/** The trail and the table by risk of a log, as a report tells them; the rest of the facts is empty. */
export function factsOf(log: EventLog): NonNullable<ReportHead['facts']> {
  const replay = replayOf(log)
  const trail = startCampaignTrail(CAMPAIGN)
  for (const { line } of log.events) trail.add(evidenceEvent.parse(JSON.parse(line)))
  const risks = startRiskTable()
  for (const row of itemsOf(replay)) risks.add(row)
  return {
    log: trail.result(replay),
    store: {
      approvedBy: 'officer@example.com', systems: [], leavers: [], orphans: [], freshness: [], outcomeByRisk: risks.result(), conflicts: [], exemptions: [],
      remediation: [], frameworks: [],
    },
  }
}

export function replayOf(log: EventLog): CampaignReplay {
  const replay = startCampaignReplay(CAMPAIGN, sha256)
  for (const { line } of log.events) replay.add(evidenceEvent.parse(JSON.parse(line)))
  return replay.result()
}

export function headOf(replay: CampaignReplay, note: string): ReportHead {
  const { progress, selfReviews, advice, reviewers } = campaignTotals(replay)
  const spec = campaignSpec.parse({
    name: 'Q4 access review', scope: {}, reviewers: { fallback: 'officer@example.com' }, rules: { dueOn: '2026-12-01' }, control: {},
  })
  const [, size = '0', root = ''] = note.split('\n')
  return {
    format: 'muster-evidence-1', product: { name: 'Muster', version: '0.1.0' },
    workspace: { name: 'Example', log: 'muster.example/workspace', rootFingerprint: sha256Hex('root') },
    campaign: {
      id: CAMPAIGN, version: 1, spec, specHash, asOf: '2026-11-20', createdBy: 'officer@example.com', launchedAt: replay.launched?.at ?? '',
      closedAt: replay.closed?.at ?? '', daysLate: 0, sealedAt: '2026-11-22T08:00:00.000Z', sealedBy: 'officer@example.com',
        weights: 'test',
    },
    extracts: [{
      source: 'entra', sourceKind: 'csv-entitlements', run: 1, query: 'whole file', fileName: 'Grants 2026.csv', bytes: RAW.length,
      sha256: sha256Hex(RAW), runBy: 'officer@example.com', startedAt: '2026-11-20T07:00:00.000Z', finishedAt: '2026-11-20T07:01:00.000Z',
      asOf: '2026-11-20', rowsRead: 50, imported: 50, rejected: 0, merged: 0, fieldsDropped: 0, snapshot: 1,
      contentHash: sha256Hex('snapshot'), toolVersion: '0.1.0', notes: [],
    }],
    controlTotals: {
      rowsRead: 50, imported: 50, rejected: 0, merged: 0, progress, difference: 0,
      population: {
        population: replay.items.size + 2, inReview: replay.items.size, excluded: [{ reason: 'not-new', grants: 2 }], difference: 0,
      },
    },
    populationByKind: [], privilegedGrants: 0, leaversWithAccess: 0, orphanAccounts: 0, selfReviews, advice,
    reviewers: reviewers.map((reviewer) => ({ ...reviewer, bases: [...reviewer.bases], name: reviewer.person,
      certificateFingerprint: null })),
    signOffs: replay.signOffs.map(({ reviewer, at, decided, undecided, statement, seq }) => (
      { reviewer, at, decided, undecided, statement, eventSeq: seq, file: `signoffs/${seq}.p7s` }
    )),
    checks: [], exceptions: progress.undecided > 0 ? [`${progress.undecided} items are undecided.`] : [],
    checkpoint: { size: Number(size), root, note }, isTimeProven: false, print: 1,
  }
}

export function* itemsOf(replay: CampaignReplay): Generator<ReportItem> {
  for (const standing of replay.items.values()) {
    const { item, decision } = standing
    yield {
      item, subject: `Person "${item}"`, subjectEmail: standing.subject, subjectKind: 'employee', title: '@Clerk', department: 'Finance',
      account: `acc${item}`, source: 'entra', application: 'SAP', entitlement: 'GRP-FIN-AP-02', entitlementId: `e${item}`,
      description: 'Pays\ninvoices', privilege: 'none', risk: 'medium', path: 'direct', reviewer: standing.reviewer, basis: standing.basis,
      advice: standing.advice, confidence: 'high', score: -item, adviceVisible: decision?.adviceVisible ?? null, words: 'Used last week.',
      packet: standing.packet, outcome: stateOf(standing), until: decision?.until ?? null, reasonCode: decision?.reasonCode ?? null,
      reason: decision?.reasonText ?? null, decidedBy: decision?.decidedBy ?? null, decidedAt: decision?.decidedAt ?? null,
      decisionSeq: decision?.seq ?? null, isSignedOff: standing.signedOffSeq !== null,
    }
  }
}
