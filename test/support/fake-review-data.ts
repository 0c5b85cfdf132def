import { pathSteps } from '../../src/shared/model/access-path.ts'
import type { z } from 'zod'
import type { queueItem, reviewItem } from '../../src/shared/contract/review.ts'
import { campaignScope, reviewerRule, type Campaign } from '../../src/shared/model/campaign.ts'
import type { Outcome } from '../../src/shared/model/decision.ts'
import type { HrEvent, IdentityKind } from '../../src/shared/model/identity.ts'
import type { Privilege, Risk } from '../../src/shared/model/entitlement.ts'
import type { EvidencePacket } from '../../src/shared/model/recommendation.ts'
import type { Signal } from '../../src/shared/model/signal.ts'
import { asKnownToReviewer, isReasonRequired, latestUntil, reasonsFor } from '../../src/main/core/campaign/decision-rules.ts'
import { englishWriter } from '../../src/main/core/narrative/plain-text.ts'
import { renderNarrative } from '../../src/main/core/narrative/render.ts'
import { templateNarrative } from '../../src/main/core/narrative/template.ts'
import { isFlagged, recommend } from '../../src/main/core/recommendation/recommend.ts'
import { compareByRisk } from '../../src/main/core/recommendation/risk-rank.ts'

// A believable queue for looking at and clicking through the screens: what is invented are people and facts; advice, words, flags and
// the order come from the core, so that the screens are seen with sentences as long as the real ones.

export const asOf = '2026-11-22'

type Body = Signal extends infer S ? (S extends Signal ? Omit<S, 'id' | 'rows' | 'direction'> : never) : never

interface FakePerson { readonly name: string; readonly title: string | null; readonly department: string
  | null; readonly kind: IdentityKind; readonly history: readonly HrEvent[] }
interface FakeRight {
  readonly name: string; readonly native: string; readonly application: string; readonly description: string | null; readonly owner: string
    | null
  readonly privilege: Privilege; readonly risk: Risk
}

export interface FakeItem {
  readonly queue: z.infer<typeof queueItem>
  readonly item: z.infer<typeof reviewItem>
  /** What the reviewer learns once they have chosen. */
  readonly known: { readonly advice: NonNullable<z.infer<typeof reviewItem>['advice']>;
    readonly counter: z.infer<typeof reviewItem>['counter']; readonly signals: Signal[] }
}

const event = (kind: HrEvent['kind'], on: string, attribute: HrEvent['attribute'] = null, from: string | null = null,
  to: string | null = null): HrEvent =>
  ({ employeeId: 'e', kind, attribute, from, to, effectiveOn: on, seenAsOf: on })
const person = (name: string, title: string | null, department: string | null, kind: IdentityKind = 'employee',
  history: readonly HrEvent[] = []): FakePerson =>
  ({ name, title, department, kind, history: kind === 'employee' && history.length === 0 ? [event('joiner', '2023-04-03')] : history })

const people: readonly FakePerson[] = [
  person('Ana Duarte', 'Financial Accountant', 'Finance', 'employee',
    [event('joiner', '2021-02-01'), event('mover', '2026-05-01', 'department', 'Procurement', 'Finance')]),
  person('Tomasz Wieczorek', 'Accounts Payable Clerk', 'Finance'),
  person('Priya Raghunathan', 'Treasury Analyst', 'Finance'),
  person('Jonas Lindqvist', 'Controller', 'Finance', 'employee',
    [event('joiner', '2017-09-01'), event('leave', '2026-08-10', 'status', 'active', 'on-leave')]),
  person('Mei-Ling Chow', 'Tax Specialist', 'Finance'),
  person('David Okonkwo', 'Financial Accountant', 'Finance', 'employee',
    [event('joiner', '2019-06-17'), event('leaver', '2026-10-31', 'status', 'active', 'inactive')]),
  person('Sara Haddad', 'Credit Analyst', 'Finance'),
  person('Lukas Brandstätter', 'Payroll Specialist', 'Finance'),
  person('Ivana Perić', 'External Auditor', 'Kestrel & Partners', 'guest'),
  person('Rahul Menon', 'ERP Consultant', 'Northgate Consulting', 'contractor'),
  person('svc-erp-batch', null, 'IT Operations', 'service'),
  person('Oluwaseun Adébáyò-Whittington', 'Senior Financial Planning and Analysis Manager', 'Finance'),
]

