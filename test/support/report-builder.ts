// A believable report of any size, the same for the same seed: names in several scripts, long and short texts, every outcome, and
// figures that add up. Hostile texts are put in on purpose, see `hostileItems`.
import { campaignScope, reviewerRule } from '../../src/shared/model/campaign.ts'
import type { EvidenceReport, ReportHead, ReportItem } from '../../src/shared/model/evidence-report.ts'

export type ReportOptions = {
  readonly items: number
  readonly seed?: number
  readonly itemsPerReviewer?: number
  readonly itemsPerPerson?: number
}

type Random = { below(limit: number): number; pick<T>(list: readonly T[]): T; chance(percent: number): boolean }

function random(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (list) => {
      const found = list[below(list.length)]
      if (found === undefined) throw new Error('Nothing to pick from')
      return found
    },
    chance: (percent) => next() * 100 < percent,
  }
}

const given = ['Maria', 'Anna', 'James', 'Olga', 'Øyvind', 'Zoë', 'Łukasz', 'Siobhán', 'Παναγιώτης', 'Ирина', 'Ahmet', 'Chloé', 'Björn',
  'Nguyễn', 'Peter', 'Ewa', 'Jürgen', 'Inês', 'Dmytro', 'Fatima'] as const
const family = ['Rossi', 'Berg', 'O’Connor', 'Petrova', 'Hansen', 'Müller', 'Wiśniewski', 'Papadopoulou', 'Кузнецова', 'Yılmaz', 'Lefèvre',
  'Åkesson', 'Văn Thành', 'Clarke', 'Kowalska', 'Schröder', 'Gonçalves', 'Шевченко', 'El-Sayed', 'van der Meer'] as const
const otherScripts = ['שרה כהן', 'محمد عبد الله', '王小明', '佐藤 健', '김민준', '陳美玲'] as const
const titles = ['Accounts payable clerk', 'Regional sales manager', 'Site reliability engineer', 'Payroll specialist', 'Treasury analyst',
  'Warehouse lead', 'HR business partner', 'Data engineer'] as const
const departments = ['Finance', 'Sales EMEA', 'Platform', 'Human resources', 'Treasury', 'Logistics', 'Legal', 'Customer care'] as const
const entitlements = [
  ['Approve supplier invoices', 'SAP Finance', 'Releases invoices above 5,000 EUR for payment.'],
    ['Create suppliers', 'SAP Finance', 'Adds and changes suppliers and their bank details.'],
  ['Read the general ledger', 'SAP Finance', null], ['Production database administrator', 'PostgreSQL prod',
    'Full control of the order database, including reading card tokens.'],
  ['Payroll run', 'Workday', 'Starts and confirms the monthly payroll.'],
    ['Global administrator', 'Microsoft Entra ID', 'Can change everything in the tenant, other administrators included.'],
  ['Sales dashboards', 'Power BI', 'Reads revenue by region and customer.'], ['GRP-FIN-AP-02', 'File server', null],
    ['Customer records, export', 'Salesforce', 'Exports customer lists with contact data.'],
  ['Warehouse scanner', 'SAP EWM', 'Books goods in and out.'],
    ['VPN access for contractors', 'Network', 'Reaches the internal network from outside.'],
    ['Contract archive', 'SharePoint', 'Reads signed contracts.'],
] as const
const sentences = [
  'Last used 12 days before the review; used in 9 of the last 12 months.', 'Not used since 2026-01-14; usage is known from 2025-11-01.',
  'Held by 14 of 16 colleagues with the same title in the same department.', 'Held by 1 of 23 colleagues in the same department.',
  'The person moved from Sales EMEA to Finance on 2026-03-01 and has held this access since before the move.',
    'Together with “Create suppliers” this access breaks the rule Pay and create suppliers.',
  'Used in the last week of each quarter only, which fits the work.',
    'No usage is recorded for this application, so nothing can be said about use.',
] as const

const statement = 'I have looked at the evidence of each item and decided to the best of my knowledge; I know that revokes are carried out.'

const hex = (draw: Random, length: number): string => Array.from({ length }, () => '0123456789abcdef'[draw.below(16)]).join('')

export function buildReport(options: ReportOptions): EvidenceReport {
  return { ...buildHead(options), items: [...buildItems(options)] }
}

