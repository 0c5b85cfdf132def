import { sql } from 'kysely'
import { formerAnswer, type FormerAnswer } from '../../shared/model/former-answer.ts'
import type { Queries } from './database.ts'

/** Everybody who was asked about a grant before a stage, with what they signed off; by stage, those who answered first. */
export async function formerAnswers(
  queries: Queries, item: { readonly campaign_id: number; readonly grant_id: number; readonly stage: number },
): Promise<FormerAnswer[]> {
  const { rows } = await sql`
    SELECT i.stage, p.email AS person, p.display_name AS name, d.outcome, d.until, d.reason_code AS reasonCode, d.reason_text AS reasonText, d.decided_at AS at
    FROM review_item i JOIN assignment a ON a.item_id = i.id JOIN person p ON p.id = a.reviewer_id
    LEFT JOIN decision d ON d.item_id = i.id AND d.signed_off_seq IS NOT NULL
    WHERE i.campaign_id = ${item.campaign_id} AND i.grant_id = ${item.grant_id} AND i.stage < ${item.stage}
    ORDER BY i.stage, d.event_seq IS NULL, d.event_seq, p.email`.execute(queries)
  return rows.map((row) => formerAnswer.parse(row))
}
