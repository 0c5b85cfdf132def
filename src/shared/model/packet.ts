import { z } from 'zod'
import { formerAnswer } from './former-answer.ts'
import { effectPreview } from './effect-preview.ts'
import { hrEvent } from './identity.ts'
import { outcome, reasonCode } from './decision.ts'
import { mostHandovers, rootHandover } from './root-handover.ts'
import { isoDate, isoTime } from './time.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const email = z.string().min(3).max(320)
const certificatePem = z.string().min(1).max(20_000)
/** Where an encrypted file is addressed to: an age recipient. */
export const recipient = z.string().regex(/^age1[0-9a-z]{20,4000}$/)

/** Larger files are refused before anything of them is read. */
export const mostPacketBytes = 64 * 1024 * 1024
/** Deeper nesting than any packet has; refused before the text is parsed. */
export const mostPacketDepth = 24
export const mostPacketItems = 20_000

/** A frozen item as the campaign holds it, column by column, and what its evidence shows beside it. */
export const packetItem = z.object({
  id: z.int().min(1), n: z.int().min(1), stage: z.int().min(1), grant_id: z.int(), account_id: z.int(), entitlement_id: z.int(), identity_id: z.int().nullable(),
  basis: z.string(), subject_name: z.string(), subject_kind: z.string(), subject_title: z.string().nullable(), subject_department: z.string().nullable(),
  subject_email: z.string().nullable(), account_name: z.string(), source_name: z.string(), application: z.string(), entitlement_name: z.string(),
  entitlement_native_id: z.string(), entitlement_description: z.string().nullable(), owner_email: z.string().nullable(), privilege: z.string(), risk: z.string(),
  path: z.string(), granted_at: z.string().nullable(), packet: z.string(), packet_hash: sha256Hex, advice: z.string(), confidence: z.string(), score: z.int(),
  rules: z.string(), is_flagged: z.int(), narrative: z.string(), hide_advice: z.int(), chance: z.int().nullable(), ease: z.string().nullable(),
  ease_reason: z.string().nullable(),
  facts: z.object({
    holders: z.int(), via: z.array(z.string()), history: z.array(hrEvent),
    /** What a revoke would come to, as the officer's snapshots knew it when the packet was written. */
    effect: effectPreview.exactOptional(),
    /** What was decided in the stages before; absent where the reviewer does not see it. */
    former: z.array(formerAnswer).exactOptional(),
  }),
})

/** One reviewer's share of a campaign. `checkpoint` is the officer's log when it was written, so that it can be held against it later. */
export const packetContent = z.object({
  type: z.literal('muster-packet'), version: z.literal(1), id: z.uuid(), log: z.string(), organisation: z.string(), isSample: z.boolean(), root: certificatePem,
  campaign: z.object({
    id: z.int().min(1), /** The rules as they were hashed before the launch, canonical JSON. */ spec: z.string().max(1_000_000), specHash: sha256Hex, asOf: isoDate, stage: z.int().min(1), dueOn: isoDate, createdAt: isoTime, createdBy: z.string(),
    weights: z.string(),
  }),
  from: z.object({ email, name: z.string() }),
  to: z.object({ email, name: z.string(), certificate: certificatePem.nullable() }),
  createdAt: isoTime, expiresAt: isoTime, replyTo: recipient, checkpoint: z.string().max(2_000), checkpointSignature: z.base64().max(40_000),
  /** Roots that were replaced, each handed over to the next: for whoever pinned a former one. */
  handovers: z.array(rootHandover).max(mostHandovers).exactOptional(),
  /** Authorities between the root and people, PEM. */
  authorities: z.string().max(200_000).exactOptional(),
  items: z.array(packetItem).min(1).max(mostPacketItems),
})

/** What a reviewer answered to one item, as their signature binds it. `seq` counts in the reviewer's own log. */
export const carriedAnswer = z.object({
  item: z.int(), outcome, until: isoDate.nullable(), reasonCode: reasonCode.nullable(), reasonText: z.string().nullable(), adviceVisible: z.boolean(), seq: z.int(),
})

/** The signed answer to a packet: the reviewer's whole log with the signature of each sign-off in it. `request`: a key nobody certified yet. */
export const responseContent = z.object({
  type: z.literal('muster-response'), version: z.literal(1), packet: z.uuid(), to: z.string(), campaign: z.int(), from: email, name: z.string(), createdAt: isoTime,
  log: z.string(), events: z.array(z.string().max(1_000_000)).min(1).max(1_000_000), checkpoint: z.string().max(2_000),
  signOffs: z.array(z.object({ seq: z.int(), cms: z.base64().max(40_000) })).min(1), request: certificatePem.nullable(), recipient,
})

/** A reviewer's wish to be enrolled: the public halves of keys made on the reviewer's own machine. */
export const enrolmentRequest = z.object({
  type: z.literal('muster-enrolment'), version: z.literal(1), email, name: z.string().min(1), certificate: certificatePem, recipient,
})

/** What a workspace made from a packet knows of it. */
export const openedPacket = z.object({
  id: z.uuid(), campaign: z.int(), from: z.object({ email, name: z.string() }), organisation: z.string(), expiresAt: isoTime, items: z.int(),
})

export const packetConflict = z.object({ itemId: z.int(), reason: z.enum(['reassigned', 'decided-here', 'signed-off', 'moved-on']) })

export type PacketItem = z.infer<typeof packetItem>
export type PacketContent = z.infer<typeof packetContent>
export type ResponseContent = z.infer<typeof responseContent>
export type EnrolmentRequest = z.infer<typeof enrolmentRequest>
export type CarriedAnswer = z.infer<typeof carriedAnswer>
export type OpenedPacket = z.infer<typeof openedPacket>
export type PacketConflict = z.infer<typeof packetConflict>
