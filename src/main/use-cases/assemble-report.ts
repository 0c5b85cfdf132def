import type { ReportCheck, ReportHead, ReportItem } from '../../shared/model/evidence-report.ts'
import type { LogFacts } from '../../shared/model/report-facts.ts'
import { evidenceEvent, type Checkpoint } from '../../shared/model/evidence.ts'
import { reasonCode } from '../../shared/model/decision.ts'
import { reviewerBasis } from '../../shared/model/campaign.ts'
import { identityKind } from '../../shared/model/identity.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { action, confidence } from '../../shared/model/recommendation.ts'
import { startCampaignTrail } from '../core/evidence/campaign-trail.ts'
import { finalTotals } from '../core/campaign/final-outcomes.ts'
import { startCampaignReplay, type CampaignReplay } from '../core/evidence/campaign-replay.ts'
import { startClockCheck, type TimedEvent } from '../core/evidence/chain-check.ts'
import { CLOCK_CHECK, clockSinceLaunch } from '../core/evidence/report-comparison.ts'
import { campaignTotals } from '../core/evidence/report-totals.ts'
import { stateOf } from '../core/evidence/item-standing.ts'
import { campaignSnapshots, type StoredCampaign } from '../storage/campaigns.ts'
import { campaignLines, eventLines } from '../storage/evidence-log.ts'
import type { Queries } from '../storage/database.ts'
import { allPeople } from '../storage/people.ts'
import { itemsForReport, type ItemRow } from '../storage/review-items.ts'
import { extractsOf, populationFigures, type PopulationFigures } from '../storage/report-figures.ts'
import { reportFactsOf } from './assemble-facts.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { itemWords } from './item-words.ts'

/** What the log says happened in a campaign. The report's figures come from here, never from the tables the screens read. */
export async function replayCampaign(
  context: Context, campaign: number, below: number, queries: Queries = context.store.db,
): Promise<CampaignReplay & { readonly facts: LogFacts }> {
  const replay = startCampaignReplay(campaign, context.hash)
  const trail = startCampaignTrail(campaign)
  for await (const line of campaignLines(queries, campaign, below)) {
    const event = evidenceEvent.parse(JSON.parse(line))
    replay.add(event)
    trail.add(event)
  }
  const replayed = replay.result()
  return { ...replayed, facts: trail.result(replayed) }
}

export interface SealFacts {
  readonly campaign: StoredCampaign
  readonly version: number
  readonly replay: CampaignReplay & { readonly facts: LogFacts }
  readonly checkpoint: Checkpoint
  readonly rootFingerprint: string
  readonly workspaceName: string
  readonly sealedAt: string
  /** Who stamped the checkpoint, and when; null where no time authority took part. */
  readonly timeStamp: { readonly authority: string; readonly at: string } | null
}

/** Everything of the report but its items. A check that fails is printed as failed and named among the exceptions. */
export async function reportHeadOf(context: Context, actor: Actor, facts: SealFacts): Promise<ReportHead> {
  const { campaign, replay } = facts
  const { db } = context.store
  if (replay.launched === null || replay.closed === null || campaign.totals === null) {
    throw new Refusal('conflict', 'The campaign was not launched and closed, so there is nothing to seal.')
  }
  const totals = campaignTotals(replay)
  const extracts = await extractsOf(
    db, { snapshots: await campaignSnapshots(db, campaign.id), asOf: campaign.asOf, launchedAt: replay.launched.at }, context.productVersion,
  )
  const figures = await populationFigures(db, campaign.id)
  const people = new Map((await allPeople(db)).map((person) => [person.email, person]))
  const sum = (key: 'rowsRead' | 'imported' | 'rejected' | 'merged'): number => extracts.reduce((total, extract) => total + extract[key], 0)
  const { progress } = totals
  const difference = progress.items - (progress.kept + progress.revoked + progress.keptUntil + progress.lookCloser + progress.undecided)
  const daysLate = Math.max(0, Math.floor((Date.parse(replay.closed.at) - Date.parse(`${campaign.dueOn}T23:59:59.999Z`)) / 86_400_000 + 1))
  const controlTotals = {
    rowsRead: sum('rowsRead'), imported: sum('imported'), rejected: sum('rejected'), merged: sum('merged'), population: campaign.totals, progress, difference,
    ...(replay.final === null ? {} : { final: finalTotals(replay.final) }),
  }
  const checks = [...checksOf({ controlTotals, totals, replay, figures, extracts }), await clockCheck(context, campaign.id, replay, facts.checkpoint.size)]
  return {
    format: 'muster-evidence-1',
    product: { name: 'Muster', version: context.productVersion },
    workspace: { name: facts.workspaceName, log: context.logId, rootFingerprint: facts.rootFingerprint },
    campaign: {
      id: campaign.id, version: facts.version, spec: campaign.spec, specHash: campaign.specHash, asOf: campaign.asOf, createdBy: campaign.createdBy,
      launchedAt: replay.launched.at, closedAt: replay.closed.at, daysLate, sealedAt: facts.sealedAt, sealedBy: actor.email,
      weights: replay.launched.weights,
    },
    extracts,
    controlTotals,
    populationByKind: [...figures.byKind],
    privilegedGrants: figures.privilegedGrants,
    leaversWithAccess: figures.leaversWithAccess,
    orphanAccounts: figures.orphanAccounts,
    selfReviews: totals.selfReviews,
    advice: totals.advice,
    reviewers: totals.reviewers.map((reviewer) => ({
      ...reviewer, bases: [...reviewer.bases], name: people.get(reviewer.person)?.name ?? reviewer.person,
      certificateFingerprint: people.get(reviewer.person)?.fingerprint ?? null,
    })),
    signOffs: replay.signOffs.map((signOff) => ({
      reviewer: signOff.reviewer, at: signOff.at, decided: signOff.decided, undecided: signOff.undecided, statement: signOff.statement,
      eventSeq: signOff.seq, file: `signoffs/${signOff.seq}.p7s`,
    })),
    checks,
    exceptions: exceptionsOf(progress, replay, checks),
    checkpoint: { size: facts.checkpoint.size, root: facts.checkpoint.root, note: facts.checkpoint.note },
    isTimeProven: facts.timeStamp !== null,
    ...(facts.timeStamp === null ? {} : { timeStamp: facts.timeStamp }),
    print: 1,
    facts: await reportFactsOf(context, campaign, replay, replay.facts, { launchedAt: replay.launched.at, closedAt: replay.closed.at }),
  }
}

