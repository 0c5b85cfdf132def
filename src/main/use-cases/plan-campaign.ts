import type { ExclusionReason, PopulationTotals, ReviewConflict, ReviewerBasis, ReviewerRule } from '../../shared/model/campaign.ts'
import { assignReviewers, type AssignmentCase, type Candidate, type Load, type NamedPeople } from '../core/campaign/assign-reviewers.ts'
import { watchConflicts } from '../core/campaign/conflicted-reviews.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { populationTotals } from '../core/campaign/population-totals.ts'
import { exclusionOf, needsEvidence, type WeighedFacts } from '../core/campaign/scope.ts'
import type { Queries } from '../storage/database.ts'
import { loadPopulation } from '../storage/population.ts'
import {
  countGrants, entitlementOwners, identitiesByEmail, managers, populationRows, snapshotsAsOf, type ReviewerRow,
} from '../storage/campaign-population.ts'
import { personByEmail } from '../storage/people.ts'
import { privilegedHoldings, reportingLines } from '../storage/review-ties.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import type { Context } from './context.ts'
import { weighPopulation } from './weigh-population.ts'

export interface PlannedReviewer {
  readonly email: string
  readonly name: string
  readonly identityId: number | null
}

/** What a campaign would review and who would, before anything is written. */
export interface CampaignPlan {
  readonly snapshots: Awaited<ReturnType<typeof snapshotsAsOf>>
  readonly totals: PopulationTotals
  readonly excluded: readonly { grantId: number; reason: ExclusionReason }[]
  /** By grant id: who reviews which grant on what basis; several lines where several people are asked. */
  readonly items: readonly { grantId: number; reviewer: number; basis: ReviewerBasis }[]
  readonly reviewers: readonly PlannedReviewer[]
  /** Grants for which only the subject themself was left. */
  readonly withoutReviewer: number
  readonly withoutManager: number
  /** Reviews that are no independent look and stay, because the rule allows them or nobody else is left; and those that were rerouted. */
  readonly conflicted: Readonly<Record<ReviewConflict, number>>
  readonly rerouted: number
}

/**
 * Goes once over the population of the snapshots as of the campaign's day: every grant is either excluded for a reason or given to
 * a reviewer. The population is counted apart from that walk, so that a lost grant would show as a difference.
 */
export async function planCampaign(context: Context, campaign: Pick<StoredCampaign, 'spec' | 'asOf' | 'createdBy'>): Promise<CampaignPlan> {
  const { db } = context.store
  const { spec } = campaign
  const snapshots = await snapshotsAsOf(db, campaign.asOf)
  const ids = snapshots.map((snapshot) => snapshot.id)
  const people = await namedPeople(context, spec.reviewers, campaign.createdBy)
  const managerOf = new Map((await managers(db)).map((row) => [row.identityId, row]))
  const ownerOf = await ownersByEntitlement(context)
  const factsOf = needsEvidence(spec.scope) ? await weighedFacts(context, ids, campaign.asOf) : null
  const load: Load = new Map()
  const holdings = await privilegedHoldings(db, ids)
  const watch = watchConflicts({ managerOf: await reportingLines(db), holdsPrivileged: (identity, right) => holdings.has(`${identity} ${right}`) })
  const conflicted = { circular: 0, 'reports-to-subject': 0, 'same-right': 0 }
  const avoids = spec.reviewers.avoids ?? []
  let rerouted = 0
  let inReview = 0

  const reviewers: PlannedReviewer[] = []
  const reviewerIndex = new Map<string, number>()
  const indexOf = (candidate: Candidate): number => {
    const key = foldEmail(candidate.email)
    const known = reviewerIndex.get(key)
    if (known !== undefined) return known
    reviewers.push({ email: key, name: candidate.name, identityId: candidate.identityId })
    reviewerIndex.set(key, reviewers.length - 1)
    return reviewers.length - 1
  }

  const excluded: { grantId: number; reason: ExclusionReason }[] = []
  const excludedBy = new Map<ExclusionReason, number>()
  const items: { grantId: number; reviewer: number; basis: ReviewerBasis }[] = []
  let withoutReviewer = 0
  let withoutManager = 0
  const population = await countGrants(db, ids)
  for (const row of populationRows(context.store, ids)) {
    const facts = factsOf?.get(row.grantId) ?? null
    const reason = exclusionOf(spec.scope, row, facts)
    if (reason !== null) {
      excluded.push({ grantId: row.grantId, reason })
      excludedBy.set(reason, (excludedBy.get(reason) ?? 0) + 1)
      continue
    }
    const manager = row.managerId === null ? undefined : managerOf.get(row.managerId)
    const owner = ownerOf.get(row.entitlementId)
    if (manager === undefined) withoutManager += 1
    const above = manager?.managerId == null ? undefined : managerOf.get(manager.managerId)
    const asked: AssignmentCase = {
      subjectIdentityId: row.identityId,
      subjectEmail: row.subjectEmail,
      manager: manager === undefined ? null : toCandidate(manager),
      managersManager: above === undefined ? null : toCandidate(above),
      owner: owner === undefined ? null : toCandidate(owner),
      grant: row, facts, alreadyAsked: [],
    }
    let isBarred = false
    const assigned = assignReviewers(spec.reviewers, people, asked, load, (candidate) => {
      const conflict = avoids.length === 0 ? null : watch.of(candidate, asked, row)
      const bars = conflict !== null && avoids.includes(conflict)
      isBarred ||= bars
      return bars
    })
    if (isBarred) rerouted += 1
    if (assigned.length === 0) {
      withoutReviewer += 1
      continue
    }
    inReview += 1
    for (const { reviewer } of assigned) {
      const conflict = watch.of(reviewer, asked, row)
      if (conflict !== null) conflicted[conflict] += 1
      watch.note(reviewer, asked)
    }
    for (const { reviewer, basis } of assigned) items.push({ grantId: row.grantId, reviewer: indexOf(reviewer), basis })
  }
  return {
    snapshots, excluded, items, reviewers, withoutReviewer, withoutManager, conflicted, rerouted, totals: populationTotals(population, inReview, excludedBy),
  }
}