const right = (name: string, native: string, application: string, privilege: Privilege, risk: Risk, description: string | null,
  owner: string | null = 'grace.muir@harbourline.example'): FakeRight =>
  ({ name, native, application, description, owner, privilege, risk })

const rights: readonly FakeRight[] = [
  right('Approve supplier payments', 'GRP-FIN-AP-02', 'Ledger ERP', 'elevated', 'critical',
    'Releases supplier payments up to 50,000 without a second approval.'),
  right('Enter supplier invoices', 'GRP-FIN-AP-01', 'Ledger ERP', 'none', 'medium',
    'Creates and changes supplier invoices before they are approved.'),
  right('Maintain supplier master data', 'GRP-PROC-MD-01', 'Ledger ERP', 'elevated', 'high',
    'Creates suppliers and changes their bank details.'),
  right('Bank portal: initiate transfers', 'TRS-BANK-INIT', 'Bank portal', 'elevated', 'critical',
    'Prepares transfers from company accounts; a second person releases them.', null),
  right('Finance shared drive', 'FS-FIN-RW', 'File shares', 'none', 'low', 'Read and change files of the finance team.'),
  right('Payroll reports', 'HR-PAY-READ', 'People portal', 'none', 'high', 'Reads salaries and payslips of all employees.'),
  right('Month-end close cockpit', 'GRP-FIN-CLOSE', 'Ledger ERP', 'none', 'medium', 'Runs and signs the steps of the monthly close.'),
  right('GRP_LEGACY_FI_7730', 'GRP_LEGACY_FI_7730', 'Ledger ERP', 'none', 'medium', null, null),
  right('ERP administrator', 'ERP-ADMIN', 'Ledger ERP', 'admin', 'critical', 'Full control over configuration, users and data of the ERP.'),
  right('Expense tool', 'EXP-USER', 'Expenses', 'none', 'low', 'Hands in and sees own expenses.'),
]

const months =
  (pattern: readonly number[]) =>
    pattern.map((days, at) => ({ month: at < 1 ? '2025-12' : `2026-${String(at).padStart(2, '0')}`, days })).filter(({ days }) => days > 0)
const used = (days: number, lastUsed: string,
  weight: number): Body => ({ kind: 'last-use', weight, quality: 'observed', facts: { lastUsed, days, of: 'application' } })
const rhythm = (name: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'seldom', pattern: readonly number[], weight: number,
  isWithinRhythm = true): Body => ({
  kind: 'usage-frequency', weight, quality: 'observed',
  facts: {
    rhythm: name, activeDays: pattern.reduce((sum, days) => sum + days, 0), activeMonths: pattern.filter((days) => days > 0).length,
      coveredMonths: 12,
    typicalGapDays: name === 'quarterly' ? 91 : name === 'monthly' ? 30 : 3, isWithinRhythm, months: months(pattern),
  },
})
const peers = (holders: number, of: number, weight: number, group: string): Body => ({
  kind: 'peer-prevalence', weight, quality: 'inferred',
    facts: { basis: 'department-and-title', group, peers: of, holders, percent: Math.round((100 * holders) / of) },
})
const path =
  (text: string): Body =>
    ({ kind: 'grant-path', weight: text === 'direct' ? 0 : 300, quality: 'observed', facts: { path: text, isDirect: text === 'direct' } })
const age = (since: string, days: number): Body =>
  ({ kind: 'grant-age', weight: days > 730 ? -200 : 0, quality: 'observed', facts: { since, days } })

const everyMonth = [16, 14, 15, 17, 16, 18, 15, 17, 12, 16, 18, 13]
const stopped = [9, 11, 8, 7, 9, 2, 0, 0, 0, 0, 0, 0]
const quarterEnds = [0, 3, 0, 0, 4, 0, 0, 3, 0, 0, 4, 0]

type Scenario = (who: FakePerson,
  what: FakeRight) => { readonly signals: readonly Body[]; readonly grantedAt: string | null; readonly path: string }

const ordinary: Scenario =
  (who) => ({ grantedAt: '2024-03-04', path: 'via Finance > All staff',
    signals: [used(2, '2026-11-20', 1400), rhythm('daily', everyMonth, 500),
      peers(17, 19, 1800, `${who.department ?? ''} · ${who.title ?? ''}`), path('via Finance > All staff')] })
