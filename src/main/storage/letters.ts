import { sql } from 'kysely'
import { letterKind, mailedLetter, type LetterKind, type MailedLetter, type MailFault } from '../../shared/model/mail.ts'
import type { Queries } from './database.ts'

/** A letter with what sending it takes. */
export interface StoredLetter {
  readonly id: number
  readonly campaign: number
  readonly stage: number
  readonly occasion: string
  readonly kind: LetterKind
  readonly person: string
  readonly askedBy: string
  readonly attempts: number
  readonly messageId: string | null
}

export interface NewLetters {
  readonly campaign: number
  readonly stage: number
  /** What the letters are about, such as `chase 812`: nobody gets two on one occasion. */
  readonly occasion: string
  readonly kind: LetterKind
  readonly people: readonly string[]
  readonly askedBy: string
  readonly at: string
}

/** Puts letters down to be sent or taken along; who has one on this occasion already gets no second. Returns how many are new. */
export async function insertLetters(queries: Queries, { campaign, stage, occasion, kind, people, askedBy, at }: NewLetters): Promise<number> {
  if (people.length === 0) return 0
  const rows = people.map((person) => ({
    campaign_id: campaign, stage, occasion, kind, person, asked_by: askedBy, state: 'waiting', next_at: at, made_at: at, changed_at: at,
  }))
  const { numInsertedOrUpdatedRows } = await queries.insertInto('letter').values(rows).onConflict((same) => same.columns(['campaign_id', 'occasion', 'person']).doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0n)
}

/** Letters that may go now, the oldest first: waiting ones, and refused ones whose pause is over. Of one occasion, or of all that officers or also the rules ask for. */
export async function lettersDue(
  queries: Queries, now: string, which: { readonly campaign: number; readonly occasion: string } | { readonly isRulesToo: boolean },
): Promise<readonly StoredLetter[]> {
  let query = queries.selectFrom('letter')
    .select(['id', 'campaign_id as campaign', 'stage', 'occasion', 'kind', 'person', 'asked_by as askedBy', 'attempts', 'message_id as messageId'])
    .where('state', 'in', ['waiting', 'refused']).where('next_at', '<=', now)
  if ('occasion' in which) query = query.where('campaign_id', '=', which.campaign).where('occasion', '=', which.occasion)
  else if (!which.isRulesToo) query = query.where('asked_by', '<>', 'system')
  return (await query.orderBy('id').execute()).map((row) => ({ ...row, kind: letterKind.parse(row.kind) }))
}

/** Letters of a campaign that have not gone and are not being sent. */
export async function openLetters(queries: Queries, campaign: number): Promise<readonly { readonly id: number; readonly person: string; readonly occasion: string; readonly state: string }[]> {
  return queries.selectFrom('letter').select(['id', 'person', 'occasion', 'state']).where('campaign_id', '=', campaign).where('state', 'in', ['waiting', 'refused']).execute()
}

/** Reserves a letter for one sender before anything goes out; false = somebody else has it, or it is settled. */
export async function reserveLetter(queries: Queries, id: number, as: { readonly messageId: string; readonly at: string }): Promise<boolean> {
  const { numUpdatedRows } = await queries.updateTable('letter')
    .set(({ eb }) => ({ state: 'sending', message_id: as.messageId, attempts: eb('attempts', '+', 1), changed_at: as.at }))
    .where('id', '=', id).where('state', 'in', ['waiting', 'refused']).executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** What became of a reserved letter. */
export interface Settled {
  readonly state: 'sent' | 'refused' | 'unknown'
  readonly fault: MailFault | null
  readonly answer: string
  /** When it may be tried again, where it was refused. */
  readonly nextAt: string
  readonly seq: number
  readonly at: string
}

export async function settleLetter(queries: Queries, id: number, { state, fault, answer, nextAt, seq, at }: Settled): Promise<void> {
  await queries.updateTable('letter').set({ state, fault, answer, next_at: nextAt, event_seq: seq, changed_at: at }).where('id', '=', id).where('state', '=', 'sending').execute()
}

/** Back to where it was before it was reserved: nothing had gone out. */
export async function putLetterBack(queries: Queries, id: number, at: string): Promise<void> {
  await queries.updateTable('letter').set(({ eb }) => ({ state: 'waiting', attempts: eb('attempts', '-', 1), changed_at: at })).where('id', '=', id).where('state', '=', 'sending').execute()
}

/** Letters that need not go any more. */
export async function dropLetters(queries: Queries, ids: readonly number[], at: string): Promise<void> {
  if (ids.length === 0) return
  await sql`UPDATE letter SET state = 'dropped', changed_at = ${at} WHERE state IN ('waiting', 'refused') AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`.execute(queries)
}

/** Reserved by a process that died: each may have gone out or not. */
export async function reservedLetters(queries: Queries): Promise<readonly StoredLetter[]> {
  const rows = await queries.selectFrom('letter')
    .select(['id', 'campaign_id as campaign', 'stage', 'occasion', 'kind', 'person', 'asked_by as askedBy', 'attempts', 'message_id as messageId'])
    .where('state', '=', 'sending').orderBy('id').execute()
  return rows.map((row) => ({ ...row, kind: letterKind.parse(row.kind) }))
}

/** A campaign's letters, the newest first: all, each person's latest that was not dropped, or those of one occasion. */
export async function lettersOf(queries: Queries, campaign: number, which: 'all' | 'latest' | { readonly occasion: string }): Promise<MailedLetter[]> {
  const { rows } = await sql<Record<string, unknown>>`
    SELECT l.id, l.campaign_id AS campaign, l.stage, l.kind, l.person, coalesce(p.display_name, l.person) AS name, l.state, l.fault, l.answer, l.attempts, l.made_at AS madeAt,
      l.changed_at AS changedAt
    FROM letter l LEFT JOIN person p ON p.email = l.person WHERE l.campaign_id = ${campaign}
      AND (${which === 'latest' ? 0 : 1} OR l.id = (SELECT max(n.id) FROM letter n WHERE n.campaign_id = l.campaign_id AND n.person = l.person AND n.state <> 'dropped'))
      AND (${typeof which === 'string' ? 1 : 0} OR l.occasion = ${typeof which === 'string' ? null : which.occasion})
    ORDER BY l.id DESC`.execute(queries)
  return rows.map((row) => mailedLetter.parse(row))
}

/** Running campaigns with letters that were not asked for by hand, for whoever takes letters along. */
export async function campaignsWithWaiting(queries: Queries): Promise<readonly number[]> {
  const rows = await queries.selectFrom('letter').innerJoin('campaign', 'campaign.id', 'letter.campaign_id').select('letter.campaign_id').distinct()
    .where('letter.state', '=', 'waiting').where('letter.asked_by', '=', 'system').where('campaign.state', '=', 'running').orderBy('letter.campaign_id').execute()
  return rows.map((row) => row.campaign_id)
}

/** The rules' own letters of a campaign, taken along as files; who they are for. */
export async function takeWaiting(queries: Queries, campaign: number, at: string): Promise<readonly { readonly person: string; readonly kind: LetterKind }[]> {
  const rows = await queries.updateTable('letter').set({ state: 'taken', changed_at: at })
    .where('campaign_id', '=', campaign).where('state', '=', 'waiting').where('asked_by', '=', 'system').returning(['person', 'kind']).execute()
  return rows.map(({ person, kind }) => ({ person, kind: letterKind.parse(kind) }))
}
