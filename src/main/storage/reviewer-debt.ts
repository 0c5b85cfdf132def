import { sql } from 'kysely'
import type { Queries } from './database.ts'

/** What one reviewer still owes a campaign; asked right before a letter goes, so from indexes and for one person only. */
export interface ReviewerDebt {
  readonly name: string
  readonly undecided: number
  /** Decided and not signed off. */
  readonly unsigned: number
}

export async function reviewerDebt(queries: Queries, campaignId: number, person: string): Promise<ReviewerDebt> {
  const { rows } = await sql<ReviewerDebt>`
    SELECT p.display_name AS name, count(a.item_id) - count(d.item_id) AS undecided, count(d.item_id) - count(d.signed_off_seq) AS unsigned
    FROM person p LEFT JOIN assignment a ON a.reviewer_id = p.id AND a.campaign_id = ${campaignId} AND a.is_superseded = 0
    LEFT JOIN decision d ON d.item_id = a.item_id WHERE p.email = ${person} GROUP BY p.id`.execute(queries)
  return rows[0] ?? { name: person, undecided: 0, unsigned: 0 }
}
