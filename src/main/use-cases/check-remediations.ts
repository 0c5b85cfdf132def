import type { EventBodyOf } from '../../shared/model/evidence.ts'
import { remediationAfter } from '../core/remediation/states.ts'
import type { Queries } from '../storage/database.ts'
import { seenRemediations } from '../storage/remediation-check.ts'
import { changeRemediations, insertSteps, type RemediationChange } from '../storage/remediations.ts'
import type { Context } from './context.ts'
import { recordEvents } from './record-event.ts'

const perEvent = 500

/** A complete snapshot, while it is its source's newest. `readFrom`: when its reading began. */
export interface CheckedSnapshot {
  readonly id: number
  readonly sourceId: number
  readonly source: string
  readonly asOf: string
  readonly readFrom: string
  readonly contentHash: string
}

type Sight = EventBodyOf<'remediations-checked'>['seen'][number]['as']

/**
 * Compares a snapshot with what was to be removed from its source, in the transaction that took it: so nothing is proved that was not read,
 * and a crash leaves neither or both. Says how many rights are proved gone by it.
 */
export async function checkRemediations(
  context: Pick<Context, 'logId' | 'clock' | 'hash'>, queries: Queries, actor: string, snapshot: CheckedSnapshot,
): Promise<{ readonly gone: number }> {
  const news = new Map<number, { readonly id: number; readonly as: Sight }[]>()
  for (const one of await seenRemediations(queries, snapshot)) {
    const as = sightOf(one)
    if (as !== null) news.set(one.campaignId, [...(news.get(one.campaignId) ?? []), { id: one.id, as }])
  }
  let gone = 0
  for (const [campaign, all] of news) {
    for (let from = 0; from < all.length; from += perEvent) {
      const batch = all.slice(from, from + perEvent)
      const [recorded] = await recordEvents(context, queries, actor, [{
        kind: 'remediations-checked',
        body: {
          campaign, source: snapshot.source, snapshot: snapshot.id, asOf: snapshot.asOf, contentHash: snapshot.contentHash,
          seen: batch.map(({ id, as }) => ({ remediation: id, as })),
        },
      }])
      if (recorded === undefined) throw new Error('the check was not recorded')
      for (const as of sights) {
        const ids = batch.filter((one) => one.as === as).map(({ id }) => id)
        if (ids.length > 0) await changeRemediations(queries, ids, changes[as](snapshot.id))
        if (as === 'verified-gone') gone += ids.length
      }
      await insertSteps(queries, batch.map(({ id, as }) => ({
        remediationId: id, at: recorded.ts, by: actor, eventSeq: recorded.seq, kind: as, snapshotId: snapshot.id,
        detail: `Snapshot ${snapshot.id} of ${snapshot.source}, as of ${snapshot.asOf}.`,
      })))
    }
  }
  return { gone }
}

const sights: readonly Sight[] = ['verified-gone', 'came-back', 'restored', 'still-there']

const changes: Readonly<Record<Sight, (snapshot: number) => RemediationChange>> = {
  'verified-gone': (snapshot) => ({ state: 'verified-gone', proof_snapshot: snapshot, still_there_snapshot: null, is_alarm: 0 }),
  'came-back': (snapshot) => ({ state: 'came-back', proof_snapshot: snapshot, is_alarm: 1 }),
  restored: (snapshot) => ({ state: 'restored', proof_snapshot: snapshot, is_alarm: 0 }),
  'still-there': (snapshot) => ({ still_there_snapshot: snapshot }),
}

/** What is new about a remediation in this snapshot; null = nothing. */
function sightOf(
  one: { readonly state: Parameters<typeof remediationAfter>[0]; readonly isHeld: boolean; readonly isKnownStillThere: boolean; readonly isReadAfter: boolean },
): Sight | null {
  const after = remediationAfter(one.state, one.isHeld ? 'seen-held' : 'seen-gone')
  if (!after.ok) return null
  if (after.isNews) {
    if (after.to === 'restored') return one.isReadAfter ? 'restored' : null
    return after.to === 'verified-gone' || after.to === 'came-back' ? after.to : null
  }
  return one.isHeld && one.state === 'applied' && one.isReadAfter && !one.isKnownStillThere ? 'still-there' : null
}
