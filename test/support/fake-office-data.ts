import type { z } from 'zod'
import type { sourceCard } from '../../src/shared/contract/sources.ts'
import type { Campaign, CampaignProgress } from '../../src/shared/model/campaign.ts'
import type { Run } from '../../src/shared/model/source.ts'
import { fakeLiveSources } from './fake-live-source.ts'
import { asOf } from './fake-review-data.ts'
import type { FakeSettings } from './fake-engine.ts'
import type { FakeProcedures } from './fake-procedures.ts'

// The officer's side of the fake engine: sources, campaigns and bundles to look at, nothing to change.

const run = (id: number, source: string, kind: Run['sourceKind'], day: string, state: Run['state'], notes: readonly string[] = []): Run =>
  ({
  id, sourceId: id, sourceName: source, sourceKind: kind, state, asOf: day, startedAt: `${day}T06:00:00.000Z`,
    finishedAt: `${day}T06:00:04.000Z`, actor: 'grace.muir@harbourline.example',
  query: `${source}.csv`, file: null, rowsRead: 4_218, imported: 4_193, rejected: 12, merged: 13, fieldsDropped: 2, protectedColumns: [],
    notes: [...notes], snapshotId: state === 'complete' ? id : null,
})

const sources: readonly z.infer<typeof sourceCard>[] = [
  ['Ledger accounts', 'csv-entitlements', '2026-11-21', 'complete', []], ['Sign-in log', 'csv-sign-ins', '2026-11-20', 'complete', []],
  ['People (Workbridge)', 'hr', '2026-11-08', 'complete', []],
  ['Bank portal', 'csv-entitlements', '2026-11-21', 'held', ['The file has 212 rows, the last one had 1,046: it may be cut off.']],
].map(([name, kind, day, state, notes], at) => ({
  id: at + 1, name: name as string, kind: kind as Run['sourceKind'], config: { from: 'file', file: `${at}.csv`, accountsOf: null, holdBelowShare: 0.7 },
    mapping: null, createdAt: '2026-10-01T08:00:00.000Z',
  lastRun: run(at + 1, name as string, kind as Run['sourceKind'], day as string, state as Run['state'], notes as string[]), lastTaken: state === 'complete' ? run(at + 1, name as string, kind as Run['sourceKind'], day as string, 'complete', []) : null,
  heldRun: state === 'held' ? run(at + 1, name as string, kind as Run['sourceKind'], day as string, 'held', notes as string[]) : null, runs: 4,
}))

/** Opens the fake engine's secrets. */
export const secretsPassphrase = 'open sesame please'

const reviewers: readonly (readonly [string, number, number, boolean])[] = [['Helena Brandt', 60, 0, true],
  ['Marcus Oyelaran', 48, 48, true], ['Nina Castellanos', 31, 12, false], ['Yusuf Demirci', 22, 20, true]]

const checks = (isBroken: boolean) => [
  { code: 'manifest', title: 'Every file is listed and unchanged', outcome: isBroken ? 'failed' as const : 'passed' as const,
    detail: isBroken ? 'evidence.json differs from its hash in the manifest.' : '14 files, SHA-256 of each recomputed.' },
  { code: 'signature', title: 'The report is signed, and the signature covers all of it', outcome: 'passed' as const,
    detail: 'Signed by Grace Muir.' },
  { code: 'root', title: 'The certificate leads to the workspace’s root', outcome: 'not-checked' as const,
    detail: 'No root was given: compare its fingerprint with the one you were told.' },
  { code: 'chain', title: 'The chain of events is whole', outcome: 'passed' as const,
    detail: '1,204 events, each follows from the one before.' },
  { code: 'totals', title: 'The figures add up', outcome: 'passed' as const, detail: '4,193 grants = 161 in review + 4,032 excluded.' },
]

