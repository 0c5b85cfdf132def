import type { Question } from '../../shared/model/question.ts'
import { isSubject, type Candidate } from '../core/campaign/assign-reviewers.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { identitiesByEmail } from '../storage/campaign-population.ts'
import { addPerson, personByEmail } from '../storage/people.ts'
import { insertQuestion, putAnswer, questionById, questionsOf, type QuestionRow } from '../storage/questions.ts'
import type { ItemRow } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, nextState } from './find-campaign.ts'
import { toCandidate } from './plan-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Asks the owner of a right, or the officer who runs the campaign, inside the caller's transaction. */
export async function ask(
  context: Context, queries: Queries, actor: Actor, campaign: StoredCampaign, item: ItemRow, input: { readonly role: 'owner' | 'officer'; readonly text: string },
): Promise<void> {
  const text = input.text.trim()
  if (text === '') throw new Refusal('invalid', 'A question needs words.')
  const email = input.role === 'owner' ? item.owner_email : campaign.createdBy
  if (email === null || email.trim() === '') throw new Refusal('invalid', `Nobody is named as owner of ${item.entitlement_name}; ask the compliance officer.`)
  const asked = await candidateOf(queries, email)
  const named = foldEmail(asked.email)
  if (named === foldEmail(actor.email)) throw new Refusal('invalid', 'The question would come back to you; ask somebody else.')
  if (isSubject(asked, { subjectIdentityId: item.identity_id, subjectEmail: item.subject_email })) {
    throw new Refusal('invalid', 'Nobody answers for their own access; ask the compliance officer.')
  }
  if (!asked.isAvailable) throw new Refusal('invalid', `${asked.name} is on leave or has left and cannot answer; ask the compliance officer.`)
  await addPerson(queries, { email: named, name: asked.name, identityId: asked.identityId, roles: ['reviewer'] })
  const { seq, ts } = await recordEvent(context, queries, actor.email, {
    kind: 'question-asked', body: { campaign: campaign.id, item: item.id, asked: named, role: input.role, text },
  })
  await insertQuestion(queries, {
    seq, campaignId: campaign.id, itemId: item.id, askedBy: foldEmail(actor.email), askedOf: named, role: input.role, at: ts, text,
  })
}

async function candidateOf(queries: Queries, email: string): Promise<Candidate> {
  const key = foldEmail(email)
  const identity = (await identitiesByEmail(queries, [key])).get(key)
  if (identity !== undefined) return toCandidate(identity)
  const person = await personByEmail(queries, key)
  return { email: key, name: person?.name ?? email, identityId: person?.identityId ?? null, isAvailable: true }
}

/** Answers a question: whoever was asked, or an officer. The answer stands beside the item and can be corrected until the campaign closes. */
export async function answerQuestion(context: Context, actor: Actor, input: { readonly question: number; readonly text: string }): Promise<Question> {
  const text = input.text.trim()
  if (text === '') throw new Refusal('invalid', 'An answer needs words.')
  return inTransaction(context.store, async (queries) => {
    const asked = await questionById(queries, input.question)
    const mayAnswer = asked !== undefined && (asked.askedOf === foldEmail(actor.email) || (actor.roles.includes('officer') && asked.askedBy !== foldEmail(actor.email)))
    if (asked === undefined || !mayAnswer) throw new Refusal('not-found', `There is no question ${input.question} for ${actor.email}.`)
    nextState(await findCampaign(queries, asked.campaignId), 'decide')
    const { seq, ts } = await recordEvent(context, queries, actor.email, {
      kind: 'question-answered', body: { campaign: asked.campaignId, item: asked.itemId, question: asked.question, text },
    })
    await putAnswer(queries, asked.question, { seq, by: foldEmail(actor.email), at: ts, text })
    const answered = await questionById(queries, asked.question)
    if (answered === undefined) throw new Error('an answered question is gone')
    return toQuestion(answered, actor)
  })
}

/** What a person was asked, and what they asked; an officer sees whatever is still open. */
export async function showQuestions(context: Context, actor: Actor): Promise<Question[]> {
  const rows = await questionsOf(context.store.db, foldEmail(actor.email), actor.roles.includes('officer'))
  return rows.map((row) => toQuestion(row, actor))
}

function toQuestion({ campaignState, role, ...row }: QuestionRow, actor: Actor): Question {
  const isMine = row.askedBy === foldEmail(actor.email)
  const mayAnswer = row.askedOf === foldEmail(actor.email) || (actor.roles.includes('officer') && !isMine)
  return { ...row, role: role === 'owner' ? 'owner' : 'officer', isMine, canAnswer: mayAnswer && campaignState === 'running' }
}
