import type { LetterKind, MailedLetter } from '../../shared/model/mail.ts'
import { reviewerStandings, type StoredCampaign } from '../storage/campaigns.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { dropLetters, insertLetters, lettersOf, openLetters } from '../storage/letters.ts'
import { loadMailSettings } from '../storage/mail-settings.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { mailReady } from './mail-settings.ts'
import { system } from './hand-over.ts'
import { sendLetters, type LettersSent } from './send-letters.ts'

/** Puts letters down that the rules ask for; an older one to the same person that has not gone yet is not needed any more. */
export async function askByRule(
  context: Context, queries: Queries, campaign: Pick<StoredCampaign, 'id' | 'stage'>, letters: { readonly kind: LetterKind; readonly occasion: string; readonly people: readonly string[] },
): Promise<void> {
  await putDown(context, queries, campaign, { ...letters, askedBy: system.email })
}

async function putDown(
  context: Context, queries: Queries, { id, stage }: Pick<StoredCampaign, 'id' | 'stage'>,
  { people, ...letters }: { readonly kind: LetterKind; readonly occasion: string; readonly people: readonly string[]; readonly askedBy: string },
): Promise<void> {
  const at = context.clock.now()
  const asked = new Set(people)
  await dropLetters(queries, (await openLetters(queries, id)).filter(({ person, occasion }) => asked.has(person) && occasion !== letters.occasion).map((one) => one.id), at)
  await insertLetters(queries, { ...letters, people, campaign: id, stage, at })
}

/** Everybody with items in a stage that just opened is told, where the officer lets Muster send by itself. */
export async function askStageLetters(context: Context, queries: Queries, id: number): Promise<void> {
  if ((await loadMailSettings(queries))?.remindsBySelf !== true) return
  const campaign = await findCampaign(queries, id)
  await askByRule(context, queries, campaign, { kind: 'launch', occasion: `stage ${campaign.stage}`, people: await owing(queries, id) })
}

/** Who still owes an answer. */
export async function owing(queries: Queries, campaign: number): Promise<readonly string[]> {
  return (await reviewerStandings(queries, campaign)).filter(({ items, signedOff }) => items > signedOff).map(({ person }) => person)
}

export interface LettersMailed extends LettersSent { readonly letters: MailedLetter[] }

/**
 * Mails those who still owe an answer (of `only`, where named), each once. Stopped, what has not gone is dropped; where the server cannot be used, it
 * waits and the daily work tries again.
 */
export async function mailReviewers(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly only: readonly string[] | null; readonly kind: 'reminder' | 'launch' }, watch: Watch,
): Promise<LettersMailed> {
  mustBeOfficer(actor)
  // What is missing is said before anything is put down.
  await mailReady(context)
  const occasion = `asked ${context.clock.now()}`
  await inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, input.campaign)
    nextState(campaign, 'decide')
    const people = (await owing(queries, campaign.id)).filter((person) => input.only === null || input.only.includes(person))
    if (people.length === 0) throw new Refusal('conflict', 'Nobody owes an answer; nothing was sent.')
    await putDown(context, queries, campaign, { kind: input.kind, occasion, people, askedBy: actor.email })
  })
  const done = await sendLetters(context, { campaign: input.campaign, occasion }, watch)
  if (watch.signal.aborted) {
    await inTransaction(context.store, async (queries) => {
      const open = (await openLetters(queries, input.campaign)).filter((one) => one.occasion === occasion && one.state === 'waiting')
      await dropLetters(queries, open.map(({ id }) => id), context.clock.now())
    })
  }
  const letters = await lettersOf(context.store.db, input.campaign, { occasion })
  return { ...done, letters }
}
