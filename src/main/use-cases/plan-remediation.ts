import type { EventBody } from '../../shared/model/evidence.ts'
import { pathSteps } from '../../shared/model/access-path.ts'
import type { RemediationBasis } from '../../shared/model/remediation.ts'
import { dueDay } from '../core/remediation/due-day.ts'
import { heldDirectly, holdingWay, type RightFacts } from '../core/remediation/effect.ts'
import { toBeRemoved } from '../core/remediation/final-outcome.ts'
import { allCampaigns, type StoredCampaign } from '../storage/campaigns.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { newestSnapshot } from '../storage/remediation-check.ts'
import { rightsNamed } from '../storage/remediation-effects.ts'
import { insertRemediations, nextRemediationId, unplannedCases, type NewRemediation, type UnplannedCase } from '../storage/remediation-plan.ts'
import { loadRemediationSettings } from '../storage/remediation-settings.ts'
import { insertSteps } from '../storage/remediations.ts'
import { checkRemediations } from './check-remediations.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer } from './find-campaign.ts'
import { recordEvents } from './record-event.ts'

const perEvent = 500

export interface RemediationsPlanned {
  readonly planned: number
  /** Of these, what the newest snapshot of its source shows gone already. */
  readonly alreadyGone: number
}

/**
 * Makes a plan of what closed campaigns decided to take away: signed revokes, the no-answer rule, and "keep until" days that have passed.
 * Asking again adds only what is new since; `campaign` null = all closed campaigns. `today`: ISO day things are judged as of.
 */
export async function planRemediation(
  context: Context, actor: Actor, input: { readonly campaign: number | null }, today: string,
): Promise<RemediationsPlanned> {
  mustBeOfficer(actor)
  const open = input.campaign === null ? await withSomethingToPlan(context, today) : []
  if (input.campaign === null && open.length === 0) return { planned: 0, alreadyGone: 0 }
  return inTransaction(context.store, async (queries) => {
    if (input.campaign !== null) {
      const campaign = await findCampaign(queries, input.campaign)
      if (!isOver(campaign)) throw new Refusal('conflict', `“${campaign.spec.name}” is ${campaign.state}; access is removed only after a campaign is closed.`)
      return planOne(context, queries, actor, campaign, today)
    }
    const total = { planned: 0, alreadyGone: 0 }
    for (const campaign of open) {
      const { planned, alreadyGone } = await planOne(context, queries, actor, campaign, today)
      total.planned += planned
      total.alreadyGone += alreadyGone
    }
    return total
  })
}

/** Looked for before the store is locked for writing: mostly there is nothing, and the daily work asks every hour. */
async function withSomethingToPlan(context: Context, today: string): Promise<readonly StoredCampaign[]> {
  const found: StoredCampaign[] = []
  for (const campaign of await allCampaigns(context.store.db)) if ((await toPlan(context.store.db, campaign, today)).length > 0) found.push(campaign)
  return found
}

const isOver = ({ state }: StoredCampaign): boolean => state === 'closed' || state === 'sealed'

interface ToPlan extends UnplannedCase {
  readonly basis: RemediationBasis
}

/** What a closed campaign decided to take away and no plan holds yet. */
export async function toPlan(queries: Queries, campaign: StoredCampaign, today: string): Promise<readonly ToPlan[]> {
  if (!isOver(campaign)) return []
  const { noAnswer } = campaign.spec.rules
  return (await unplannedCases(queries, campaign.id, noAnswer === 'revoke' || noAnswer === 'follow-advice')).flatMap((one) => {
    const strategy = one.stage === 1 ? campaign.spec.strategy : (campaign.spec.stages[one.stage - 2]?.strategy ?? campaign.spec.strategy)
    const basis = toBeRemoved({ strategy, answers: one.answers, advice: one.advice }, noAnswer, today)
    return basis === null ? [] : [{ ...one, basis }]
  })
}

async function planOne(context: Context, queries: Queries, actor: Actor, campaign: StoredCampaign, today: string): Promise<RemediationsPlanned> {
  const settings = await loadRemediationSettings(queries)
  const wanted = await toPlan(queries, campaign, today)
  if (wanted.length === 0) return { planned: 0, alreadyGone: 0 }
  const named = await stepsBySource(queries, wanted)
  const rows = wanted.map((one): NewRemediation & { readonly of: ToPlan } => {
    const steps = named.get(one.sourceId) ?? new Map<string, RightFacts>()
    const right = { nativeId: one.entitlement, name: one.entitlementName, traits: one.traits }
    const given = one.answers.filter(({ outcome }) => outcome === (one.basis === 'until-passed' ? 'keep-until' : 'revoke'))
    return {
      of: one, campaignId: campaign.id, itemId: one.item, basis: one.basis, sourceId: one.sourceId, grantId: one.grantId, accountId: one.accountId,
      entitlementId: one.entitlementId, path: one.path, root: heldDirectly(right, one.path, steps).nativeId, way: holdingWay(right, one.path, steps),
      baselineSnapshot: one.baselineSnapshot, decidedBy: [...new Set(given.map(({ by }) => by))],
      decidedAt: given.map(({ at }) => at).filter((at) => at !== null).sort().at(-1) ?? campaign.closedAt, plannedOn: today,
      dueOn: dueDay(today, one, settings.slaDays),
    }
  })
  const firstId = await nextRemediationId(queries)
  await insertRemediations(queries, firstId, rows)
  for (let from = 0; from < rows.length; from += perEvent) {
    const batch = rows.slice(from, from + perEvent)
    const body: EventBody = {
      kind: 'remediations-planned',
      body: {
        campaign: campaign.id, plannedOn: today,
        planned: batch.map(({ of, itemId: item, basis, path, root: removes, way, dueOn }, index) => ({
          remediation: firstId + from + index, item, basis, source: of.source, account: of.account, entitlement: of.entitlement, path, removes, way, dueOn,
        })),
      },
    }
    const [recorded] = await recordEvents(context, queries, actor.email, [body])
    if (recorded === undefined) throw new Error('planning was not recorded')
    await insertSteps(queries, batch.map(({ dueOn }, index) => ({
      remediationId: firstId + from + index, at: recorded.ts, by: actor.email, eventSeq: recorded.seq, kind: 'planned', detail: `To be proved gone by ${dueOn}.`,
    })))
  }
  let alreadyGone = 0
  for (const sourceId of new Set(rows.map((row) => row.sourceId))) {
    const newest = await newestSnapshot(queries, sourceId)
    if (newest !== undefined) alreadyGone += (await checkRemediations(context, queries, actor.email, newest)).gone
  }
  return { planned: rows.length, alreadyGone }
}

async function stepsBySource(queries: Queries, wanted: readonly ToPlan[]): Promise<ReadonlyMap<number, ReadonlyMap<string, RightFacts>>> {
  const ids = new Map<number, Set<string>>()
  for (const { sourceId, path } of wanted) {
    const known = ids.get(sourceId) ?? new Set<string>()
    for (const step of pathSteps(path)) known.add(step)
    ids.set(sourceId, known)
  }
  const named = new Map<number, ReadonlyMap<string, RightFacts>>()
  for (const [sourceId, steps] of ids) named.set(sourceId, await rightsNamed(queries, sourceId, [...steps]))
  return named
}
