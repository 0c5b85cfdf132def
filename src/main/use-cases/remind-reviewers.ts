import type { EventBodyOf } from '../../shared/model/evidence.ts'
import { reviewerStandings } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
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

/**
 * Who still owes answers, with a letter for each; people who are done are never chased. Muster sends nothing: the officer takes the
 * letters along as a list or as mail drafts, and the log notes who was reminded.
 */
export async function remindReviewers(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly only: readonly string[] | null; readonly channel: EventBodyOf<'reviewers-reminded'>['channel'] },
): Promise<Reminder[]> {
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
    return owing.map(({ person, name, items, decided, signedOff }) => ({
      person, name, open: items - signedOff, subject: `${campaign.spec.name}: ${answers(items - signedOff)} due on ${campaign.dueOn}`,
      text: letter({ name, campaign: campaign.spec.name, dueOn: campaign.dueOn, undecided: items - decided, unsigned: decided - signedOff, officer: actor.name }),
    }))
  })
}

const answers = (count: number): string => (count === 1 ? '1 answer' : `${count} answers`)

function letter(facts: { name: string; campaign: string; dueOn: string; undecided: number; unsigned: number; officer: string }): string {
  const left = [
    ...(facts.undecided > 0 ? [`${facts.undecided === 1 ? '1 item waits' : `${facts.undecided} items wait`} for your decision.`] : []),
    ...(facts.unsigned > 0 ? [`${facts.unsigned === 1 ? '1 decision waits' : `${facts.unsigned} decisions wait`} for your sign-off; until then they do not count.`] : []),
  ]
  return [`Hello ${facts.name},`, '', `in the access review “${facts.campaign}”, due on ${facts.dueOn}:`, ...left.map((line) => `- ${line}`), '', 'Thank you', facts.officer].join('\n')
}