const leftOver: Scenario = () => ({
  grantedAt: '2023-06-12', path: 'direct',
  signals: [
    { kind: 'mover', weight: -2200, quality: 'observed',
      facts: { attribute: 'department', from: 'Procurement', to: 'Finance', on: '2026-05-01', days: 205, oldPeersPercent: 88,
        newPeersPercent: 5 } },
    used(187, '2026-05-19', -1700), rhythm('weekly', stopped, -400, false),
    { kind: 'usage-vs-peers', weight: -400, quality: 'observed',
      facts: { basis: 'holders', peers: 14, ownDays: 2, medianDays: 71, windowDays: 180 } },
    { kind: 'dormant-account', weight: -400, quality: 'observed', facts: { lastSeen: '2026-05-19', since: '2026-05-19', days: 187 } },
    peers(1, 19, -1500, 'Finance · Financial Accountant'),
    { kind: 'similar-identities', weight: -200, quality: 'inferred', facts: { people: 10, holders: 2, likeness: 62 } },
    { kind: 'past-decision', weight: 400, quality: 'observed', facts: { basis: 'same-grant', kept: 2, revoked: 0, latest: '2025-11-28' } },
    { kind: 'unreviewed-streak', weight: -300, quality: 'observed', facts: { campaigns: 2, since: '2026-02-28' } },
      path('direct'), age('2023-06-12', 1259),
  ],
})
const conflicting: Scenario = (who) => ({
  grantedAt: '2025-09-15', path: 'via Finance > Accounts payable',
  signals: [
    { kind: 'sod-conflict', weight: -2200, quality: 'inferred',
      facts: { ruleId: 'pay-1', ruleName: 'Nobody enters and approves the same payment', severity: 'critical',
        otherEntitlement: 'Enter supplier invoices', otherEntitlementId: 2 } },
    used(1, '2026-11-21', 1400), rhythm('daily', everyMonth, 500), peers(4, 19, 300, `Finance · ${who.title ?? ''}`),
      path('via Finance > Accounts payable'), age('2025-09-15', 433),
  ],
})
const quarterly: Scenario =
  () => ({ grantedAt: '2022-01-10', path: 'direct',
    signals: [used(53, '2026-09-30', 500), rhythm('quarterly', quarterEnds, 800), peers(7, 23, 300, 'Finance'), path('direct'),
      age('2022-01-10', 1777)] })
const leaver: Scenario = () => ({
  grantedAt: '2021-04-06', path: 'via Finance > Ledger', signals: [
    { kind: 'leaver', weight: -4000, quality: 'observed', facts: { how: 'status', on: '2026-10-31', days: 22 } },
    used(24, '2026-10-29', 1400), { kind: 'account-disabled', weight: -1300, quality: 'observed', facts: { isEnabled: false } },
      peers(15, 19, 1800, 'Finance · Financial Accountant'), path('via Finance > Ledger'),
  ],
})
const dark: Scenario = () => ({
  grantedAt: null, path: 'via Legacy > FI > 77xx', signals: [
    { kind: 'data-gap', weight: 0, quality: 'missing', facts: { about: 'usage', knownSince: '2026-08-14', days: 100 } },
    { kind: 'data-gap', weight: 0, quality: 'missing', facts: { about: 'granted-at', knownSince: '2026-02-03', days: 292 } },
    { kind: 'no-peer-group', weight: 0, quality: 'missing', facts: { largestGroup: 3, needed: 5 } }, path('via Legacy > FI > 77xx'),
  ],
})
const workload: Scenario =
  () => ({ grantedAt: '2020-05-05', path: 'direct',
    signals: [{ kind: 'service-account', weight: 0, quality: 'observed', facts: { kind: 'service' } }, used(0, asOf, 1400), path('direct'),
      age('2020-05-05', 2392)] })
