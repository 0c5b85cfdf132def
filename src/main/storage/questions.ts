import { sql } from 'kysely'
import type { Queries } from './database.ts'

export interface QuestionRow {
  readonly question: number
  readonly itemId: number
  readonly campaignId: number
  readonly campaignState: string
  readonly askedBy: string
  readonly askedByName: string
  readonly askedOf: string
  readonly askedOfName: string
  readonly role: string
  readonly askedAt: string
  readonly text: string
  readonly answer: string | null
  readonly answeredBy: string | null
  readonly answeredAt: string | null
  readonly subjectName: string
  readonly entitlementName: string
  readonly application: string
  readonly description: string | null
}

export async function insertQuestion(
  queries: Queries,
  question: { readonly seq: number; readonly campaignId: number; readonly itemId: number; readonly askedBy: string; readonly askedOf: string;
    readonly role: string; readonly at: string; readonly text: string },
): Promise<void> {
  await queries.insertInto('question').values({
    event_seq: question.seq, campaign_id: question.campaignId, item_id: question.itemId, asked_by: question.askedBy, asked_of: question.askedOf,
    role: question.role, asked_at: question.at, text: question.text, answer_seq: null, answered_by: null, answered_at: null, answer: null,
  }).execute()
}

export async function putAnswer(
  queries: Queries, question: number, answer: { readonly seq: number; readonly by: string; readonly at: string; readonly text: string },
): Promise<void> {
  await queries.updateTable('question')
    .set({ answer_seq: answer.seq, answered_by: answer.by, answered_at: answer.at, answer: answer.text })
    .where('event_seq', '=', question).execute()
}

/** Questions a person asked or was asked, open ones first, then the newest; an officer sees all that are open. */
export async function questionsOf(queries: Queries, email: string, isOfficer: boolean): Promise<readonly QuestionRow[]> {
  return select(queries, sql`q.asked_of = ${email} OR q.asked_by = ${email} OR (${isOfficer ? 1 : 0} AND q.answer_seq IS NULL)`)
}

export async function questionById(queries: Queries, question: number): Promise<QuestionRow | undefined> {
  return (await select(queries, sql`q.event_seq = ${question}`))[0]
}

async function select(queries: Queries, where: ReturnType<typeof sql>): Promise<readonly QuestionRow[]> {
  const { rows } = await sql<QuestionRow>`
    SELECT q.event_seq AS question, q.item_id AS itemId, q.campaign_id AS campaignId, c.state AS campaignState, q.asked_by AS askedBy,
      coalesce(b.display_name, q.asked_by) AS askedByName, q.asked_of AS askedOf, coalesce(o.display_name, q.asked_of) AS askedOfName, q.role,
      q.asked_at AS askedAt, q.text, q.answer, q.answered_by AS answeredBy, q.answered_at AS answeredAt, i.subject_name AS subjectName,
      i.entitlement_name AS entitlementName, i.application, i.entitlement_description AS description
    FROM question q JOIN review_item i ON i.id = q.item_id JOIN campaign c ON c.id = q.campaign_id
    LEFT JOIN person b ON b.email = q.asked_by LEFT JOIN person o ON o.email = q.asked_of
    WHERE ${where} ORDER BY q.answer_seq IS NOT NULL, q.event_seq DESC`.execute(queries)
  return rows
}
