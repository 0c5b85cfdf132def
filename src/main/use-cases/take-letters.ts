import { inTransaction } from '../storage/database.ts'
import { campaignsWithLetters, lettersTaken } from '../storage/escalations.ts'
import { campaignsWithWaiting, takeWaiting } from '../storage/letters.ts'
import { owing } from './ask-letters.ts'
import type { Actor, Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { remindReviewers, type Reminder } from './remind-reviewers.ts'

type Letter = Reminder & { readonly campaign: number }

/**
 * The letters the ladders have asked for since they were last taken along, written now: whoever is done by now gets none. Only taking them
 * is recorded as reminding, for nothing is sent by this; what was to be sent is not sent any more.
 */
export async function takeLetters(
  context: Context, actor: Actor, input: { readonly channel: 'list' | 'mail-drafts' },
): Promise<Letter[]> {
  mustBeOfficer(actor)
  const letters: Letter[] = []
  const reminding = new Set(await campaignsWithLetters(context.store.db))
  for (const campaign of [...new Set([...reminding, ...(await campaignsWithWaiting(context.store.db))])].sort((left, right) => left - right)) {
    const waiting = await inTransaction(context.store, (queries) => takeWaiting(queries, campaign, context.clock.now()))
    const late = await owing(context.store.db, campaign)
    const escalated = late.filter((person) => waiting.some((one) => one.person === person && one.kind === 'escalation'))
    const launched = late.filter((person) => !escalated.includes(person) && waiting.some((one) => one.person === person && one.kind === 'launch'))
    const reminded = late.filter((person) => ![...escalated, ...launched].includes(person) && (reminding.has(campaign) || waiting.some((one) => one.person === person)))
    for (const [kind, only] of [['reminder', reminded], ['launch', launched], ['escalation', escalated]] as const) {
      if (only.length === 0) continue
      letters.push(...(await remindReviewers(context, actor, { campaign, only, channel: input.channel, kind })).map((letter) => ({ campaign, ...letter })))
    }
    await inTransaction(context.store, (queries) => lettersTaken(queries, campaign))
  }
  return letters
}