/** The people a rule names, and the two who take what nobody else can. */
export async function namedPeople(context: Context, rule: ReviewerRule, officer: string): Promise<NamedPeople> {
  const all = (emails: readonly string[]): Promise<Candidate[]> => Promise.all(emails.map((email) => candidateByEmail(context, email)))
  return {
    named: rule.named === null ? null : await candidateByEmail(context, rule.named),
    group: await all(rule.group),
    cases: await all(rule.cases.map(({ reviewer }) => reviewer)),
    fallback: await candidateByEmail(context, rule.fallback),
    officer: await candidateByEmail(context, officer),
  }
}

/** How long each grant has gone unused and whether it conflicts, as the signals tell it. */
export async function weighedFacts(context: Context, snapshots: readonly number[], asOf: string): Promise<ReadonlyMap<number, WeighedFacts>> {
  const population = await loadPopulation(context.store, { snapshots, asOf })
  const { weigh } = await weighPopulation(context, population)
  const facts = new Map<number, WeighedFacts>()
  for (let grant = 0; grant < population.grants.count; grant += 1) {
    const { signals } = weigh(grant).packet
    const unused = signals.find((signal) => signal.kind === 'last-use' || signal.kind === 'never-used')
    const unusedDays = unused?.kind === 'last-use' || unused?.kind === 'never-used' ? unused.facts.days : null
    facts.set(population.grants.id[grant] as number, { unusedDays, hasConflict: signals.some((signal) => signal.kind === 'sod-conflict') })
  }
  return facts
}

export function toCandidate(row: ReviewerRow): Candidate {
  return { email: row.email, name: row.name, identityId: row.identityId, isAvailable: row.status === 'active' || row.status === 'unknown' }
}

/** Named people and fallbacks may be outside HR: an enrolled person, or just an address the officer typed. */
export function candidateByEmail(context: Context, email: string): Promise<Candidate> {
  return candidateIn(context.store.db, email)
}

/** The same inside a transaction. */
export async function candidateIn(queries: Queries, email: string): Promise<Candidate> {
  const key = foldEmail(email)
  const identity = (await identitiesByEmail(queries, [key])).get(key)
  if (identity !== undefined) return toCandidate(identity)
  const person = await personByEmail(queries, key)
  return { email: key, name: person?.name ?? email, identityId: person?.identityId ?? null, isAvailable: true }
}

async function ownersByEntitlement(context: Context): Promise<ReadonlyMap<number, ReviewerRow>> {
  const owners = await entitlementOwners(context.store.db)
  const known = await identitiesByEmail(context.store.db, [...new Set(owners.map(({ ownerEmail }) => foldEmail(ownerEmail)))])
  const byEntitlement = new Map<number, ReviewerRow>()
  for (const { entitlementId, ownerEmail } of owners) {
    const identity = known.get(foldEmail(ownerEmail))
    if (identity !== undefined) byEntitlement.set(entitlementId, identity)
  }
  return byEntitlement
}