/** Items one by one, sorted by reviewer and person, never all in memory. */
export function* buildItems({ items, seed = 7, itemsPerReviewer = 60, itemsPerPerson = 4 }: ReportOptions): Generator<ReportItem> {
  const draw = random(seed)
  let person = buildPerson(draw, 0)
  for (let index = 0; index < items; index++) {
    if (index % itemsPerPerson === 0) person = buildPerson(draw, Math.floor(index / itemsPerPerson))
    yield buildItem(draw, index, person, reviewerEmail(Math.floor(index / itemsPerReviewer)))
  }
}

function reviewerEmail(index: number): string {
  return `reviewer.${String(index + 1).padStart(4, '0')}@northwind.example`
}

type Person = Pick<ReportItem, 'subject' | 'subjectEmail' | 'subjectKind' | 'title' | 'department' | 'account'>

function buildPerson(draw: Random, index: number): Person {
  const id = String(1000 + index)
  if (draw.chance(6)) {return { subject: `svc-backup-${id}`, subjectEmail: null, subjectKind: 'service', title: null, department: null,
    account: `svc-backup-${id}` }}
  const kind = draw.pick(['employee', 'employee', 'employee', 'employee', 'contractor', 'guest', 'unknown'] as const)
  const subject = draw.chance(8) ? draw.pick(otherScripts) : `${draw.pick(given)} ${draw.pick(family)}`
  const account = `u${id}`
  return {
    subject, subjectEmail: kind === 'unknown' ? null : `${account}@northwind.example`, subjectKind: kind, account,
    title: kind === 'unknown' ? null : draw.pick(titles), department: kind === 'unknown' ? null : draw.pick(departments),
  }
}

function buildItem(draw: Random, index: number, person: Person, reviewer: string): ReportItem {
  const [entitlement, application, description] = draw.pick(entitlements)
  const advice = draw.pick(['keep', 'keep', 'keep', 'revoke', 'look-closer'] as const)
  const outcome = outcomeOf(index)
  const isDecided = outcome !== 'undecided'
  const isRevoke = outcome === 'revoke'
  return {
    ...person, item: index + 1, source: draw.pick(['entra', 'sap-export', 'okta']), application, entitlement,
      entitlementId: `ent-${draw.below(300)}`, description,
    privilege: draw.pick(['none', 'none', 'none', 'elevated', 'admin'] as const),
      risk: draw.pick(['low', 'low', 'medium', 'high', 'critical'] as const),
    path: draw.chance(60) ? 'direct' : 'via Finance > Accounts payable > Approvers', reviewer, basis: 'manager', advice,
    confidence: draw.pick(['low', 'medium', 'high'] as const), score: draw.below(5000) - 2500,
      adviceVisible: isDecided ? !draw.chance(10) : null,
    words: Array.from({ length: 2 + draw.below(2) }, () => draw.pick(sentences)).join(' '), packet: hex(draw, 64), outcome,
    until: outcome === 'keep-until' ? '2027-03-31' : null, reasonCode: isRevoke ? draw.pick(['not-needed', 'changed-job',
      'left'] as const) : isDecided && draw.chance(25) ? 'still-needed' : null,
    reason: isRevoke && draw.chance(60) ? 'Moved to Finance in March; the team confirmed that this is no longer part of the job.' : null,
    decidedBy: isDecided ? reviewer : null, decidedAt: isDecided ? workingTime(draw) : null,
    decisionSeq: isDecided ? 4000 + index : null, isSignedOff: isDecided,
  }
}

function workingTime(draw: Random): string {
  const two = (from: number, span: number): string => String(from + draw.below(span)).padStart(2, '0')
  return `2026-11-${two(2, 18)}T${two(8, 10)}:${two(10, 49)}:${two(10, 49)}.000Z`
}

/** By position, so that the totals of any size are known without drawing. Of 20 items: 14 kept, 3 revoked, 1 of each other. */
function outcomeOf(index: number): ReportItem['outcome'] {
  const place = index % 20
  if (place === 3 || place === 9 || place === 15) return 'revoke'
  if (place === 6) return 'keep-until'
  if (place === 12) return 'look-closer'
  return place === 18 ? 'undecided' : 'keep'
}