const outsider: Scenario = (who) => ({
  grantedAt: '2026-03-02', path: 'direct', signals: [
    { kind: 'outsider', weight: who.kind === 'guest' ? -300 : -150, quality: 'observed',
      facts: { kind: who.kind === 'guest' ? 'guest' : 'contractor' } },
    { kind: 'never-used', weight: -2000, quality: 'inferred', facts: { since: '2026-03-02', days: 265, of: 'application' } },
    { kind: 'expiring', weight: -1500, quality: 'observed', facts: { on: '2026-06-30', days: -145, isPast: true } },
    { kind: 'manager-change', weight: -100, quality: 'observed', facts: { on: '2026-09-01', days: 82 } }, path('direct'),
  ],
})
const fresh: Scenario =
  () => ({ grantedAt: '2026-11-03', path: 'direct',
    signals: [{ kind: 'new-grant', weight: 500, quality: 'observed', facts: { since: '2026-11-03', days: 19 } },
      used(4, '2026-11-18', 1400), peers(9, 19, 300, 'Finance'), path('direct')] })

const scenarioFor = (who: FakePerson, what: FakeRight, at: number): Scenario => {
  if (who.kind === 'service') return workload
  if (who.history.some((one) => one.kind === 'leaver')) return leaver
  if (who.kind !== 'employee') return outsider
  if (what.description === null) return dark
  if (who.name === 'Ana Duarte' && ['GRP-PROC-MD-01', 'TRS-BANK-INIT'].includes(what.native)) return leftOver
  if (what.native === 'GRP-FIN-AP-02') return conflicting
  if (what.native === 'HR-PAY-READ' || what.native === 'GRP-FIN-CLOSE') return quarterly
  return at % 9 === 4 ? fresh : ordinary
}

const outcomes: readonly Outcome[] = ['keep', 'revoke', 'keep-until', 'look-closer']
const byOutcome =
  <T>(of: (outcome: Outcome) => T): Record<Outcome, T> =>
    Object.fromEntries(outcomes.map((outcome) => [outcome, of(outcome)])) as Record<Outcome, T>

const makeItem = (campaign: Campaign, who: FakePerson, what: FakeRight, itemId: number,
  key: string): FakeItem & { packet: EvidencePacket; recommendation: ReturnType<typeof recommend> } => {
  const told = scenarioFor(who, what, itemId)(who, what)
  const harm: Body[] = [
    ...(what.privilege === 'none' ? []
      : [{ kind: 'privilege' as const, weight: what.privilege === 'admin' ? -600 : -300, quality: 'observed' as const,
        facts: { privilege: what.privilege } }]),
    ...(what.risk === 'high' || what.risk === 'critical'
      ? [{ kind: 'risk' as const, weight: what.risk === 'critical' ? -600 : -300, quality: 'observed' as const,
        facts: { risk: what.risk } }] : []),
  ]
  const signals =
    [...told.signals, ...harm].map((body, at) =>
      ({ ...body, id: `E${at + 1}`, rows: [`grant:${itemId}`],
        direction: body.weight > 0 ? 'keep' : body.weight < 0 ? 'revoke' : 'none' }) as Signal)
  const packet: EvidencePacket = {
    v: 1, asOf, subject: { alias: 'USER', kind: who.kind, identityId: itemId, accountId: itemId },
    access: { alias: 'ENT', entitlementId: 1, grantId: itemId, privilege: what.privilege, risk: what.risk }, signals,
      engine: { version: '1', weights: '1' },
  }
  const recommendation = recommend(packet, { bias: 0, keepAt: 700, revokeAt: -900 })
  const words = renderNarrative(templateNarrative(packet, recommendation), packet,
    { USER: who.name, ENT: what.name, APP: what.application }, englishWriter)
  const isHidden = what.risk === 'critical' && itemId % 3 === 0
  const flagged = isFlagged(recommendation, packet)
  const known =
    { advice: { action: recommendation.action, confidence: recommendation.confidence, score: recommendation.score, bias: 0,
      rules: [...recommendation.rules], routed: recommendation.action }, counter: words.counter, signals }
  const judged = asKnownToReviewer({ advice: recommendation.action, privilege: what.privilege, isFlagged: flagged }, isHidden)
  const login = who.name.toLowerCase().normalize('NFKD').replace(/[^a-z -]/g, '').replaceAll(/[ -]+/g, '.')
  return {
    packet, recommendation, known,
    queue: {
      itemId, n: itemId, subjectKey: key, subjectName: who.name, subjectTitle: who.title, subjectDepartment: who.department,
        subjectKind: who.kind,
      entitlementName: what.name, application: what.application, privilege: what.privilege, risk: what.risk,
      advice: isHidden ? null : recommendation.action, isFlagged: !isHidden && flagged, modelDisagrees: false, state: 'undecided',
      isSignedOff: false,
    },
    item: {
      itemId, n: itemId, campaignId: campaign.id, basis: 'manager', asOf,
      subject: { name: who.name, kind: who.kind, email: `${login}@harbourline.example`, title: who.title, department: who.department,
        history: [...who.history] },
      access: {
        account: login, source: 'Ledger accounts', application: what.application, entitlement: what.name, entitlementNativeId: what.native,
          description: what.description,
        owner: what.owner, privilege: what.privilege, risk: what.risk, path: told.path, via: [...pathSteps(told.path)], grantedAt: told.grantedAt, holders: 23,
      },
      advice: isHidden ? null : known.advice, isAdviceHidden: isHidden, claims: [...words.claims],
        counter: isHidden ? null : words.counter, wordedBy: 'template', wording: null, otherOpinion: null, former: [],
      signals: isHidden ? signals.map((signal) => ({ ...signal, weight: 0 })) : signals,
        packetHash: `${itemId.toString(16).padStart(4, '0')}9f3ac1d2b7e8`.padEnd(64, '0'), decision: null,
      reasonRequired: byOutcome((outcome) => isReasonRequired(campaign.spec.rules, judged, outcome)),
        reasons: byOutcome((outcome) => [...reasonsFor[outcome]]), latestUntil: latestUntil(asOf),
    },
  }
}

