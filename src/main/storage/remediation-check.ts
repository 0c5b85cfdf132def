import { sql } from 'kysely'
import { remediationState, type RemediationState } from '../../shared/model/remediation.ts'
import type { Queries } from './database.ts'

/** What a snapshot shows of one remediation of its source. */
export interface SeenRemediation {
  readonly id: number
  readonly campaignId: number
  readonly state: RemediationState
  /** The account still holds the right, in the way that was to be removed. */
  readonly isHeld: boolean
  /** It was told before that the snapshot after carrying it out still showed it. */
  readonly isKnownStillThere: boolean
  /** The reading began after it was carried out, or given back, so that the snapshot can speak about that. */
  readonly isReadAfter: boolean
}

/** The account holds the right itself, however a live source says it was given. */
const isOwn = (table: 'r' | 'g') => sql`(${sql.ref(`${table}.path`)} IN ('direct', 'synced') OR substr(${sql.ref(`${table}.path`)}, 1, 5) = 'rule:')`

/** `r` is held through something else. */
export const isThroughOther = sql`NOT ${isOwn('r')}`

/**
 * A grant is the one that was to go if it is held in the same way, or by another route from the same direct holding. `r` and `g` are the
 * remediation and the grant.
 */
export const isSameHolding = sql`(g.path = r.path OR (${isOwn('r')} AND ${isOwn('g')})
  OR (${isThroughOther} AND (g.path = r.root OR substr(g.path, 1, length(r.root) + 3) = r.root || ' > ')))`

/**
 * Every remediation of the source that a snapshot can say something about: the snapshot is later than the one that was reviewed, and of no
 * earlier day than that or the last proof. To be asked while the snapshot is the source's newest: it reads what is open now.
 */
export async function seenRemediations(
  queries: Queries, snapshot: { readonly id: number; readonly sourceId: number; readonly asOf: string; readonly readFrom: string },
): Promise<readonly SeenRemediation[]> {
  const { rows } = await sql<{ id: number; campaignId: number; state: string; isHeld: number; isKnownStillThere: number; isReadAfter: number }>`
    SELECT r.id, r.campaign_id AS campaignId, r.state, r.still_there_snapshot IS NOT NULL AS isKnownStillThere,
      ${snapshot.readFrom} > coalesce(r.taken_back_at, r.applied_at, '') AS isReadAfter,
      EXISTS (SELECT 1 FROM access_grant g WHERE g.account_id = r.account_id AND g.entitlement_id = r.entitlement_id AND g.to_snapshot IS NULL
        AND ${isSameHolding}) AS isHeld
    FROM remediation r JOIN snapshot b ON b.id = r.baseline_snapshot LEFT JOIN snapshot p ON p.id = r.proof_snapshot
    WHERE r.source_id = ${snapshot.sourceId} AND r.state NOT IN ('withdrawn', 'restored') AND r.baseline_snapshot < ${snapshot.id}
      AND coalesce(r.proof_snapshot, 0) < ${snapshot.id} AND b.as_of <= ${snapshot.asOf} AND coalesce(p.as_of, '') <= ${snapshot.asOf}
    ORDER BY r.id`.execute(queries)
  return rows.map((row) => ({
    id: row.id, campaignId: row.campaignId, state: remediationState.parse(row.state), isHeld: row.isHeld === 1,
    isKnownStillThere: row.isKnownStillThere === 1, isReadAfter: row.isReadAfter === 1,
  }))
}

/** The source's newest complete snapshot with the moment its reading began; undefined for a source that was disconnected. */
export async function newestSnapshot(
  queries: Queries, sourceId: number,
): Promise<{ readonly id: number; readonly sourceId: number; readonly source: string; readonly asOf: string; readonly readFrom: string; readonly contentHash: string } | undefined> {
  return queries.selectFrom('snapshot').innerJoin('source', 'source.id', 'snapshot.source_id').innerJoin('run', 'run.id', 'snapshot.run_id')
    .select(['snapshot.id', 'snapshot.source_id as sourceId', 'source.name as source', 'snapshot.as_of as asOf', 'run.started_at as readFrom', 'snapshot.content_hash as contentHash'])
    .where('snapshot.source_id', '=', sourceId).where('source.removed_at', 'is', null).orderBy('snapshot.id', 'desc').limit(1).executeTakeFirst()
}
