import { sql } from 'kysely'
import { z } from 'zod'
import { openedPacket, packetConflict, type OpenedPacket, type PacketConflict, type PacketItem } from '../../shared/model/packet.ts'
import type { Queries } from './database.ts'
import type { ItemRow } from './review-items.ts'

const sentItems = z.array(z.tuple([z.int(), z.int()]))

export interface PacketOut {
  readonly id: string
  readonly campaignId: number
  readonly reviewerId: number
  readonly stage: number
  /** Item → the event that made it this reviewer's. */
  readonly items: ReadonlyMap<number, number>
  readonly contentSha256: string
  readonly way: string
  readonly path: string
  readonly at: string
  readonly expiresAt: string
}

export async function insertPacket(queries: Queries, packet: PacketOut & { readonly eventSeq: number }): Promise<void> {
  await queries.insertInto('packet_out').values({
    id: packet.id, campaign_id: packet.campaignId, reviewer_id: packet.reviewerId, stage: packet.stage, items: JSON.stringify([...packet.items]),
    content_sha256: packet.contentSha256, way: packet.way, path: packet.path, at: packet.at, expires_at: packet.expiresAt, event_seq: packet.eventSeq,
  }).execute()
}

export async function packetById(queries: Queries, id: string): Promise<PacketOut | undefined> {
  const row = await queries.selectFrom('packet_out').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toPacket(row)
}

function toPacket(row: {
  id: string; campaign_id: number; reviewer_id: number; stage: number; items: string; content_sha256: string; way: string; path: string; at: string; expires_at: string
}): PacketOut {
  return {
    id: row.id, campaignId: row.campaign_id, reviewerId: row.reviewer_id, stage: row.stage, items: new Map(sentItems.parse(JSON.parse(row.items))),
    contentSha256: row.content_sha256, way: row.way, path: row.path, at: row.at, expiresAt: row.expires_at,
  }
}

/** Packets of a campaign nobody answered yet, the newest first. */
export async function unansweredPackets(queries: Queries, campaignId: number): Promise<readonly PacketOut[]> {
  const rows = await queries.selectFrom('packet_out').selectAll().where('campaign_id', '=', campaignId)
    .where('id', 'not in', queries.selectFrom('packet_in').select('packet_id')).orderBy('event_seq', 'desc').execute()
  return rows.map(toPacket)
}

export interface PacketLine {
  readonly packet: string; readonly person: string; readonly name: string; readonly items: number; readonly way: string; readonly path: string; readonly at: string
  readonly expiresAt: string; readonly mergedAt: string | null; readonly merged: number | null; readonly conflicts: number | null
}

export async function packetsOf(queries: Queries, campaignId: number): Promise<readonly PacketLine[]> {
  const { rows } = await sql<PacketLine>`
    SELECT o.id AS packet, p.email AS person, p.display_name AS name, json_array_length(o.items) AS items, o.way, o.path, o.at, o.expires_at AS expiresAt,
      i.at AS mergedAt, i.merged, json_array_length(i.conflicts) AS conflicts
    FROM packet_out o JOIN person p ON p.id = o.reviewer_id LEFT JOIN packet_in i ON i.packet_id = o.id
    WHERE o.campaign_id = ${campaignId} ORDER BY o.event_seq`.execute(queries)
  return rows
}

export interface Addressee {
  readonly person: string; readonly name: string; readonly items: number; readonly undecided: number; readonly signedOff: number
  /** A packet can be encrypted to a certified key of theirs; else a passphrase is made. 0 or 1. */
  readonly hasKey: number
}

/** Who reviews in a campaign's open stage, those with the most left first. */
export async function addressees(queries: Queries, campaignId: number): Promise<readonly Addressee[]> {
  const { rows } = await sql<Addressee>`
    SELECT p.email AS person, p.display_name AS name, count(*) AS items, sum(d.item_id IS NULL) AS undecided, sum(d.signed_off_seq IS NOT NULL) AS signedOff,
      p.certificate IS NOT NULL AND EXISTS (SELECT 1 FROM exchange_recipient r WHERE r.person_id = p.id) AS hasKey
    FROM assignment a JOIN person p ON p.id = a.reviewer_id LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${campaignId} AND a.is_superseded = 0 GROUP BY p.id ORDER BY undecided DESC, p.email`.execute(queries)
  return rows
}

export interface PacketIn {
  readonly packetId: string; readonly responseSha256: string; readonly content: Uint8Array; readonly cms: Uint8Array; readonly at: string; readonly by: string
  readonly merged: number; readonly undecided: number; readonly conflicts: readonly PacketConflict[]; readonly eventSeq: number
}

export async function insertResponse(queries: Queries, response: PacketIn): Promise<void> {
  await queries.insertInto('packet_in').values({
    packet_id: response.packetId, response_sha256: response.responseSha256, content: response.content, cms: response.cms, at: response.at, by: response.by,
    merged: response.merged, undecided: response.undecided, conflicts: JSON.stringify(response.conflicts), event_seq: response.eventSeq,
  }).execute()
}

export async function responseTo(queries: Queries, packetId: string): Promise<Omit<PacketIn, 'content' | 'cms'> | undefined> {
  const row = await queries.selectFrom('packet_in').select(['packet_id', 'response_sha256', 'at', 'by', 'merged', 'undecided', 'conflicts', 'event_seq'])
    .where('packet_id', '=', packetId).executeTakeFirst()
  return row === undefined ? undefined : {
    packetId: row.packet_id, responseSha256: row.response_sha256, at: row.at, by: row.by, merged: row.merged, undecided: row.undecided,
    conflicts: z.array(packetConflict).parse(JSON.parse(row.conflicts)), eventSeq: row.event_seq,
  }
}

