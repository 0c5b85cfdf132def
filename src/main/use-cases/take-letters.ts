import { reviewerStandings } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { campaignsWithLetters, lettersTaken } from '../storage/escalations.ts'
import type { Actor, Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { remindReviewers, type Reminder } from './remind-reviewers.ts'

/**
 * The letters the ladders have asked for since they were last taken along, written now: whoever is done by now gets none. Only taking them
 * is recorded as reminding, for Muster sends nothing itself.
 */
export async function takeLetters(
  context: Context, actor: Actor, input: { readonly channel: 'list' | 'mail-drafts' },
): Promise<(Reminder & { readonly campaign: number })[]> {
  mustBeOfficer(actor)
  const letters: (Reminder & { campaign: number })[] = []
  for (const campaign of await campaignsWithLetters(context.store.db)) {
    const isOwed = (await reviewerStandings(context.store.db, campaign)).some(({ items, signedOff }) => items > signedOff)
    const written = isOwed ? await remindReviewers(context, actor, { campaign, only: null, channel: input.channel }) : []
    await inTransaction(context.store, (queries) => lettersTaken(queries, campaign))
    letters.push(...written.map((letter) => ({ campaign, ...letter })))
  }
  return letters
}
