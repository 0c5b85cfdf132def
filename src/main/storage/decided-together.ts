import { sql } from 'kysely'
import { evidenceEvent } from '../../shared/model/evidence.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { Queries } from './database.ts'
import type { Person } from './people.ts'

/** What was decided in one go, by the number of its event; `standing`: how much of it still stands as it was decided then, unsigned. */
export interface DecidedTogether {
  readonly id: number
  readonly way: 'attestation' | 'bulk'
  readonly at: string
  readonly size: number
  readonly standing: number
}

/** A reviewer's own in a campaign of which something still stands, the last first. */
export async function togetherOf(queries: Queries, campaignId: number, reviewer: Pick<Person, 'id' | 'email'>): Promise<readonly DecidedTogether[]> {
  const rows = await queries
    .selectFrom('evidence_event').select('line').where('campaign_id', '=', campaignId).where('kind', '=', 'decided-together').orderBy('seq', 'desc').execute()
  const found: DecidedTogether[] = []
  for (const { line } of rows) {
    const event = evidenceEvent.parse(JSON.parse(line))
    if (event.kind !== 'decided-together' || foldEmail(event.body.reviewer) !== foldEmail(reviewer.email)) continue
    const { way, size } = event.body
    const standing = await countStanding(queries, campaignId, reviewer.id, event.seq, size)
    if (standing > 0) found.push({ id: event.seq, way, at: event.ts, size, standing })
  }
  return found
}

/** The decisions of one go follow its event without a gap, so their numbers tell which they are. */
async function countStanding(queries: Queries, campaignId: number, reviewerId: number, id: number, size: number): Promise<number> {
  const row = await queries
    .selectFrom('decision').select((eb) => eb.fn.countAll<number>().as('standing')).where('campaign_id', '=', campaignId).where('reviewer_id', '=', reviewerId)
    .where('event_seq', '>', id).where('event_seq', '<=', id + size).where('signed_off_seq', 'is', null).executeTakeFirstOrThrow()
  return row.standing
}

/** Decisions of one go that stand as they were decided then and can still be taken back; the log itself says to which go each belongs. */
export async function standingTogether(
  queries: Queries, campaignId: number, reviewerId: number, id: number,
): Promise<readonly { readonly itemId: number; readonly eventSeq: number }[]> {
  const { rows } = await sql<{ itemId: number; eventSeq: number }>`
    SELECT d.item_id AS itemId, d.event_seq AS eventSeq
    FROM decision d JOIN evidence_event e ON e.seq = d.event_seq JOIN assignment a ON a.item_id = d.item_id
    WHERE d.campaign_id = ${campaignId} AND d.reviewer_id = ${reviewerId} AND d.event_seq > ${id} AND d.signed_off_seq IS NULL
      AND a.reviewer_id = ${reviewerId} AND a.is_superseded = 0
      AND coalesce(json_extract(e.line, '$.body.bulk.id'), json_extract(e.line, '$.body.attestation.id')) = ${id}
    ORDER BY d.event_seq`.execute(queries)
  return rows
}
