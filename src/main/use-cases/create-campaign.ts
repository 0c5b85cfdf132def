import { campaignSpec, type Campaign, type CampaignSpec } from '../../shared/model/campaign.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { insertCampaign } from '../storage/campaigns.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Writes a campaign down as a draft. Its rules are hashed now, and again whenever the draft changes; the launch fixes them. */
export async function createCampaign(context: Context, actor: Actor, input: { readonly spec: CampaignSpec; readonly asOf: string }): Promise<Campaign> {
  mustBeOfficer(actor)
  return inTransaction(context.store, (queries) => insertDraft(context, queries, input, { createdBy: actor.email, recordedBy: actor.email }))
}

/** The same inside a transaction; what the calendar makes is recorded as the system's doing and belongs to the officer who arranged it. */
export async function insertDraft(
  context: Pick<Context, 'hash' | 'logId' | 'clock'>, queries: Queries, input: { readonly spec: CampaignSpec; readonly asOf: string },
  by: { readonly createdBy: string; readonly recordedBy: string },
): Promise<Campaign> {
  const { spec, text, specHash } = checkedSpec(context, input)
  const campaign = await insertCampaign(queries, {
    spec: text, specHash, name: spec.name, asOf: input.asOf, createdAt: context.clock.now(), createdBy: by.createdBy,
  })
  await recordEvent(context, queries, by.recordedBy, { kind: 'campaign-created', body: { campaign: campaign.id, name: spec.name, specHash } })
  return campaign
}

/** A specification that says all it has to, as it is stored and hashed. */
export function checkedSpec(
  context: Pick<Context, 'hash'>, input: { readonly spec: CampaignSpec; readonly asOf: string },
): { readonly spec: CampaignSpec; readonly text: string; readonly specHash: string } {
  const spec = campaignSpec.parse(input.spec)
  mustNameReviewers(spec)
  if (spec.rules.dueOn < input.asOf) throw new Refusal('invalid', `The due date ${spec.rules.dueOn} is before the campaign's date ${input.asOf}.`)
  const text = canonicalJson(spec)
  return { spec, text, specHash: toHex(context.hash(utf8Bytes(text))) }
}

function mustNameReviewers(spec: CampaignSpec): void {
  for (const { name, reviewers } of [{ name: 'first stage', reviewers: spec.reviewers }, ...spec.stages]) {
    if (reviewers.order.includes('named') && reviewers.named === null) throw new Refusal('invalid', `The reviewer rule of the ${name} says "named", but names nobody.`)
    if (reviewers.order.includes('group') && reviewers.group.length === 0) throw new Refusal('invalid', `The reviewer rule of the ${name} says "group", but nobody is in it.`)
  }
}
