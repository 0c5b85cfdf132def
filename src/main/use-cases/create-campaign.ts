import { campaignSpec, type Campaign, type CampaignSpec } from '../../shared/model/campaign.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { insertCampaign } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Writes a campaign down as a draft. Its rules are hashed now and cannot change afterwards; a new draft is made instead. */
export async function createCampaign(context: Context, actor: Actor, input: { readonly spec: CampaignSpec; readonly asOf: string }): Promise<Campaign> {
  mustBeOfficer(actor)
  const spec = campaignSpec.parse(input.spec)
  if (spec.rules.dueOn < input.asOf) throw new Refusal('invalid', `The due date ${spec.rules.dueOn} is before the campaign's date ${input.asOf}.`)
  if (spec.reviewers.order.includes('named') && spec.reviewers.named === null) {
    throw new Refusal('invalid', 'The reviewer rule says "named", but names nobody.')
  }
  const text = canonicalJson(spec)
  const specHash = toHex(context.hash(utf8Bytes(text)))
  return inTransaction(context.store, async (queries) => {
    const campaign = await insertCampaign(queries, {
      spec: text, specHash, name: spec.name, asOf: input.asOf, createdAt: context.clock.now(), createdBy: actor.email,
    })
    await recordEvent(context, queries, actor.email, { kind: 'campaign-created', body: { campaign: campaign.id, name: spec.name, specHash } })
    return campaign
  })
}