export function buildHead({ items, seed = 7, itemsPerReviewer = 60 }: ReportOptions): ReportHead {
  const draw = random(seed + 1)
  const counts = { keep: 0, revoke: 0, 'keep-until': 0, 'look-closer': 0, undecided: 0 }
  for (let index = 0; index < items; index++) counts[outcomeOf(index)]++
  const excluded = items === 0 ? 0 : 137 + items
  const merged = Math.floor(items / 50)
  const rejected = Math.ceil(items / 40)
  const imported = items + excluded
  const reviewers = Array.from({ length: Math.ceil(items / itemsPerReviewer) }, (_, index) => {
    const first = index * itemsPerReviewer
    const own = Math.min(itemsPerReviewer, items - first)
    const outcomes = Array.from({ length: own }, (_item, at) => outcomeOf(first + at))
    const decided = outcomes.filter((outcome) => outcome !== 'undecided').length
    return {
      person: reviewerEmail(index), name: `${draw.pick(given)} ${draw.pick(family)}`, bases: ['manager' as const], items: own, decided,
      revoked: outcomes.filter((outcome) => outcome === 'revoke').length,
        signedOffAt: index % 9 === 8 ? null : `2026-11-20T1${index % 10}:05:09.000Z`,
      medianSeconds: index % 7 === 6 ? null : 8 + draw.below(80), agreedWithAdvice: Math.floor(decided * 0.86),
        certificateFingerprint: index < 3 ? hex(draw, 64) : null,
    }
  })
  const exceptions = counts.undecided === 0 ? [] : [`${counts.undecided} items are undecided: no reviewer answered before the close.`]
  if (items > 100) {exceptions.push('4 leavers still have access on the day of the snapshot.',
    'The extract “okta” is 9 days older than the campaign’s as-of date.')}
  return {
    format: 'muster-evidence-1', product: { name: 'Muster', version: '0.1.0' },
    workspace: { name: 'Northwind Trading', log: 'muster.example/northwind', rootFingerprint: hex(draw, 64) },
    campaign: {
      id: 3, version: 1, specHash: hex(draw, 64), asOf: '2026-10-31', createdBy: 'olivia.frank@northwind.example',
        launchedAt: '2026-11-02T08:00:00.000Z',
      closedAt: '2026-11-21T17:30:00.000Z', daysLate: 1, sealedAt: '2026-11-22T05:32:10.000Z', sealedBy: 'olivia.frank@northwind.example',
        weights: 'weights-2026-11',
      spec: {
        name: 'Quarterly access review, fourth quarter 2026',
        scope: campaignScope.parse({ identityKinds: ['employee', 'contractor', 'guest', 'service'] }), strategy: 'one-revoke-revokes', stages: [], escalation: [],
        reviewers: reviewerRule.parse({ fallback: 'olivia.frank@northwind.example' }),
        rules: { dueOn: '2026-11-20', noAnswer: 'leave-open', reasonRequired: ['privileged', 'flagged', 'against-advice'],
          controlSharePercent: 5 },
        control: { id: 'AC-1', text: 'Access rights are reviewed by the responsible manager and revoked where no longer needed.',
          owner: 'Ingrid Åkesson', frequency: 'quarterly', frameworks: ['SOX ITGC', 'SOC 2 CC6.3', 'ISO 27001 A.5.18'] },
      },
    },
    extracts: ['entra', 'sap-export', 'okta'].map((source, index) => {
      const own = (total: number): number => (index === 0 ? total - 2 * Math.floor(total / 3) : Math.floor(total / 3))
      return {
        source, sourceKind: index === 1 ? 'csv' : source, run: 11 + index,
          query: index === 1 ? '' : '/groups/{id}/transitiveMembers?$select=id,displayName,userPrincipalName,accountEnabled&$top=999',
        fileName: `${source}-2026-10-31.jsonl.gz`, bytes: 48_211 + index * 9_731 + items * 61, sha256: hex(draw, 64),
          runBy: 'olivia.frank@northwind.example', startedAt: '2026-10-31T22:00:00.000Z',
        finishedAt: '2026-10-31T22:07:41.000Z', asOf: '2026-10-31', rowsRead: own(imported) + own(rejected) + own(merged), imported: own(imported),
          rejected: own(rejected), merged: own(merged), fieldsDropped: index * 2,
        snapshot: 5 + index, contentHash: hex(draw, 64), toolVersion: '0.1.0',
          notes: index === 2 ? ['The provider keeps sign-ins for 90 days; usage before 2026-08-02 is unknown.'] : [],
      }
    }),
    controlTotals: {
      rowsRead: imported + rejected + merged, imported, rejected, merged,
      population: { population: items + excluded, inReview: items,
        excluded: excluded === 0 ? [] : [{ reason: 'application-out-of-scope', grants: excluded - 30 },
        { reason: 'kind-out-of-scope', grants: 30 }], difference: 0 },
      progress: { items, undecided: counts.undecided, kept: counts.keep, revoked: counts.revoke, keptUntil: counts['keep-until'],
        lookCloser: counts['look-closer'], signedOff: items - counts.undecided },
      difference: 0,
    },
    populationByKind: items === 0 ? [] : [
      { kind: 'employee', identities: Math.ceil(items / 6), grants: items }, { kind: 'service', identities: 12, grants: 97 },
        { kind: 'unknown', identities: 9, grants: excluded - 97 },
    ],
    privilegedGrants: Math.floor(items / 9), leaversWithAccess: items > 100 ? 4 : 0, orphanAccounts: 9, selfReviews: 0,
    advice: { agreedVisible: Math.floor(items * 0.74), decidedVisible: Math.floor(items * 0.85), agreedHidden: Math.floor(items * 0.07),
      decidedHidden: Math.floor(items * 0.1) },
    reviewers,
    signOffs: reviewers.filter(({ signedOffAt }) => signedOffAt !== null).map((reviewer, index) => ({
      reviewer: reviewer.name, at: reviewer.signedOffAt ?? '', decided: reviewer.decided, undecided: reviewer.items - reviewer.decided,
      statement, eventSeq: 5200 + index,
      file: `signoffs/${index + 1}-${reviewer.person.split('@')[0] ?? ''}.p7s`,
    })),
    checks: [
      { code: 'totals-add-up', title: 'Control totals add up', passed: true,
        detail: 'Rows read, imported, in review and decided agree; the difference is 0.' },
      { code: 'no-self-review', title: 'Nobody reviewed their own access', passed: true, detail: '0 self-reviews.' },
      { code: 'all-decided', title: 'Every item has a decision', passed: counts.undecided === 0,
        detail: `${counts.undecided} of ${items} items have no decision.` },
      { code: 'chain-holds', title: 'The event chain holds', passed: true,
        detail: 'Every event names the hash of the one before it; the checkpoint extends the last one signed.' },
      { code: 'rows-match-events', title: 'Decision rows equal their events', passed: true,
        detail: `${items - counts.undecided} rows compared with their events.` },
      { code: 'snapshots-match', title: 'Snapshots equal their content hashes', passed: true, detail: '3 snapshots hashed again.' },
      { code: 'fresh-enough', title: 'No extract is older than 7 days at launch', passed: items <= 100,
        detail: items <= 100 ? 'The oldest extract is 2 days old.' : '“okta” was 9 days old.' },
      { code: 'all-signed-off', title: 'Every reviewer signed off', passed: reviewers.every(({ signedOffAt }) => signedOffAt !== null),
        detail: `${reviewers.filter(({ signedOffAt }) => signedOffAt === null).length} reviewers have not.` },
    ],
    exceptions, checkpoint: { size: 5_321, root: 'nVvyUq7L0w8oRkTzqv1b1Q5u5kQnq0pJm5n8oE9dXgE=',
      note: 'muster.example/northwind\n5321\nnVvyUq7L0w8oRkTzqv1b1Q5u5kQnq0pJm5n8oE9dXgE=\n' },
    isTimeProven: false, facts: buildFacts(items, reviewers),
  }
}

