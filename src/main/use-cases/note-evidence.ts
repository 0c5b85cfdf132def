// What the officer adds to a campaign's evidence by hand. Each is one event; nothing is ever changed or taken back, a later note stands beside it.
import type { EventBody } from '../../shared/model/evidence.ts'
import type { LogFacts, PopulationTestKind, CustodyKind, SampleAmong } from '../../shared/model/report-facts.ts'
import { drawSample } from '../core/evidence/draw-sample.ts'
import { stateOf } from '../core/evidence/item-standing.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { lastEvent } from '../storage/evidence-log.ts'
import { lastSealVersion } from '../storage/seals.ts'
import { replayCampaign } from './assemble-report.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Everything entered by hand for a campaign, and which of it the latest seal already holds. */
export interface EvidenceNotes {
  readonly campaign: number
  readonly name: string
  readonly state: string
  readonly tests: LogFacts['tests']
  readonly samples: LogFacts['samples']
  readonly custody: LogFacts['custody']
  readonly amendments: LogFacts['amendments']
  readonly sealed: LogFacts['sealed']
}

export async function showEvidenceNotes(context: Context, input: { readonly campaign: number }): Promise<EvidenceNotes> {
  const campaign = await findCampaign(context.store.db, input.campaign)
  const { tests, samples, custody, amendments, sealed } = (await replayed(context, context.store.db, campaign.id)).facts
  return { campaign: campaign.id, name: campaign.spec.name, state: campaign.state, tests, samples, custody, amendments, sealed }
}

export interface TestInput {
  readonly campaign: number
  readonly what: PopulationTestKind
  readonly source: string | null
  readonly how: string
  readonly expected: number
  readonly found: number
  readonly explanation: string
}

/** Enters a completeness or accuracy test made outside Muster. A difference makes the report's check FAILED, explained or not. */
export async function enterPopulationTest(context: Context, actor: Actor, input: TestInput): Promise<EvidenceNotes> {
  if (input.how.trim() === '') throw new Refusal('invalid', 'Say how it was tested: which page, report or person gave the other count.')
  await note(context, actor, input.campaign, async (queries) => {
    const { facts } = await replayed(context, queries, input.campaign)
    return {
      kind: 'population-tested',
      body: { ...input, test: facts.tests.length + 1, source: input.source?.trim() === '' ? null : input.source, how: input.how.trim(), explanation: input.explanation.trim() },
    }
  })
  return showEvidenceNotes(context, input)
}

/** Draws a sample of a closed campaign's items with a seed somebody else should name. The same seed gives the same items anywhere. */
export async function drawAuditSample(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly seed: string; readonly size: number; readonly among: SampleAmong },
): Promise<EvidenceNotes> {
  const seed = input.seed.trim()
  if (seed === '') throw new Refusal('invalid', 'A sample needs a seed. Let the auditor name it, or take one from a public draw.')
  await note(context, actor, input.campaign, async (queries) => {
    const campaign = await findCampaign(queries, input.campaign)
    if (campaign.state !== 'closed' && campaign.state !== 'sealed') throw new Refusal('conflict', 'A sample is drawn after the close: until then the items may still change.')
    const replay = await replayed(context, queries, input.campaign)
    const items = [...replay.items.values()].filter((one) => !one.isSuperseded && (input.among === 'all' || stateOf(one) === input.among)).map(({ item }) => item)
    if (items.length === 0) throw new Refusal('invalid', 'There is no such item to draw from.')
    return {
      kind: 'sample-drawn',
      body: {
        campaign: input.campaign, sample: replay.facts.samples.length + 1, seed, method: 'sha256-order-1', among: input.among, population: items.length,
        items: drawSample(items, { seed, size: input.size }, context.hash),
      },
    }
  })
  return showEvidenceNotes(context, input)
}

export async function noteCustody(
  context: Context, actor: Actor,
  input: { readonly campaign: number; readonly what: CustodyKind; readonly where: string; readonly note: string; readonly until: string | null },
): Promise<EvidenceNotes> {
  if (input.where.trim() === '') throw new Refusal('invalid', 'Say where the evidence lies, or who has it.')
  if (input.what === 'retention' && input.until === null) throw new Refusal('invalid', 'Retention needs the last day the evidence is kept.')
  await note(context, actor, input.campaign, () => Promise.resolve({
    kind: 'custody-noted', body: { ...input, where: input.where.trim(), note: input.note.trim() },
  }))
  return showEvidenceNotes(context, input)
}

/** Says why the next seal supersedes the last. The version sealed before stays where it is and verifies as before. */
export async function amendCampaign(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly reason: string },
): Promise<EvidenceNotes> {
  if (input.reason.trim() === '') throw new Refusal('invalid', 'A new version needs a reason; it is printed in the report.')
  await note(context, actor, input.campaign, async (queries) => {
    const version = await lastSealVersion(queries, input.campaign)
    if (version === 0) throw new Refusal('conflict', 'Nothing is sealed yet, so there is nothing to amend.')
    return { kind: 'campaign-amended', body: { campaign: input.campaign, supersedes: version, reason: input.reason.trim() } }
  })
  return showEvidenceNotes(context, input)
}

async function note(context: Context, actor: Actor, campaign: number, bodyOf: (queries: Queries) => Promise<EventBody>): Promise<void> {
  mustBeOfficer(actor)
  await inTransaction(context.store, async (queries) => {
    const found = await findCampaign(queries, campaign)
    if (found.state === 'draft') throw new Refusal('conflict', 'The campaign is still a draft; its evidence begins with the launch.')
    await recordEvent(context, queries, actor.email, await bodyOf(queries))
  })
}

async function replayed(context: Context, queries: Queries, campaign: number): ReturnType<typeof replayCampaign> {
  const last = await lastEvent(queries)
  return replayCampaign(context, campaign, (last?.seq ?? -1) + 1, queries)
}