/** The procedures that are not a reviewer's. */
export const fakeOffice = (campaign: Campaign, progress: () => CampaignProgress, settings: () => FakeSettings) => (os: FakeProcedures) => {
  const live = fakeLiveSources(os, run(1, 'Ledger accounts', 'csv-entitlements', '2026-11-21', 'complete', ['3 rows could not be read.']), secretsPassphrase, settings().codeTyped)
  const { spec } = campaign
  const sealed: Campaign = {
    ...campaign, id: 2, state: 'sealed', closedAt: '2026-09-30T16:00:00.000Z',
    spec: { ...spec, name: 'Privileged access, third quarter 2026', rules: { ...spec.rules, dueOn: '2026-09-30' } },
  }
  const draft: Campaign = {
    ...campaign, id: 3, state: 'draft', launchedAt: null,
    spec: { ...spec, name: 'Guests and contractors', rules: { ...spec.rules, dueOn: '2026-12-18' } },
  }
  const sealedProgress: CampaignProgress = { items: 212, undecided: 0, kept: 171, revoked: 34, keptUntil: 5, lookCloser: 2, signedOff: 212 }
  const none: CampaignProgress = { items: 0, undecided: 0, kept: 0, revoked: 0, keptUntil: 0, lookCloser: 0, signedOff: 0 }
  // The whole campaign: the reviewer's own part plus what the others have decided.
  const whole = (): CampaignProgress => {
    const own = progress()
    return { ...own, items: own.items + 101, undecided: own.undecided + 21, kept: own.kept + 61, revoked: own.revoked + 19 }
  }
  const all = () =>
    settings().isEmpty
      ? []
      : [{ ...campaign, progress: whole() }, { ...sealed, progress: sealedProgress }, { ...draft, progress: none }]
  return {
    workspace: {
      status: os.workspace.status.handler(() => ({
        workspace: 'Harbourline Logistics', folder: 'harbourline.muster', asOf, identities: settings().isEmpty ? 0 : 503,
          accounts: settings().isEmpty ? 0 : 611, orphanAccounts: settings().isEmpty ? 0 : 7,
        entitlements: settings().isEmpty ? 0 : 304, grants: settings().isEmpty ? 0 : 4_193, hrPeople: 462,
          leaversWithAccess: settings().isEmpty ? 0 : 9, snapshots: [], heldRuns: settings().isEmpty ? 0 : 1, awaitedCertificates: [], hasRoot: true,
        events: settings().isEmpty ? 1 : 1_217, lastCheckpointSize: settings().isEmpty ? null : 1_204, campaigns: all(),
      })),
    },
    work: live.work,
    sources: {
      ...live.sources,
      list: os.sources.list.handler(() => (settings().isEmpty ? [] : [...sources])),
    },
    calendar: { dailyWork: os.calendar.dailyWork.handler(() => []) },
    campaigns: {
      planted: os.campaigns.planted.handler(() => []),
      withoutReviewer: os.campaigns.withoutReviewer.handler(() => []),
      list: os.campaigns.list.handler(all),
      figures: os.campaigns.figures.handler(({ input, errors }) => {
        const one = all().find(({ id }) => id === input.campaign)
        if (one === undefined) throw errors.NOT_FOUND({ message: `There is no campaign ${input.campaign}.` })
        const none = { decisions: 0, kept: 0, medianSeconds: null, bulk: 0, attested: 0, decidedVisible: 0, agreedVisible: 0, decidedHidden: 0, agreedHidden: 0, plantedAnswered: 0, plantedRight: 0 }
        return { campaign: one, progress: one.progress, start: one.progress.items, days: [], total: none, planted: 0, removals: { planned: 0, gone: 0, back: 0, medianHours: null }, reviewers: [], dueDays: [one.dueOn] }
      }),
      status: os.campaigns.status.handler(({ input, errors }) => {
        const one = all().find(({ id }) => id === input.campaign)
        if (one === undefined) throw errors.NOT_FOUND({ message: `There is no campaign ${input.campaign}.` })
        return {
          campaign: one, progress: one.progress,
          totals: one.launchedAt === null ? null
            : { population: 4_193, inReview: 161, excluded: [{ reason: 'department-out-of-scope' as const, grants: 4_032 }],
              difference: 0 },
          reviewers: one.launchedAt === null ? [] : reviewers.map(([name, count, decided, isEnrolled]) => ({
            person: `${name.toLowerCase().replace(' ', '.')}@harbourline.example`, name, isEnrolled, items: count, decided,
              signedOff: decided === count ? decided : 0, signedOffAt: decided === count ? '2026-11-20T14:05:00.000Z' : null,
          })),
        }
      }),
    },
    evidence: {
      bundles: os.evidence.bundles.handler(() => (settings().isEmpty ? [] : [
        { campaign: 2, name: 'Privileged access, third quarter 2026', version: 1, at: '2026-10-01T09:12:00.000Z', by: 'Grace Muir',
          path: 'sealed/privileged-access-2026-q3-v1', exceptions: 0, time: { state: 'proven' as const, authority: 'Example Time unit 1', at: '2026-10-01T09:12:03.000Z' } },
        { campaign: 4, name: 'Joiners and movers, third quarter 2026', version: 2, at: '2026-10-06T15:40:00.000Z', by: 'Grace Muir',
          path: 'sealed/joiners-movers-2026-q3-v2', exceptions: 2, time: { state: 'claimed' as const } },
      ])),
      timeAuthority: os.evidence.timeAuthority.handler(() => ({ url: null, host: null, isBeyondThisMachine: false, roots: [], formerRoots: [] })),
      notes: os.evidence.notes.handler(({ input }) => ({ campaign: input.campaign, name: 'Quarter', state: 'closed', tests: [], samples: [], custody: [], amendments: [], sealed: [] })),
      verifySteps: os.evidence.verifySteps.handler(({ input }) => live.keep({ kind: 'verify', name: `verify:${input.bundle}`, subject: input.bundle }, async function* () {
        yield { state: 'working', step: 'Hashing the files', share: 0 }
        yield { state: 'done', result: { bundle: input.bundle, isValid: !settings().isBundleBroken, checks: checks(settings().isBundleBroken) } }
      })),
      checkLog: os.evidence.checkLog.handler(() => ({ bundle: '', isValid: true, checks: checks(false).slice(3) })),
    },
  }
}
