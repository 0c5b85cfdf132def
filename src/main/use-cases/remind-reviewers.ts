import type { EventBodyOf } from '../../shared/model/evidence.ts'
import type { LetterKind } from '../../shared/model/mail.ts'
import { writeLetter } from '../core/campaign/letter.ts'
import { reviewerStandings } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { loadMailSettings } from '../storage/mail-settings.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

export interface Reminder {
  readonly person: string
  readonly name: string
  /** Items without a decision that counts: undecided, or decided and not signed off. */
  readonly open: number
  readonly subject: string
  readonly text: string
}

export interface ReminderRequest {
  readonly campaign: number
  readonly only: readonly string[] | null
  readonly channel: EventBodyOf<'reviewers-reminded'>['channel']
  readonly kind: LetterKind
}

/**
 * Who still owes answers, with a letter for each; people who are done are never chased. Nothing is sent by this: the officer takes the
 * letters along as a list or as mail drafts, and the log notes who was reminded.
 */
export async function remindReviewers(context: Context, actor: Actor, input: ReminderRequest): Promise<Reminder[]> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, input.campaign)
    nextState(campaign, 'decide')
    const owing = (await reviewerStandings(queries, campaign.id)).filter(
      ({ person, items, signedOff }) => items > signedOff && (input.only === null || input.only.includes(person)),
    )
    if (owing.length === 0) throw new Refusal('conflict', 'Nobody owes an answer; nobody was reminded.')
    const people = owing.map(({ person, items, signedOff }) => ({ person, open: items - signedOff }))
    await recordEvent(context, queries, actor.email, { kind: 'reviewers-reminded', body: { campaign: campaign.id, people, channel: input.channel } })
    const language = (await loadMailSettings(queries))?.language ?? 'en'
    return owing.map(({ person, name, items, decided, signedOff }) => ({
      person, name, open: items - signedOff,
      ...writeLetter({ kind: input.kind, name, campaign: campaign.spec.name, dueOn: campaign.dueOn, undecided: items - decided, unsigned: decided - signedOff, from: actor.name }, language),
    }))
  })
}
