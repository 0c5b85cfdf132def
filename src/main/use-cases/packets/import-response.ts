import { mostPacketBytes, type PacketConflict, type ResponseContent } from '../../../shared/model/packet.ts'
import { action } from '../../../shared/model/recommendation.ts'
import { privilege } from '../../../shared/model/entitlement.ts'
import { isSubject } from '../../core/campaign/assign-reviewers.ts'
import { asKnownToReviewer, decisionObstacle, latestUntil } from '../../core/campaign/decision-rules.ts'
import { fromBase64, toHex } from '../../core/evidence/bytes.ts'
import { checkResponse, type Answered } from '../../core/evidence/check-response.ts'
import { spokenFingerprint } from '../../core/evidence/spoken-fingerprint.ts'
import { assignmentOf } from '../../storage/assignments.ts'
import type { StoredCampaign } from '../../storage/campaigns.ts'
import { rememberCheckpoint } from '../../storage/checkpoint-witness.ts'
import { inTransaction, type Queries } from '../../storage/database.ts'
import { decisionOf } from '../../storage/decisions.ts'
import { packetById, putRecipient, responseTo, type PacketOut } from '../../storage/packets.ts'
import { allPeople, type Person } from '../../storage/people.ts'
import { itemById, type ItemRow } from '../../storage/review-items.ts'
import { Refusal, type Actor, type Context } from '../context.ts'
import { findCampaign, mustBeOfficer } from '../find-campaign.ts'
import { signCheckpoint } from '../sign-checkpoint.ts'
import { unlock } from '../unlock-signer.ts'
import { identityOfKey } from './exchange-key.ts'
import { mergeAnswers } from './merge-answers.ts'
import { whyUnreadable } from './unreadable.ts'

export interface ImportedResponse {
  readonly packet: string
  readonly person: string
  readonly campaign: number
  readonly merged: number
  readonly undecided: number
  readonly conflicts: readonly PacketConflict[]
  /** The very same response was taken before; nothing was changed now. */
  readonly wasThere: boolean
}

const unchanged = 'Nothing was changed.'

/**
 * Takes a response over: its signatures, its own log and what it answers are checked first, then everything that can be merged is merged
 * with its events and a checkpoint in one transaction. The same file again changes nothing.
 */