/** The trail and the named lists for a report of this size; the risks of generated items are drawn, so the table by risk is only alike. */
function buildFacts(items: number, reviewers: ReportHead['reviewers']): NonNullable<ReportHead['facts']> {
  const told = (seq: number, day: string) => ({ seq, at: `2026-11-${day}T09:30:00.000Z`, by: 'olivia.frank@northwind.example' })
  const hash = 'a3f1'.repeat(16)
  const part = (percent: number): number => Math.floor((items * percent) / 100)
  const risks = ([['low', 46], ['medium', 24], ['high', 19], ['critical', 11]] as const).map(([risk, percent]) => {
    const own = part(percent)
    const revoke = Math.floor((own * (risk === 'critical' ? 40 : risk === 'high' ? 25 : 9)) / 100)
    const [keepUntil, lookCloser, undecided] = [Math.floor(own / 20), Math.floor(own / 25), Math.floor(own / 20)]
    return { risk, items: own, keep: own - revoke - keepUntil - lookCloser - undecided, revoke, keepUntil, lookCloser, undecided }
  })
  return {
    log: {
      handedOn: [{ ...told(700, '06'), from: 'reviewer.0002@northwind.example', to: 'reviewer.0001@northwind.example', basis: 'reassigned', why: 'reassigned', items: 4, reason: 'On leave until January' }],
      stages: [], extensions: [{ ...told(900, '16'), stage: 1, from: '2026-11-18', to: '2026-11-20', reason: 'Quarter-end closing' }],
      reminders: [{ ...told(850, '13'), people: 3, open: 41, channel: 'list' }],
      questions: [{ ...told(800, '09'), item: 3, asked: 'owner@northwind.example', role: 'owner', text: 'Is the export still used by the audit team?', answer: null }],
      circular: [{ one: 'reviewer.0001@northwind.example', other: 'reviewer.0002@northwind.example', items: 5 }],
      pace: reviewers.slice(0, 40).map(({ person, decided }, index) => ({ person, decisions: decided + 1, quick: Math.floor((decided * (index % 5)) / 9), undone: index % 3 })),
      days: ([['03', 12], ['04', 9], ['05', 16], ['09', 14], ['10', 8], ['13', 11], ['16', 9], ['18', 10], ['19', 4], ['20', 2]] as const)
        .map(([day, percent]) => ({ day: `2026-11-${day}`, decided: part(percent), signedOff: day === '10' ? part(38) : day === '20' ? part(51) : 0 })),
      wording: [{ model: 'qwen3:4b', digest: hash, worded: 40, sentences: 131, replaced: 6, disagreed: 2 }],
      tests: [
        { ...told(1000, '02'), test: 1, what: 'hr-headcount', source: null, how: 'Headcount report of HR of 31 October', expected: 812, found: 812, explanation: '' },
        { ...told(1001, '02'), test: 2, what: 'console-count', source: 'okta', how: 'People page of the console', expected: 640, found: 633, explanation: '7 made after the extract' },
      ],
      samples: [{ ...told(1100, '21'), sample: 1, seed: 'draw of 21 November: 4 8 15 16', method: 'sha256-order-1', among: 'revoke', population: part(15), items: [3, 9, 16] }],
      custody: [{ ...told(1200, '21'), what: 'retention', where: 'audit share, folder Q4', note: 'seven years by policy', until: '2033-12-31' }],
      amendments: [], sealed: [],
    },
    store: {
      approvedBy: 'olivia.frank@northwind.example',
      systems: [
        { source: 'entra', kind: 'entra', isIn: true, why: 'snapshot 5, as of 2026-10-31' }, { source: 'okta', kind: 'okta', isIn: true, why: 'snapshot 7, as of 2026-10-31' },
        { source: 'sap-export', kind: 'csv-entitlements', isIn: true, why: 'snapshot 6, as of 2026-10-31' },
        { source: 'legacy-hr', kind: 'csv-entitlements', isIn: false, why: 'left out by the scope fixed before launch' },
      ],
      leavers: [{ person: 'Hugo Wiśniewski', account: 'u1044', source: 'entra', items: 3 }],
      orphans: [{ account: 'svc-old-backup', source: 'sap-export', kind: 'service', items: 2 }],
      freshness: [
        { source: 'entra', snapshot: 5, asOf: '2026-10-31', daysAtLaunch: 2, daysAtClose: 21, laterSnapshots: 3, gone: 14, added: 22 },
        { source: 'sap-export', snapshot: 6, asOf: '2026-10-28', daysAtLaunch: 5, daysAtClose: 24, laterSnapshots: 0, gone: 0, added: 0 },
        { source: 'okta', snapshot: 7, asOf: '2026-10-24', daysAtLaunch: 9, daysAtClose: 28, laterSnapshots: 1, gone: 2, added: 5 },
      ],
      outcomeByRisk: risks.filter((one) => one.items > 0),
      conflicts: [{ rule: 'Pay and create suppliers', severity: 'critical', people: 4, items: 8, mitigated: 2, exempt: 1 }],
      exemptions: [{
        rule: 'Pay and create suppliers', subject: 'Anna Petrova', owner: 'ingrid.akesson@northwind.example', reason: 'Only two people in the branch', until: '2027-03-31',
        grantedBy: 'olivia.frank@northwind.example', grantedAt: '2026-10-12T09:00:00.000Z', state: 'active',
      }],
      remediation: [],
      frameworks: [{ id: 'soc-2', name: 'SOC 2', edition: 'Trust Services Criteria 2017', clauses: [
        { ref: 'CC6.3', title: 'Role-based access, least privilege', asks: 'Access is reviewed periodically.', answeredBy: ['6', '12'] },
      ] }],
    },
  }
}