export async function putRecipient(queries: Queries, personId: number, recipient: string, at: string): Promise<void> {
  await queries.insertInto('exchange_recipient').values({ person_id: personId, recipient, at })
    .onConflict((oc) => oc.column('person_id').doUpdateSet({ recipient, at })).execute()
}

/** Packets for this person are encrypted under a passphrase again. */
export async function forgetRecipient(queries: Queries, personId: number): Promise<void> {
  await queries.deleteFrom('exchange_recipient').where('person_id', '=', personId).execute()
}

export async function recipientOf(queries: Queries, personId: number): Promise<string | undefined> {
  return (await queries.selectFrom('exchange_recipient').select('recipient').where('person_id', '=', personId).executeTakeFirst())?.recipient
}

/** A reviewer's items of the open stage without a sign-off, with the event that made each theirs. */
export async function itemsToSend(queries: Queries, campaignId: number, reviewerId: number): Promise<readonly (ItemRow & { readonly sinceSeq: number })[]> {
  const rows = await queries.selectFrom('assignment as a').innerJoin('review_item as i', 'i.id', 'a.item_id').leftJoin('decision as d', 'd.item_id', 'a.item_id')
    .selectAll('i').select(['a.since_seq as sinceSeq', 'a.basis as nowBasis']).where('a.campaign_id', '=', campaignId).where('a.reviewer_id', '=', reviewerId)
    .where('a.is_superseded', '=', 0).where('d.item_id', 'is', null).orderBy('i.n').execute()
  return rows.map(({ nowBasis, ...row }) => ({ ...row, basis: nowBasis }))
}

export async function markItemsSignedOff(queries: Queries, items: readonly number[], seq: number): Promise<void> {
  await sql`UPDATE decision SET signed_off_seq = ${seq} WHERE signed_off_seq IS NULL AND item_id IN (SELECT value FROM json_each(${JSON.stringify(items)}))`.execute(queries)
}

export interface Opened {
  readonly head: OpenedPacket
  readonly contentSha256: string
  /** The officer's log, and the recipient the response is encrypted to. */
  readonly log: string
  readonly replyTo: string
}

export async function insertOpened(queries: Queries, opened: Opened): Promise<void> {
  await queries.insertInto('opened_packet').values({
    id: opened.head.id, head: JSON.stringify(opened.head), content_sha256: opened.contentSha256, log: opened.log, reply_to: opened.replyTo,
  }).execute()
}

/** Undefined in a workspace that was not made from a packet. */
export async function openedPacketOf(queries: Queries): Promise<Opened | undefined> {
  const row = await queries.selectFrom('opened_packet').selectAll().executeTakeFirst()
  return row === undefined ? undefined : {
    head: openedPacket.parse(JSON.parse(row.head)), contentSha256: row.content_sha256, log: row.log, replyTo: row.reply_to,
  }
}

export interface ResponseLine { readonly at: string; readonly signedOff: number; readonly undecided: number }

/** Responses this workspace has written, from the log, the oldest first. */
export async function responsesWritten(queries: Queries): Promise<ResponseLine[]> {
  const { rows } = await sql<ResponseLine>`
    SELECT ts AS at, line ->> '$.body.signedOff' AS signedOff, line ->> '$.body.undecided' AS undecided
    FROM evidence_event WHERE kind = 'response-written' ORDER BY seq`.execute(queries)
  return rows
}

/** A campaign's rules exactly as they were hashed. */
export async function rulesText(queries: Queries, campaignId: number): Promise<string> {
  return (await queries.selectFrom('campaign').select('spec').where('id', '=', campaignId).executeTakeFirstOrThrow()).spec
}

/** A campaign as a packet carries it: under the officer's number, running. */
export async function insertCarriedCampaign(queries: Queries, campaign: {
  readonly id: number; readonly name: string; readonly spec: string; readonly specHash: string; readonly asOf: string; readonly createdAt: string; readonly createdBy: string
  readonly launchedAt: string; readonly weights: string; readonly dueOn: string; readonly totals: string
}): Promise<void> {
  await queries.insertInto('campaign').values({
    id: campaign.id, name: campaign.name, state: 'running', spec: campaign.spec, spec_hash: campaign.specHash, as_of: campaign.asOf, created_at: campaign.createdAt,
    created_by: campaign.createdBy, launched_at: campaign.launchedAt, closed_at: null, weights: campaign.weights, totals: campaign.totals, due_on: campaign.dueOn, stage: 1,
  }).execute()
}

export type ItemFacts = PacketItem['facts']

export async function insertItemFacts(queries: Queries, items: readonly Pick<PacketItem, 'id' | 'facts'>[]): Promise<void> {
  await sql`INSERT INTO packet_item_facts (item_id, facts) SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')
    FROM json_each(${JSON.stringify(items.map(({ id, facts }) => [id, JSON.stringify(facts)]))})`.execute(queries)
}

/** What an item that came in a packet shows beside its row; undefined = the workspace's own tables know. */
export async function itemFacts(queries: Queries, itemId: number): Promise<ItemFacts | undefined> {
  const row = await queries.selectFrom('packet_item_facts').select('facts').where('item_id', '=', itemId).executeTakeFirst()
  return row === undefined ? undefined : (JSON.parse(row.facts) as ItemFacts)
}
