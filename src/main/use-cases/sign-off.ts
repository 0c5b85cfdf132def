import type { CampaignProgress } from '../../shared/model/campaign.ts'
import { answersHash } from '../core/evidence/carried-answers.ts'
import { decisionsHash } from '../core/evidence/item-standing.ts'
import { campaignProgress } from '../storage/campaigns.ts'
import { insertSignOff, markSignedOff, pendingDecisions } from '../storage/decisions.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction } from '../storage/database.ts'
import { eventLine } from '../storage/evidence-log.ts'
import { openedPacketOf } from '../storage/packets.ts'
import { personByEmail } from '../storage/people.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, nextState } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { unlock } from './unlock-signer.ts'

/** What the reviewer states by signing. Part of the signed event, so that its meaning cannot change later. */
export const signOffStatement =
  'I have reviewed the access listed here, I am answerable for these decisions, and I know that they are final once signed.'

export interface SignedOff {
  readonly decided: number
  readonly undecided: number
  readonly eventSeq: number
  readonly checkpointSize: number
  readonly progress: CampaignProgress
}

/**
 * Makes all of a reviewer's pending decisions final. The event names the decisions by hash, the reviewer's own key signs the event's
 * line, and a checkpoint is signed over the log that ends with it: all in one transaction.
 */
export async function signOff(context: Context, actor: Actor, input: { readonly campaign: number; readonly passphrase: string }): Promise<SignedOff> {
  const campaign = await findCampaign(context.store.db, input.campaign)
  nextState(campaign, 'sign-off')
  const reviewer = await personByEmail(context.store.db, actor.email)
  if (reviewer === undefined) throw new Refusal('not-found', `${actor.email} has no items in this campaign.`)
  const { signer, fingerprint } = await unlock(context, actor.email, input.passphrase)
  const { checkpoint, ...signed } = await inTransaction(context.store, async (queries) => {
    nextState(await findCampaign(queries, campaign.id), 'sign-off')
    const pending = await pendingDecisions(queries, campaign.id, reviewer.id)
    if (pending.length === 0) throw new Refusal('conflict', 'There is nothing to sign off: no decision is pending.')
    const before = await campaignProgress(queries, campaign.id, reviewer.id)
    // What a signature made elsewhere binds has to be told with the answers themselves.
    const isCarried = (await openedPacketOf(queries)) !== undefined
    const { seq: eventSeq, ts } = await recordEvent(context, queries, actor.email, {
      kind: 'sign-off',
      body: {
        campaign: campaign.id, reviewer: reviewer.email, decided: pending.length, undecided: before.undecided,
        decisionsHash: decisionsHash(pending.map((decision) => ({ item: decision.itemId, outcome: decision.outcome, seq: decision.eventSeq })), context.hash),
        statement: signOffStatement, certificateFingerprint: fingerprint, authentication: 'passphrase', items: pending.map((decision) => decision.itemId),
        ...(isCarried ? { answersHash: answersHash(pending.map((decision) => ({ ...decision, item: decision.itemId, seq: decision.eventSeq })), context.hash) } : {}),
      },
    })
    const line = await eventLine(queries, eventSeq)
    await insertSignOff(queries, {
      eventSeq, campaignId: campaign.id, reviewerId: reviewer.id, at: ts, statement: signOffStatement, decided: pending.length,
      undecided: before.undecided, line, cms: await context.signing.signContent(line, signer), fingerprint,
    })
    await markSignedOff(queries, campaign.id, reviewer.id, eventSeq)
    const checkpoint = await signCheckpoint(context, queries, signer, `sign-off by ${reviewer.email}`)
    return {
      checkpoint, decided: pending.length, undecided: before.undecided, eventSeq, checkpointSize: checkpoint.size,
      progress: await campaignProgress(queries, campaign.id, reviewer.id),
    }
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  return signed
}
