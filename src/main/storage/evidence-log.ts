import { evidenceEvent, type Checkpoint, type EventBody, type EvidenceEvent } from '../../shared/model/evidence.ts'
import type { Queries } from './database.ts'

/** A line as it was written, with what was computed from it then. */
export interface StoredEvent {
  readonly seq: number
  readonly kind: EventBody['kind']
  readonly campaignId: number | null
  readonly itemId: number | null
  readonly ts: string
  readonly line: string
  readonly hash: string
  readonly leaf: string
}

/** The last event, or undefined while the log is empty. */
export async function lastEvent(queries: Queries): Promise<{ seq: number; hash: string; ts: string } | undefined> {
  return queries.selectFrom('evidence_event').select(['seq', 'hash', 'ts']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
}

export async function insertEvents(queries: Queries, events: readonly StoredEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += 500) {
    await queries
      .insertInto('evidence_event')
      .values(
        events.slice(from, from + 500).map((event) => ({
          seq: event.seq, kind: event.kind, campaign_id: event.campaignId, item_id: event.itemId, ts: event.ts, line: event.line, hash: event.hash, leaf: event.leaf,
        })),
      )
      .execute()
  }
}

/** Number of a campaign's last event of a kind. */
export async function lastOfKind(queries: Queries, campaignId: number, kind: EventBody['kind']): Promise<number | undefined> {
  const row = await queries
    .selectFrom('evidence_event').select('seq').where('campaign_id', '=', campaignId).where('kind', '=', kind).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row?.seq
}

/** Whether any decision on an item is in the log after `sinceSeq` (when it became its reviewer's), undone ones included. */
export async function wasEverDecided(queries: Queries, itemId: number, sinceSeq: number): Promise<boolean> {
  const row = await queries
    .selectFrom('evidence_event').select('seq').where('item_id', '=', itemId).where('kind', '=', 'decision-made').where('seq', '>', sinceSeq).limit(1).executeTakeFirst()
  return row !== undefined
}

/** Lines in order, read in pages so that a long log never sits in memory. */
export async function* eventLines(queries: Queries, range: { from: number; below: number }): AsyncGenerator<{ seq: number; campaignId: number | null; line: string; hash: string; leaf: string }> {
  const page = 5_000
  let next = range.from
  while (next < range.below) {
    const rows = await queries
      .selectFrom('evidence_event')
      .select(['seq', 'campaign_id', 'line', 'hash', 'leaf'])
      .where('seq', '>=', next)
      .where('seq', '<', range.below)
      .orderBy('seq')
      .limit(page)
      .execute()
    for (const row of rows) yield { seq: row.seq, campaignId: row.campaign_id, line: row.line, hash: row.hash, leaf: row.leaf }
    const last = rows.at(-1)
    if (last === undefined) return
    next = last.seq + 1
  }
}

/** The lines of one campaign, in order and in pages. */
export async function* campaignLines(queries: Queries, campaignId: number, below: number): AsyncGenerator<string> {
  let next = 0
  for (;;) {
    const rows = await queries
      .selectFrom('evidence_event')
      .select(['seq', 'line'])
      .where('campaign_id', '=', campaignId)
      .where('seq', '>=', next)
      .where('seq', '<', below)
      .orderBy('seq')
      .limit(5_000)
      .execute()
    for (const row of rows) yield row.line
    const last = rows.at(-1)
    if (last === undefined) return
    next = last.seq + 1
  }
}

export async function leafHashes(queries: Queries, range: { from: number; below: number }): Promise<readonly string[]> {
  const rows = await queries
    .selectFrom('evidence_event').select('leaf').where('seq', '>=', range.from).where('seq', '<', range.below).orderBy('seq').execute()
  return rows.map((row) => row.leaf)
}

export type StoredCheckpoint = Checkpoint & { readonly cms: Uint8Array; readonly frontier: string }

export async function lastCheckpoint(queries: Queries): Promise<StoredCheckpoint | undefined> {
  return queries.selectFrom('checkpoint').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst()
}

export async function insertCheckpoint(queries: Queries, checkpoint: StoredCheckpoint): Promise<void> {
  await queries.insertInto('checkpoint').values(checkpoint).execute()
}

export async function eventLine(queries: Queries, seq: number): Promise<string> {
  const row = await queries.selectFrom('evidence_event').select('line').where('seq', '=', seq).executeTakeFirstOrThrow()
  return row.line
}

/** Events that name an item, in order, after it became its reviewer's. */
export async function itemEvents(queries: Queries, itemId: number, sinceSeq: number): Promise<readonly EvidenceEvent[]> {
  const rows = await queries.selectFrom('evidence_event').select('line').where('item_id', '=', itemId).where('seq', '>', sinceSeq).orderBy('seq').execute()
  return rows.map((row) => evidenceEvent.parse(JSON.parse(row.line)))
}

export async function allCheckpoints(queries: Queries): Promise<readonly Checkpoint[]> {
  return queries.selectFrom('checkpoint').select(['size', 'root', 'note', 'at', 'why']).orderBy('size').execute()
}

/** The checkpoint signed over exactly so many events. */
export async function checkpointOver(queries: Queries, size: number): Promise<StoredCheckpoint | undefined> {
  return queries.selectFrom('checkpoint').selectAll().where('size', '=', size).executeTakeFirst()
}

/**
 * Events of some kinds that belong to no campaign, in order; meant for kinds of which a workspace has few. A line that is no such event is
 * passed over: the log's own check is what tells of it.
 */
export async function eventsOfKinds(queries: Queries, kinds: readonly EventBody['kind'][]): Promise<readonly EvidenceEvent[]> {
  const rows = await queries.selectFrom('evidence_event').select('line').where('campaign_id', 'is', null).where('kind', 'in', kinds).orderBy('seq').execute()
  return rows.flatMap((row) => {
    try {
      const read = evidenceEvent.safeParse(JSON.parse(row.line))
      return read.success ? [read.data] : []
    } catch {
      return []
    }
  })
}
