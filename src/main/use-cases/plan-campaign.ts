import type { ExclusionReason, PopulationTotals, ReviewerBasis } from '../../shared/model/campaign.ts'
import { assignReviewer, type Candidate } from '../core/campaign/assign-reviewers.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { populationTotals } from '../core/campaign/population-totals.ts'
import { exclusionOf } from '../core/campaign/scope.ts'
import {
  countGrants, entitlementOwners, identitiesByEmail, managers, populationRows, snapshotsAsOf, type ReviewerRow,
} from '../storage/campaign-population.ts'
import { personByEmail } from '../storage/people.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import type { Context } from './context.ts'

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
  /** Parallel columns, by grant id: who reviews which grant on what basis. */
  readonly items: readonly { grantId: number; reviewer: number; basis: ReviewerBasis }[]
  readonly reviewers: readonly PlannedReviewer[]
  /** Grants for which only the subject themself was left. */
  readonly withoutReviewer: number
  readonly withoutManager: number
}

/**
 * Goes once over the population of the snapshots as of the campaign's day: every grant is either excluded for a reason or given to
 * a reviewer. The population is counted apart from that walk, so that a lost grant would show as a difference.
 */
export async function planCampaign(context: Context, campaign: StoredCampaign): Promise<CampaignPlan> {
  const { db } = context.store
  const { spec } = campaign
  const snapshots = await snapshotsAsOf(db, campaign.asOf)
  const ids = snapshots.map((snapshot) => snapshot.id)
  const people = {
    named: spec.reviewers.named === null ? null : await candidateByEmail(context, spec.reviewers.named),
    fallback: await candidateByEmail(context, spec.reviewers.fallback),
    officer: await candidateByEmail(context, campaign.createdBy),
  }
  const managerOf = new Map((await managers(db)).map((row) => [row.identityId, row]))
  const ownerOf = await ownersByEntitlement(context)

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
    const reason = exclusionOf(spec.scope, row)
    if (reason !== null) {
      excluded.push({ grantId: row.grantId, reason })
      excludedBy.set(reason, (excludedBy.get(reason) ?? 0) + 1)
      continue
    }
    const manager = row.managerId === null ? undefined : managerOf.get(row.managerId)
    const owner = ownerOf.get(row.entitlementId)
    if (manager === undefined) withoutManager += 1
    const assigned = assignReviewer(spec.reviewers, people, {
      subjectIdentityId: row.identityId,
      subjectEmail: row.subjectEmail,
      manager: manager === undefined ? null : toCandidate(manager),
      owner: owner === undefined ? null : toCandidate(owner),
    })
    if (assigned === null) {
      withoutReviewer += 1
      continue
    }
    items.push({ grantId: row.grantId, reviewer: indexOf(assigned.reviewer), basis: assigned.basis })
  }
  return {
    snapshots, excluded, items, reviewers, withoutReviewer, withoutManager, totals: populationTotals(population, items.length, excludedBy),
  }
}

function toCandidate(row: ReviewerRow): Candidate {
  return { email: row.email, name: row.name, identityId: row.identityId, isAvailable: row.status === 'active' || row.status === 'unknown' }
}

/** Named people and fallbacks may be outside HR: an enrolled person, or just an address the officer typed. */
async function candidateByEmail(context: Context, email: string): Promise<Candidate> {
  const key = foldEmail(email)
  const identity = (await identitiesByEmail(context.store.db, [key])).get(key)
  if (identity !== undefined) return toCandidate(identity)
  const person = await personByEmail(context.store.db, key)
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