/** The first item that is advised to keep, as it stands once a language model has read it differently. */
export const readOtherwise = (items: readonly FakeItem[]): readonly FakeItem[] => {
  const which = items.findIndex(({ item }) => item.advice?.action === 'keep')
  return items.map((one, at) => {
    const { advice } = one.item
    if (at !== which || advice === null) return one
    const routed = { ...advice, routed: 'look-closer' as const }
    return {
      known: { ...one.known, advice: routed }, queue: { ...one.queue, advice: 'look-closer', modelDisagrees: true },
      item: { ...one.item, advice: routed, otherOpinion: { model: 'llama3.2:3b', verdict: 'revoke' }, reasonRequired: { ...one.item.reasonRequired, keep: true } },
    }
  })
}

export const fakeCampaign: Campaign = {
  id: 1, state: 'running', asOf, createdAt: '2026-11-16T08:12:00.000Z', createdBy: 'grace.muir@harbourline.example',
    launchedAt: '2026-11-17T07:30:00.000Z', closedAt: null, dueOn: '2026-12-04', stage: 1,
  spec: {
    name: 'Finance access, fourth quarter 2026',
    scope: campaignScope.parse({ departments: ['Finance'] }), strategy: 'one-revoke-revokes', stages: [], escalation: [],
    reviewers: reviewerRule.parse({ fallback: 'grace.muir@harbourline.example' }),
    rules: { dueOn: '2026-12-04', noAnswer: 'leave-open', reasonRequired: ['privileged', 'flagged', 'against-advice'],
      controlSharePercent: 5 },
    control: { id: 'AC-1', text: 'Access rights are reviewed quarterly.', owner: 'Grace Muir', frequency: 'quarterly',
      frameworks: ['ISO 27001'] },
  },
}

/** About `size` items, riskiest first: every person with some of the rights. Sizes over 60 repeat the people with numbered names. */
export const fakeItems = (size: number): readonly FakeItem[] => {
  const made: ReturnType<typeof makeItem>[] = []
  for (let round = 0; made.length < size; round += 1) {
    for (const [at, who] of people.entries()) {
      for (const [index, what] of rights.entries()) {
        const isHeld = who.kind === 'service' ? what.native === 'ERP-ADMIN' || what.native === 'TRS-BANK-INIT'
          : what.privilege !== 'admin' && (index + at * 3) % 2 === 0 || (at < 3 && index < 4)
        if (!isHeld || made.length >= size) continue
        made.push(makeItem(fakeCampaign, round === 0 ? who : { ...who, name: `${who.name} ${round + 1}` }, what, made.length + 1,
          `identity:${round * people.length + at}`))
      }
    }
  }
  return made.toSorted(compareByRisk).map(({ queue, item, known }, at) => ({ queue: { ...queue, n: at + 1 }, item: { ...item, n: at + 1 }, known }))
}

