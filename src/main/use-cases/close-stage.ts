import type { Campaign, ReviewerBasis, StageRule } from '../../shared/model/campaign.ts'
import { identityKind } from '../../shared/model/identity.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { assignReviewers, type AssignmentCase, type Candidate, type Load } from '../core/campaign/assign-reviewers.ts'
import { caseOutcome, movesOn } from '../core/campaign/case-outcome.ts'
import { strategiesOf } from '../core/campaign/final-outcomes.ts'
import { watchConflicts } from '../core/campaign/conflicted-reviews.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { addWorkingDays } from '../core/campaign/working-days.ts'
import { caseAnswers, supersedeCases, type CaseAnswers } from '../storage/cases.ts'
import { openStage, type StoredCampaign } from '../storage/campaigns.ts'
import { entitlementOwners, identitiesByEmail, leaversAmong, managersOf, managers, snapshotsAsOf, type ReviewerRow } from '../storage/campaign-population.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { itemsWithoutFinalDecision } from '../storage/decisions.ts'
import { holidayDays } from '../storage/delegations.ts'
import { privilegedHoldings, reportingLines } from '../storage/review-ties.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { askStageLetters } from './ask-letters.ts'
import { applyDelegations } from './apply-delegations.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { freezeAgain } from './freeze-again.ts'
import { namedPeople, toCandidate } from './plan-campaign.ts'
import { recordEvent } from './record-event.ts'

export interface StageOpened {
  readonly campaign: Campaign
  /** Grants that come before somebody again, and items that makes. */
  readonly cases: number
  readonly items: number
  /** Grants for which only the person themself was left; their outcome stands. */
  readonly withoutReviewer: number
}

/**
 * Ends the open stage and opens the next: grants whose outcome the next stage takes become new items, with the same frozen evidence,
 * before its reviewers. The others' outcome stands. What was decided and not signed off does not count.
 */
export async function closeStage(context: Context, actor: Actor, id: number): Promise<StageOpened> {
  mustBeOfficer(actor)
  const before = await findCampaign(context.store.db, id)
  const next = before.spec.stages[before.stage - 1]
  nextState(before, 'decide')
  if (next === undefined) throw new Refusal('conflict', `Stage ${before.stage} is the last one of this campaign; close the campaign instead.`)
  const people = await namedPeople(context, next.reviewers, before.createdBy)
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, id)
    if (campaign.stage !== before.stage) throw new Refusal('conflict', 'Somebody else just opened the next stage.')
    const strategies = strategiesOf(campaign.spec)
    const cases = await caseAnswers(queries, id)
    // A grant that ended in an earlier stage came to what that stage's strategy says.
    const taken = cases.filter(({ stage, answers }) => movesOn(next, caseOutcome(strategies[stage - 1] ?? 'one-revoke-revokes', answers)))
    const planned = await assignCases(queries, campaign, next, people, taken)
    const moving = [...new Set(planned.map(({ of }) => of.caseItem))]
    const nextDueOn = addWorkingDays(context.clock.now().slice(0, 10), next.days, await holidayDays(queries))
    await recordEvent(context, queries, actor.email, {
      kind: 'stage-closed',
      body: {
        campaign: id, stage: campaign.stage, cases: cases.length, movedOn: moving, unanswered: [...(await itemsWithoutFinalDecision(queries, id))],
        nextDueOn,
      },
    })
    await supersedeCases(queries, id, moving)
    await openStage(queries, id, { stage: campaign.stage + 1, dueOn: nextDueOn })
    const items = await freezeAgain(
      context, queries, actor.email, { campaign: id, stage: campaign.stage + 1 }, planned.map(({ of, ...given }) => ({ caseItem: of.caseItem, ...given })),
    )
    await applyDelegations(context, queries, [await findCampaign(queries, id)])
    await askStageLetters(context, queries, id)
    return { campaign: await findCampaign(queries, id), cases: moving.length, items, withoutReviewer: taken.length - moving.length }
  })
}

interface Planned {
  readonly of: CaseAnswers
  readonly reviewer: Candidate
  readonly basis: ReviewerBasis
}

async function assignCases(
  queries: Queries, campaign: StoredCampaign, next: StageRule, people: Awaited<ReturnType<typeof namedPeople>>, taken: readonly CaseAnswers[],
): Promise<readonly Planned[]> {
  const managerOf = new Map((await managers(queries)).map((row) => [row.identityId, row]))
  const subjects = taken.flatMap(({ item }) => (item.identity_id === null ? [] : [item.identity_id]))
  const managerIds = await managersOf(queries, subjects)
  const leavers = await leaversAmong(queries, subjects)
  const owners = new Map((await entitlementOwners(queries)).map(({ entitlementId, ownerEmail }) => [entitlementId, foldEmail(ownerEmail)]))
  const known = await identitiesByEmail(queries, [...new Set(owners.values())])
  const load: Load = new Map()
  const avoids = next.reviewers.avoids ?? []
  const holdings = await privilegedHoldings(queries, (await snapshotsAsOf(queries, campaign.asOf)).map((snapshot) => snapshot.id))
  const watch = watchConflicts({ managerOf: await reportingLines(queries), holdsPrivileged: (identity, right) => holdings.has(`${identity} ${right}`) })
  const candidate = (row: ReviewerRow | undefined): Candidate | null => (row === undefined ? null : toCandidate(row))
  return taken.flatMap((of) => {
    const { item } = of
    const manager = item.identity_id === null ? undefined : managerOf.get(managerIds.get(item.identity_id) ?? -1)
    const asked: AssignmentCase = {
      subjectIdentityId: item.identity_id, subjectEmail: item.subject_email, manager: candidate(manager),
      managersManager: candidate(manager?.managerId == null ? undefined : managerOf.get(manager.managerId)),
      owner: candidate(known.get(owners.get(item.entitlement_id) ?? '')),
      grant: {
        source: item.source_name, application: item.application, department: item.subject_department, kind: identityKind.parse(item.subject_kind),
        privilege: privilege.parse(item.privilege), risk: risk.parse(item.risk), firstSeenOn: item.granted_at ?? campaign.asOf,
        entitlement: item.entitlement_native_id, person: item.subject_email === null ? null : foldEmail(item.subject_email), isOrphan: item.identity_id === null,
        isLeaver: item.identity_id !== null && leavers.has(item.identity_id),
      },
      facts: null, alreadyAsked: of.reviewers,
    }
    const right = { entitlementId: item.entitlement_id, privilege: asked.grant.privilege }
    const assigned = assignReviewers(next.reviewers, people, asked, load, (reviewer) => {
      const conflict = watch.of(reviewer, asked, right)
      return conflict !== null && avoids.includes(conflict)
    })
    for (const { reviewer } of assigned) watch.note(reviewer, asked)
    return assigned.map(({ reviewer, basis }) => ({ of, reviewer, basis }))
  })
}
