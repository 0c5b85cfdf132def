import { sql } from 'kysely'
import type { EmploymentStatus } from '../../shared/model/identity.ts'
import { standingOfPeople } from './absences.ts'
import type { Queries } from './database.ts'

/** Open items of one running campaign that lie before somebody who has left, and that the daily work found nobody for. */
export interface WithoutReviewer {
  readonly campaign: number
  /** Before whom they lie. */
  readonly person: string
  readonly name: string
  readonly items: number
}

/**
 * Who has left and still has open items before them that nobody else may take, in the open stages of all running campaigns. What the daily work
 * has not looked at yet is not among them: it may go to somebody.
 */
export async function itemsWithoutReviewer(queries: Queries): Promise<readonly WithoutReviewer[]> {
  const { rows } = await sql<{ campaign: number; person: string; items: number }>`
    SELECT c.id AS campaign, p.email AS person, count(*) AS items
    FROM campaign c JOIN assignment a ON a.campaign_id = c.id AND a.is_superseded = 0 JOIN review_item i ON i.id = a.item_id AND i.stage = c.stage
    JOIN item_note n ON n.item_id = a.item_id AND n.kind = 'without-reviewer' AND n.event_seq > a.since_seq
    JOIN person p ON p.id = a.reviewer_id LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE c.state = 'running' AND d.signed_off_seq IS NULL GROUP BY c.id, p.id ORDER BY c.id, p.email`.execute(queries)
  const standing = await standingOfPeople(queries, [...new Set(rows.map(({ person }) => person))])
  return rows.flatMap((row) => {
    const hr = standing.get(row.person)
    return hr !== undefined && hasLeft(hr) ? [{ ...row, name: hr.name }] : []
  })
}

export const hasLeft = ({ status }: { readonly status: EmploymentStatus }): boolean => status === 'inactive' || status === 'gone'

/** Of several items, those whose lying before their present reviewer was told already. */
export async function toldWithoutReviewer(queries: Queries, items: readonly { readonly itemId: number; readonly sinceSeq: number }[]): Promise<ReadonlySet<number>> {
  const since = new Map(items.map(({ itemId, sinceSeq }) => [itemId, sinceSeq]))
  const { rows } = await sql<{ itemId: number; seq: number }>`
    SELECT item_id AS itemId, event_seq AS seq FROM item_note
    WHERE kind = 'without-reviewer' AND item_id IN (SELECT value FROM json_each(${JSON.stringify([...since.keys()])}))`.execute(queries)
  return new Set(rows.filter(({ itemId, seq }) => seq > (since.get(itemId) ?? 0)).map(({ itemId }) => itemId))
}