function checksOf(facts: {
  readonly controlTotals: ReportHead['controlTotals']
  readonly totals: ReturnType<typeof campaignTotals>
  readonly replay: CampaignReplay & { readonly facts: LogFacts }
  readonly figures: PopulationFigures
  readonly extracts: ReportHead['extracts']
}): ReportCheck[] {
  const { controlTotals, totals, replay, figures } = facts
  const { population, progress } = controlTotals
  const cases = new Set([...replay.items.values()].map(({ caseItem }) => caseItem)).size
  const excluded = population.excluded.reduce((sum, { grants }) => sum + grants, 0)
  const unreconciled = facts.extracts.filter((extract) => extract.rowsRead !== extract.imported + extract.rejected + extract.merged)
  const incomplete = facts.extracts.flatMap(({ source, collections = [] }) => (
    collections.filter((one) => !one.isComplete || (one.sourceCount !== null && one.heldCount !== null && one.sourceCount !== one.heldCount))
      .map(({ name }) => `${source}: ${name}`)
  ))
  const isLive = facts.extracts.some(({ collections = [] }) => collections.length > 0)
  const tests = standingTests(replay.facts.tests)
  const failedTests = tests.filter(({ expected, found }) => expected !== found)
  return [
    ...(isLive ? [{
      code: 'collections-complete', title: 'Every collection of a live source was read to its end', passed: incomplete.length === 0,
      detail: incomplete.length === 0 ? 'Each ended without a gap, and holds as many as the source says there are.' : `Not complete: ${incomplete.join(', ')}.`,
    }] : []),
    ...(tests.length > 0 ? [{
      code: 'population-tested', title: 'The population stood the officer\'s tests', passed: failedTests.length === 0,
      detail: `${tests.length - failedTests.length} of ${tests.length} tests of completeness and accuracy gave no difference.`,
    }] : []),
    {
      code: 'extracts-reconcile', title: 'Every row read is accounted for', passed: unreconciled.length === 0,
      detail: `${controlTotals.rowsRead} rows read = ${controlTotals.imported} imported + ${controlTotals.rejected} rejected + ${controlTotals.merged} merged.`,
    },
    {
      code: 'population-adds-up', title: 'The population adds up', passed: population.difference === 0 && population.inReview === cases,
      detail: `${population.population} grants = ${population.inReview} in review + ${excluded} excluded by scope; ${cases} of them in the log.`,
    },
    {
      code: 'snapshots-recompute', title: 'The items are the snapshots\' grants', passed: figures.itemsOutsideSnapshots === 0,
      detail: `${figures.itemsOutsideSnapshots} items concern a grant that none of the campaign's snapshots shows.`,
    },
    {
      code: 'everything-decided', title: 'Every item was decided', passed: progress.undecided === 0,
      detail: `${progress.items - progress.undecided} of ${progress.items} items were decided.`,
    },
    {
      code: 'everything-signed', title: 'Every decision was signed off', passed: progress.signedOff === progress.items - progress.undecided,
      detail: `${progress.signedOff} of ${progress.items - progress.undecided} decisions carry a sign-off.`,
    },
    {
      code: 'no-self-review', title: 'Nobody reviewed their own access', passed: totals.selfReviews === 0,
      detail: `${totals.selfReviews} items were given to or decided by the person they concern.`,
    },
    {
      code: 'own-reviewer', title: 'Every item was decided by its reviewer', passed: totals.decidedByOthers === 0,
      detail: `${totals.decidedByOthers} items were decided by somebody they were not given to.`,
    },
    {
      code: 'log-consistent', title: 'The log does not contradict itself', passed: replay.contradictions.length === 0,
      detail: replay.contradictions.length === 0 ? 'Every event was allowed when it happened.' : replay.contradictions.map(({ seq, detail }) => `${seq}: ${detail}`).join('; '),
    },
  ]
}

