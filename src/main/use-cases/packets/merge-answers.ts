import type { EventBody } from '../../../shared/model/evidence.ts'
import type { PacketConflict, ResponseContent } from '../../../shared/model/packet.ts'
import { fromBase64 } from '../../core/evidence/bytes.ts'
import { decisionsHash } from '../../core/evidence/item-standing.ts'
import type { Answered, AnsweredItem } from '../../core/evidence/check-response.ts'
import type { StoredCampaign } from '../../storage/campaigns.ts'
import type { Queries } from '../../storage/database.ts'
import { insertSignOff, putDecision } from '../../storage/decisions.ts'
import { insertResponse, markItemsSignedOff, type PacketOut } from '../../storage/packets.ts'
import type { Person } from '../../storage/people.ts'
import type { ItemRow } from '../../storage/review-items.ts'
import type { Actor, Context } from '../context.ts'
import { recordEvent, recordEvents } from '../record-event.ts'

export interface Merging {
  readonly packet: PacketOut
  readonly reviewer: Person
  readonly campaign: StoredCampaign
  readonly rows: ReadonlyMap<number, ItemRow>
  readonly checked: Answered
  readonly conflicts: readonly PacketConflict[]
  readonly content: ResponseContent
  readonly bytes: Uint8Array
  readonly cms: Uint8Array
  readonly responseHash: string
}

/** Writes what a response brings that nothing here stands against: decisions, sign-offs, and the response itself. */
export async function mergeAnswers(context: Context, queries: Queries, actor: Actor, merging: Merging): Promise<{ merged: number }> {
  const { packet, reviewer, checked, content } = merging
  const refused = new Set(merging.conflicts.map(({ itemId }) => itemId))
  const taken = new Map([...checked.items].filter(([item]) => !refused.has(item)))
  const { seq } = await recordEvent(context, queries, actor.email, {
    kind: 'response-merged',
    body: {
      campaign: packet.campaignId, packet: packet.id, reviewer: reviewer.email, responseHash: merging.responseHash, log: content.log, checkpoint: content.checkpoint,
      merged: taken.size, undecided: checked.undecided, conflicts: [...merging.conflicts],
    },
  })
  const decided = await mergeDecisions(context, queries, merging, taken)
  for (const { record, line, answers } of checked.signOffs) {
    const items = record.items.filter((item) => taken.has(item))
    if (items.length > 0) await mergeSignOff(context, queries, merging, { record, line, answers, items, decided })
  }
  await insertResponse(queries, {
    packetId: packet.id, responseSha256: merging.responseHash, content: merging.bytes, cms: merging.cms, at: context.clock.now(), by: actor.email, merged: taken.size,
    undecided: checked.undecided, conflicts: merging.conflicts, eventSeq: seq,
  })
  return { merged: taken.size }
}

/** Item → number of its decision's event here. */
async function mergeDecisions(context: Context, queries: Queries, merging: Merging, taken: ReadonlyMap<number, AnsweredItem>): Promise<ReadonlyMap<number, number>> {
  const { packet, reviewer, rows, checked } = merging
  const groups = new Map<number, number>()
  for (const { event: { body } } of taken.values()) {
    const named = body.bulk ?? body.attestation
    const covering = named === undefined || groups.has(named.id) ? undefined : checked.together.get(named.id)
    if (named === undefined || covering === undefined) continue
    groups.set(named.id, (await recordEvent(context, queries, reviewer.email, { kind: 'decided-together', body: covering.body })).seq)
  }
  const items = [...taken]
  const bodies = items.map(([item, { event }]): EventBody => {
    const { words: _words, bulk, attestation, ...body } = event.body
    const again = (named: typeof bulk): typeof bulk => (named === undefined ? undefined : { id: groups.get(named.id) ?? -1, size: named.size })
    const [alike, attested] = [again(bulk), again(attestation)]
    return {
      kind: 'decision-made',
      body: {
        ...body, packet: rows.get(item)?.packet_hash ?? '', carried: { packet: packet.id, seq: event.seq, at: event.ts },
        ...(alike === undefined ? {} : { bulk: alike }), ...(attested === undefined ? {} : { attestation: attested }),
      },
    }
  })
  const recorded = await recordEvents(context, queries, reviewer.email, bodies)
  const decided = new Map<number, number>()
  for (const [index, [item, { event }]] of items.entries()) {
    const made = recorded[index]
    if (made === undefined) throw new Error('a decision was not recorded')
    decided.set(item, made.seq)
    const { outcome, until, reasonCode, reasonText, adviceVisible, openMs } = event.body
    await putDecision(queries, {
      itemId: item, campaignId: packet.campaignId, reviewerId: reviewer.id, decidedBy: reviewer.email, decidedAt: made.ts, eventSeq: made.seq, outcome, until, reasonCode,
      reasonText, adviceVisible, openMs,
    })
  }
  return decided
}

async function mergeSignOff(
  context: Context, queries: Queries, merging: Merging,
  signed: Answered['signOffs'][number] & { readonly items: readonly number[]; readonly decided: ReadonlyMap<number, number> },
): Promise<void> {
  const { packet, reviewer, content, checked } = merging
  const { record, line, answers, items, decided } = signed
  const fingerprint = reviewer.fingerprint ?? ''
  const undecided = packet.items.size - checked.items.size
  const { seq, ts } = await recordEvent(context, queries, reviewer.email, {
    kind: 'sign-off',
    body: {
      campaign: packet.campaignId, reviewer: reviewer.email, decided: items.length, undecided,
      decisionsHash: decisionsHash(items.map((item) => ({
        item, outcome: checked.items.get(item)?.event.body.outcome ?? 'keep', seq: decided.get(item) ?? -1,
      })), context.hash),
      statement: record.statement, certificateFingerprint: fingerprint, authentication: 'passphrase', items: [...items],
      carried: { packet: packet.id, log: content.log, line, answers: [...answers] },
    },
  })
  const cms = fromBase64(content.signOffs.find((one) => one.seq === record.seq)?.cms ?? '')
  if (cms === undefined) throw new Error('a sign-off came without its signature')
  await insertSignOff(queries, {
    eventSeq: seq, campaignId: packet.campaignId, reviewerId: reviewer.id, at: ts, statement: record.statement, decided: items.length, undecided,
    // What the signature covers: the reviewer's own line.
    line, cms, fingerprint,
  })
  await markItemsSignedOff(queries, items, seq)
}
