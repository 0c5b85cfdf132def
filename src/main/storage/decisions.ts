import { sql } from 'kysely'
import { outcome as outcomeSchema, reasonCode as reasonSchema, type Decision, type Outcome, type ReasonCode } from '../../shared/model/decision.ts'
import type { Selectable } from 'kysely'
import type { Queries } from './database.ts'
import type { DecisionTable } from './tables.ts'

export function toDecision(row: Selectable<DecisionTable>): Decision {
  return {
    itemId: row.item_id, outcome: outcomeSchema.parse(row.outcome), until: row.until,
    reasonCode: row.reason_code === null ? null : reasonSchema.parse(row.reason_code), reasonText: row.reason_text, decidedBy: row.decided_by,
    decidedAt: row.decided_at, adviceVisible: row.advice_visible === 1, eventSeq: row.event_seq, isSignedOff: row.signed_off_seq !== null,
  }
}

export interface NewDecision {
  readonly itemId: number
  readonly campaignId: number
  readonly reviewerId: number
  readonly outcome: Outcome
  readonly until: string | null
  readonly reasonCode: ReasonCode | null
  readonly reasonText: string | null
  readonly decidedBy: string
  readonly decidedAt: string
  readonly adviceVisible: boolean
  readonly openMs: number | null
  readonly eventSeq: number
}

export async function decisionOf(queries: Queries, itemId: number): Promise<Decision | undefined> {
  const row = await queries.selectFrom('decision').selectAll().where('item_id', '=', itemId).executeTakeFirst()
  return row === undefined ? undefined : toDecision(row)
}

function toRow(decision: NewDecision) {
  return {
    item_id: decision.itemId, campaign_id: decision.campaignId, reviewer_id: decision.reviewerId, outcome: decision.outcome, until: decision.until,
    reason_code: decision.reasonCode, reason_text: decision.reasonText, decided_by: decision.decidedBy, decided_at: decision.decidedAt,
    advice_visible: decision.adviceVisible ? 1 : 0, open_ms: decision.openMs, event_seq: decision.eventSeq, signed_off_seq: null,
  }
}

/** Puts a decision in place of the one before it. Both stay in the event log; this table only shows the last. */
export async function putDecision(queries: Queries, decision: NewDecision): Promise<void> {
  const row = toRow(decision)
  await queries.insertInto('decision').values(row).onConflict((oc) => oc.column('item_id').doUpdateSet(row)).execute()
}

/** First decisions on items that have none. */
export async function putDecisions(queries: Queries, decisions: readonly NewDecision[]): Promise<void> {
  for (let from = 0; from < decisions.length; from += 500) await queries.insertInto('decision').values(decisions.slice(from, from + 500).map(toRow)).execute()
}

export async function removeDecision(queries: Queries, itemId: number): Promise<void> {
  await removeDecisions(queries, [itemId])
}

export async function removeDecisions(queries: Queries, items: readonly number[]): Promise<void> {
  await sql`DELETE FROM decision WHERE item_id IN (SELECT value FROM json_each(${JSON.stringify(items)}))`.execute(queries)
}

/** A reviewer's decisions that no sign-off covers yet, by item. */
export async function pendingDecisions(queries: Queries, campaignId: number, reviewerId: number): Promise<readonly Decision[]> {
  const rows = await queries
    .selectFrom('decision')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .where('reviewer_id', '=', reviewerId)
    .where('signed_off_seq', 'is', null)
    // What moved on to the next stage is closed there; a decision left pending on it counts for nothing.
    .where('item_id', 'in', queries.selectFrom('assignment').select('assignment.item_id').where('assignment.campaign_id', '=', campaignId).where('is_superseded', '=', 0))
    .orderBy('item_id')
    .execute()
  return rows.map(toDecision)
}

export async function markSignedOff(queries: Queries, campaignId: number, reviewerId: number, seq: number): Promise<void> {
  await queries
    .updateTable('decision')
    .set({ signed_off_seq: seq })
    .where('campaign_id', '=', campaignId)
    .where('reviewer_id', '=', reviewerId)
    .where('signed_off_seq', 'is', null)
    // What moved on to the next stage is closed there; a decision left pending on it counts for nothing.
    .where('item_id', 'in', queries.selectFrom('assignment').select('assignment.item_id').where('assignment.campaign_id', '=', campaignId).where('is_superseded', '=', 0))
    .execute()
}

export async function insertSignOff(
  queries: Queries,
  signOff: {
    eventSeq: number; campaignId: number; reviewerId: number; at: string; statement: string; decided: number; undecided: number; line: string
    cms: Uint8Array; fingerprint: string
  },
): Promise<void> {
  await queries
    .insertInto('sign_off')
    .values({
      event_seq: signOff.eventSeq, campaign_id: signOff.campaignId, reviewer_id: signOff.reviewerId, at: signOff.at, statement: signOff.statement,
      decided: signOff.decided, undecided: signOff.undecided, line: signOff.line, cms: signOff.cms, fingerprint: signOff.fingerprint,
    })
    .execute()
}

export interface StoredSignOff {
  readonly eventSeq: number; readonly reviewer: string; readonly at: string; readonly statement: string; readonly decided: number
  readonly undecided: number; readonly line: string; readonly cms: Uint8Array; readonly fingerprint: string
}

export async function signOffsOf(queries: Queries, campaignId: number): Promise<readonly StoredSignOff[]> {
  const { rows } = await sql<StoredSignOff>`
    SELECT s.event_seq AS eventSeq, p.email AS reviewer, s.at, s.statement, s.decided, s.undecided, s.line, s.cms, s.fingerprint
    FROM sign_off s JOIN person p ON p.id = s.reviewer_id WHERE s.campaign_id = ${campaignId} ORDER BY s.event_seq`.execute(queries)
  return rows
}

/** Items nobody decided, or whose decision nobody signed. */
export async function itemsWithoutFinalDecision(queries: Queries, campaignId: number): Promise<readonly number[]> {
  const rows = await queries
    .selectFrom('assignment as a')
    .leftJoin('decision as d', 'd.item_id', 'a.item_id')
    .select('a.item_id as id')
    .where('a.campaign_id', '=', campaignId)
    .where('a.is_superseded', '=', 0)
    .where('d.signed_off_seq', 'is', null)
    .orderBy('a.item_id')
    .execute()
  return rows.map((row) => row.id)
}

export async function allDecisions(queries: Queries, campaignId: number): Promise<readonly Decision[]> {
  return (await queries.selectFrom('decision').selectAll().where('campaign_id', '=', campaignId).execute()).map(toDecision)
}