/** Of the events the bundle shows in full, as a verifier sees them: those of other campaigns are stubs there and say no time. */
async function clockCheck(context: Context, campaign: number, replay: CampaignReplay, size: number): Promise<ReportCheck> {
  const clock = startClockCheck()
  for await (const { campaignId, line } of eventLines(context.store.db, { from: 0, below: size })) {
    if (campaignId === null || campaignId === campaign) clock.add(JSON.parse(line) as TimedEvent)
  }
  const findings = clockSinceLaunch(clock.findings(), replay)
  return {
    code: CLOCK_CHECK, title: 'The computer\'s clock only went forward', passed: findings.length === 0,
    detail: findings.length === 0 ? 'No event since the launch claims to be older than the one before.' : `${findings.slice(0, 3).map(({ detail }) => detail).join('; ')}.`,
  }
}

/** A later test of the same kind and source stands for an earlier one; all of them are printed. */
function standingTests(tests: LogFacts['tests']): LogFacts['tests'] {
  return [...new Map(tests.map((test) => [`${test.what}\n${test.source ?? ''}`, test])).values()]
}

function exceptionsOf(progress: ReportHead['controlTotals']['progress'], replay: CampaignReplay, checks: readonly ReportCheck[]): string[] {
  const unsigned = progress.items - progress.undecided - progress.signedOff
  const rule = ruleWords[replay.closed?.noAnswer ?? 'leave-open']
  return [
    ...(progress.undecided > 0 ? [`${one(progress.undecided, 'item is', 'items are')} undecided; ${rule}.`] : []),
    ...settledByRule(replay),
    ...(progress.lookCloser > 0 ? [`${one(progress.lookCloser, 'item still waits', 'items still wait')} for a closer look.`] : []),
    ...(unsigned > 0 ? [`${one(unsigned, 'decision was', 'decisions were')} never signed off and ${unsigned === 1 ? 'does' : 'do'} not count.`] : []),
    ...checks
      .filter((check) => !check.passed && check.code !== 'everything-decided' && check.code !== 'everything-signed')
      .map((check) => `FAILED: ${check.title}. ${check.detail}`),
  ]
}

function settledByRule({ final, closed }: CampaignReplay): string[] {
  if (final === null || final.byRule.length === 0) return []
  return [`${one(final.byRule.length, 'grant', 'grants')} nobody answered for ${final.byRule.length === 1 ? 'was' : 'were'} settled by the rule fixed before launch: ${settledWords[closed?.noAnswer ?? 'leave-open']}.`]
}

const settledWords = { 'leave-open': 'left open', keep: 'kept', revoke: 'to be revoked', 'follow-advice': 'as advised' } as const

const ruleWords = {
  'leave-open': 'the rule is to leave open', keep: 'the rule is to keep', revoke: 'the rule is to revoke', 'follow-advice': 'the rule is to follow the advice',
} as const

function one(count: number, single: string, several: string): string {
  return `${count} ${count === 1 ? single : several}`
}

/** The report's items in the order they are printed. What was decided comes from the replayed log. */
export async function* reportItems(context: Context, campaign: StoredCampaign, replay: CampaignReplay): AsyncGenerator<ReportItem> {
  for await (const row of itemsForReport(context.store.db, campaign.id)) {
    const standing = replay.items.get(row.id)
    if (standing === undefined) throw new Refusal('conflict', `Item ${row.id} is in the database but not in the evidence log. Nothing was sealed.`)
    const { decision } = standing
    yield {
      ...subjectOf(row),
      item: row.id, reviewer: standing.reviewer, basis: standing.basis, advice: action.parse(row.advice), confidence: confidence.parse(row.confidence),
      score: row.score, adviceVisible: decision?.adviceVisible ?? null, words: itemWords(row), packet: standing.packet, outcome: stateOf(standing),
      until: decision?.until ?? null, reasonCode: decision?.reasonCode == null ? null : reasonCode.parse(decision.reasonCode),
      reason: decision?.reasonText ?? null, decidedBy: decision?.decidedBy ?? null, decidedAt: decision?.decidedAt ?? null,
      decisionSeq: decision?.seq ?? null, isSignedOff: standing.signedOffSeq !== null,
    }
  }
}

function subjectOf(row: ItemRow) {
  return {
    subject: row.subject_name, subjectEmail: row.subject_email, subjectKind: identityKind.parse(row.subject_kind), title: row.subject_title,
    department: row.subject_department, account: row.account_name, source: row.source_name, application: row.application, entitlement: row.entitlement_name,
    entitlementId: row.entitlement_native_id, description: row.entitlement_description, privilege: privilege.parse(row.privilege),
    risk: risk.parse(row.risk), path: row.path, basis: reviewerBasis.parse(row.basis),
  }
}