export async function importResponse(context: Context, actor: Actor, input: { readonly file: string; readonly passphrase: string }): Promise<ImportedResponse> {
  mustBeOfficer(actor)
  const read = await readResponse(context, actor, input)
  const { content, responseHash } = read
  const packet = await ownPacket(context, content)
  const before = await responseTo(context.store.db, packet.id)
  const reviewer = (await allPeople(context.store.db)).find(({ id }) => id === packet.reviewerId)
  if (reviewer === undefined) throw new Error('a packet was written for nobody')
  if (before !== undefined) {
    if (before.responseSha256 !== responseHash) {
      throw new Refusal('conflict', `This packet was answered on ${before.at.slice(0, 10)} already, and this is another response to it. ${unchanged} Write a new packet for what is still open.`)
    }
    return { packet: packet.id, person: reviewer.email, campaign: packet.campaignId, merged: before.merged, undecided: before.undecided, conflicts: before.conflicts, wasThere: true }
  }
  const signed = certifiedSignature(context, read, reviewer)
  if (packet.expiresAt <= context.clock.now()) {
    throw new Refusal('conflict', `The packet was valid until ${packet.expiresAt.slice(0, 10)}. ${unchanged} Write a new one for what is still open.`)
  }
  const rows = await sentRows(context, packet)
  const checked = checkResponse(content, {
    id: packet.id, campaign: packet.campaignId, reviewer: reviewer.email, contentHash: packet.contentSha256, expiresAt: packet.expiresAt,
    items: new Map([...rows.values()].map((row) => [row.id, row.packet_hash])),
  }, context.hash)
  if (!checked.ok) throw new Refusal('invalid', `The response is refused: ${checked.detail}. ${unchanged}`)
  checkSignOffs(context, content, checked, signed)
  const campaign = await findCampaign(context.store.db, packet.campaignId)
  checkAnswers(campaign, reviewer, rows, checked)

  const { signer } = await unlock(context, actor.email, input.passphrase)
  const { checkpoint, ...merged } = await inTransaction(context.store, async (queries) => {
    // Asked again where nobody else can write: an import that ran beside this one may have been faster.
    if ((await responseTo(queries, packet.id)) !== undefined) throw new Refusal('conflict', `This packet was answered in the meantime. ${unchanged}`)
    const current = await findCampaign(queries, campaign.id)
    if (current.state !== 'running') throw new Refusal('conflict', `${current.spec.name} is ${current.state}: answers are taken only while it runs. ${unchanged}`)
    const conflicts = await conflictsOf(queries, packet, checked)
    const done = await mergeAnswers(context, queries, actor, { packet, reviewer, campaign: current, rows, checked, conflicts, content, bytes: read.bytes, cms: read.cms, responseHash })
    await putRecipient(queries, reviewer.id, content.recipient, context.clock.now())
    return { ...done, conflicts, checkpoint: await signCheckpoint(context, queries, signer, `response of ${reviewer.email}`) }
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  return { packet: packet.id, person: reviewer.email, campaign: campaign.id, ...merged, undecided: checked.undecided, wasThere: false }
}

export interface ReadResponse {
  readonly content: ResponseContent
  readonly bytes: Uint8Array
  readonly cms: Uint8Array
  readonly responseHash: string
}

export async function readResponse(context: Context, actor: Actor, input: { readonly file: string; readonly passphrase: string }): Promise<ReadResponse> {
  const file = await context.exchange.files.readBounded(input.file, mostPacketBytes)
  if (file === undefined) throw new Refusal('not-found', `There is no such file, or it is larger than any response. ${unchanged}`)
  const read = await context.exchange.read('response', file, { identity: await identityOfKey(context, actor.email, input.passphrase) })
  if (!read.ok) throw whyUnreadable('response', read, unchanged, true)
  return { content: read.content, bytes: read.bytes, cms: read.cms, responseHash: toHex(context.hash(read.bytes)) }
}

export async function ownPacket(context: Context, content: ResponseContent): Promise<PacketOut> {
  const packet = content.to === context.logId ? await packetById(context.store.db, content.packet) : undefined
  if (packet === undefined || packet.campaignId !== content.campaign) {
    throw new Refusal('not-found', `The response answers a packet that was not written here. ${unchanged}`)
  }
  return packet
}

/** What the response's signatures have to be made with. */
interface Signed {
  readonly pem: string
  readonly at: Date
}

/** The response was signed with the reviewer's certified key: by the certificate itself, or by the one its owner made before there was one. */
function certifiedSignature(context: Context, { content, bytes, cms }: ReadResponse, reviewer: Person): Signed {
  if (reviewer.certificate === null) {
    const request = content.request === null ? undefined : context.enrolment.describeCertificate(content.request)
    throw new Refusal('not-allowed', request === undefined
      ? `${reviewer.email} has no certified key. ${unchanged} Enrol them first.`
      : `${reviewer.email} signed with a key nobody has certified yet. ${unchanged} Ask them by voice for their fingerprint, which has to be ${spokenFingerprint(request.fingerprint)}, and accept the key.`)
  }
  const signed = { pem: reviewer.certificate, at: new Date(context.clock.now()) }
  const fault = signatureFault(context, bytes, cms, signed)
  if (fault !== null) throw new Refusal('not-allowed', `The response's signature is not right: ${fault}. ${unchanged}`)
  return signed
}

/** Null = made with the key of the reviewer's certificate. */
function signatureFault(context: Context, bytes: Uint8Array | string, cms: Uint8Array, signed: Signed): string | null {
  const verdict = context.signing.verifyContent(bytes, cms, { root: undefined, at: signed.at })
  if (!verdict.ok) return verdict.detail
  return context.enrolment.isSameKey(verdict.signer, signed.pem) ? null : 'it was not made with the key that was certified for the reviewer'
}

function checkSignOffs(context: Context, content: ResponseContent, checked: Answered, signed: Signed): void {
  for (const { record, line } of checked.signOffs) {
    const cms = fromBase64(content.signOffs.find(({ seq }) => seq === record.seq)?.cms ?? '')
    const fault = cms === undefined || cms.length === 0 ? 'its signature is missing' : signatureFault(context, line, cms, signed)
    if (fault !== null) throw new Refusal('not-allowed', `Sign-off ${record.seq} of the response is refused: ${fault}. ${unchanged}`)
  }
}

async function sentRows(context: Context, packet: PacketOut): Promise<ReadonlyMap<number, ItemRow>> {
  const rows = new Map<number, ItemRow>()
  for (const id of packet.items.keys()) {
    const row = await itemById(context.store.db, id)
    if (row === undefined) throw new Error(`item ${id} of a packet is gone`)
    rows.set(id, row)
  }
  return rows
}

/** The rules are this workspace's own: what the reviewer's Muster let pass is asked again. */
function checkAnswers(campaign: StoredCampaign, reviewer: Person, rows: ReadonlyMap<number, ItemRow>, checked: Answered): void {
  for (const { standing } of checked.items.values()) {
    const [row, { decision }] = [rows.get(standing.item), standing]
    if (row === undefined || decision === null) continue
    if (isSubject({ email: reviewer.email, identityId: reviewer.identityId }, { subjectIdentityId: row.identity_id, subjectEmail: row.subject_email })) {
      throw new Refusal('not-allowed', `The response is refused: item ${row.id} is about the reviewer's own access. ${unchanged}`)
    }
    const advised = { advice: action.parse(row.advice), privilege: privilege.parse(row.privilege), isFlagged: row.is_flagged === 1 }
    const obstacle = decisionObstacle(campaign.spec.rules, asKnownToReviewer(advised, !decision.adviceVisible), decision, { asOf: campaign.asOf, latestUntil: latestUntil(campaign.asOf) })
    if (obstacle !== null) throw new Refusal('invalid', `The response is refused: item ${row.id}. ${obstacle} ${unchanged}`)
  }
}

/** Where items changed hands or were answered here meanwhile, this workspace stays as it is. */
async function conflictsOf(queries: Queries, packet: PacketOut, checked: Answered): Promise<PacketConflict[]> {
  const conflicts: PacketConflict[] = []
  for (const itemId of checked.items.keys()) {
    const [assigned, decision] = [await assignmentOf(queries, itemId), await decisionOf(queries, itemId)]
    if (assigned?.isSuperseded === true) conflicts.push({ itemId, reason: 'moved-on' })
    else if (decision?.isSignedOff === true) conflicts.push({ itemId, reason: 'signed-off' })
    else if (assigned?.reviewerId !== packet.reviewerId || assigned.sinceSeq !== packet.items.get(itemId)) conflicts.push({ itemId, reason: 'reassigned' })
    else if (decision !== undefined) conflicts.push({ itemId, reason: 'decided-here' })
  }
  return conflicts
}
