import type { EventBody } from '../../shared/model/evidence.ts'
import { appendEvent, emptyChain, type ChainHead } from '../core/evidence/event-chain.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { leafHash } from '../core/evidence/merkle-tree.ts'
import { insertEvents, lastEvent, type StoredEvent } from '../storage/evidence-log.ts'
import type { Queries } from '../storage/database.ts'
import type { Context } from './context.ts'

export interface Recorded {
  readonly seq: number
  readonly ts: string
}

/**
 * Adds events to the log inside the caller's transaction, so that a fact and its record are written together or not at all.
 * Returns each one's sequence number and time, in order: rows that show a fact carry the time of its event.
 */
export async function recordEvents(
  context: Pick<Context, 'logId' | 'clock' | 'hash'>,
  queries: Queries,
  actor: string,
  bodies: readonly EventBody[],
): Promise<readonly Recorded[]> {
  const last = await lastEvent(queries)
  let head: ChainHead =
    last === undefined ? emptyChain(context.logId) : { log: context.logId, size: last.seq + 1, hash: last.hash }
  const stored: StoredEvent[] = []
  for (const { kind, body } of bodies) {
    const ts = context.clock.now()
    const appended = appendEvent(head, { ts, boot: context.clock.boot, mono: context.clock.mono(), actor, kind, body }, context.hash)
    stored.push({
      seq: appended.event.seq,
      kind,
      campaignId: 'campaign' in body ? body.campaign : null,
      itemId: 'item' in body ? body.item : null,
      ts,
      line: appended.line,
      hash: appended.hash,
      leaf: toHex(leafHash(utf8Bytes(appended.line), context.hash)),
    })
    head = appended.head
  }
  await insertEvents(queries, stored)
  return stored.map(({ seq, ts }) => ({ seq, ts }))
}

export async function recordEvent(
  context: Pick<Context, 'logId' | 'clock' | 'hash'>, queries: Queries, actor: string, body: EventBody,
): Promise<Recorded> {
  const [recorded] = await recordEvents(context, queries, actor, [body])
  if (recorded === undefined) throw new Error('no event was recorded')
  return recorded
}
