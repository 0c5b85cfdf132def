import { campaignSpec } from '../../../shared/model/campaign.ts'
import { mostPacketBytes, type PacketContent, type PacketItem } from '../../../shared/model/packet.ts'
import { action } from '../../../shared/model/recommendation.ts'
import { reviewerBasis } from '../../../shared/model/campaign.ts'
import { isSubject } from '../../core/campaign/assign-reviewers.ts'
import { foldEmail } from '../../core/campaign/fold-email.ts'
import { toHex, utf8Bytes } from '../../core/evidence/bytes.ts'
import { spokenFingerprint } from '../../core/evidence/spoken-fingerprint.ts'
import { rememberCheckpoint } from '../../storage/checkpoint-witness.ts'
import { inTransaction } from '../../storage/database.ts'
import { insertCarriedCampaign, insertItemFacts, insertOpened } from '../../storage/packets.ts'
import { addPerson, setCertificate } from '../../storage/people.ts'
import { insertItems, type NewItem } from '../../storage/review-items.ts'
import { saveSettings } from '../../storage/workspace.ts'
import { madeKeyEvents } from '../change-workspace-key.ts'
import { Refusal, type Context } from '../context.ts'
import { recordEvent, recordEvents } from '../record-event.ts'
import { shownHash } from '../shown-hash.ts'
import { signCheckpoint } from '../sign-checkpoint.ts'
import { unlock } from '../unlock-signer.ts'
import { identityOfKey, recipientOfKey } from './exchange-key.ts'
import { PacketRefusal, whyUnreadable } from './unreadable.ts'

const itemsPerEvent = 500

export interface OpenRequest {
  readonly file: string
  /** Given with the packet; null = it is encrypted to the key that is here already. */
  readonly packetPassphrase: string | null
  /** Whose key opens it, where `packetPassphrase` is null. */
  readonly email: string | null
  /** The reviewer's own: opens their key, or protects the one that is made now. */
  readonly passphrase: string
  /** SHA-256 of the organisation's root in hex, from a place the reviewer trusts; null = the one in the packet is taken and shown. */
  readonly rootFingerprint: string | null
  /** SHA-256 of the root that took the pinned one's place, hex: the reviewer has compared both. */
  readonly followRoot?: string | null
}

export interface OpenedWorkspace {
  readonly person: string
  readonly name: string
  readonly organisation: string
  readonly campaign: string
  readonly from: string
  readonly items: number
  readonly expiresAt: string
  /** To be compared with the officer by voice. */
  readonly rootSpoken: string
  /** Of the key that was made here and nobody certified yet; null = the key is certified. */
  readonly keySpoken: string | null
}

/** Fills an empty workspace from a packet: its campaign and items as they were frozen, and the reviewer's own key and log. */
export async function openPacket(context: Context, input: OpenRequest, logId: string): Promise<OpenedWorkspace> {
  if (input.passphrase.length < 8) throw new Refusal('invalid', 'Your own passphrase needs at least 8 characters. Nothing was made.')
  const { content, contentHash } = await readPacket(context, input)
  const reviewer = foldEmail(content.to.email)
  const rules = checkedContent(context, content)
  const formerRoot = await trustRoot(context, content, input.followRoot ?? null)
  const key = await keyOf(context, content, input.passphrase)
  const { signer } = await unlock(context, reviewer, input.passphrase)
  await recipientOfKey(context, reviewer, input.passphrase)
  const root = await context.signing.readRoot(context.paths.keys)
  if (root === undefined) throw new Error('the root was not pinned')
  const head = {
    id: content.id, campaign: content.campaign.id, from: content.from, organisation: content.organisation, expiresAt: content.expiresAt, items: content.items.length,
  }
  const checkpoint = await inTransaction(context.store, async (queries) => {
    await saveSettings(queries, { name: content.organisation, logId, isSample: content.isSample, createdBy: reviewer })
    const person = await addPerson(queries, { email: reviewer, name: content.to.name, identityId: null, roles: ['reviewer'] })
    await setCertificate(queries, person.id, { certificate: key.pem, fingerprint: key.fingerprint, at: context.clock.now() })
    const [, , launch] = await recordEvents(context, queries, reviewer, [
      { kind: 'workspace-created', body: { name: content.organisation, rootFingerprint: root.fingerprint } },
      {
        kind: 'packet-opened',
        body: { packet: content.id, fromLog: content.log, contentHash, checkpoint: content.checkpoint, rootFingerprint: root.fingerprint, ...(formerRoot === null ? {} : { formerRoot }) },
      },
      {
        kind: 'campaign-launched',
        body: {
          campaign: content.campaign.id, asOf: content.campaign.asOf, dueOn: content.campaign.dueOn, snapshots: [], population: content.items.length,
          inReview: content.items.length, excluded: 0, reviewers: 1, specHash: content.campaign.specHash, weights: content.campaign.weights,
        },
      },
      ...madeKeyEvents(context),
    ])
    if (launch === undefined) throw new Error('the packet\'s campaign was not recorded')
    await insertOpened(queries, { head, contentSha256: contentHash, log: content.log, replyTo: content.replyTo })
    await insertCarriedCampaign(queries, {
      ...content.campaign, name: rules.name, launchedAt: launch.ts,
      totals: JSON.stringify({ population: content.items.length, inReview: content.items.length, excluded: [], difference: 0 }),
    })
    const rows = content.items.map((item) => rowOf(content, item, person.id))
    await insertItems(queries, rows, launch.seq)
    await insertItemFacts(queries, content.items)
    for (let from = 0; from < rows.length; from += itemsPerEvent) {
      await recordEvent(context, queries, reviewer, {
        kind: 'items-frozen',
        body: {
          campaign: content.campaign.id,
          items: rows.slice(from, from + itemsPerEvent).map((row) => ({
            item: row.id, packet: row.packet_hash, reviewer, basis: reviewerBasis.parse(row.basis), subject: row.subject_email, advice: action.parse(row.advice),
            shown: shownHash(context, row),
          })),
        },
      })
    }
    return signCheckpoint(context, queries, signer, 'packet opened')
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  return {
    person: reviewer, name: content.to.name, organisation: content.organisation, campaign: rules.name, from: content.from.email, items: content.items.length, expiresAt: content.expiresAt,
    rootSpoken: spokenFingerprint(root.fingerprint), keySpoken: key.isCertified ? null : spokenFingerprint(key.fingerprint),
  }
}

/** The root that is pinned with the reviewer's key, or the one the organisation handed it over to, once the reviewer has compared both. Returns the one that was followed from. */
async function trustRoot(context: Context, content: PacketContent, followRoot: string | null): Promise<string | null> {
  const { keys } = context.paths
  let former: string | null = null
  if (!(await context.enrolment.pinRoot(keys, content.root))) {
    const [pinned, next] = [await context.signing.readRoot(keys), context.enrolment.describeCertificate(content.root)?.fingerprint ?? '']
    const isHandedOver = pinned !== undefined && context.enrolment.isHandedOver(pinned.pem, content.root, content.handovers ?? [], new Date(context.clock.now()))
    if (!isHandedOver) {
      throw new PacketRefusal('not-allowed', 'not-trusted', 'The packet names another organisation\'s root certificate than the one pinned with your key. Nothing was made; ask the officer.')
    }
    if (followRoot?.replaceAll(/[^0-9a-fA-F]/g, '').toLowerCase() !== next) {
      throw new PacketRefusal('conflict', 'root-replaced', `The organisation replaced its root: ${pinned.fingerprint}, which is pinned with your key, was handed over to ${next}. Nothing was made; `
        + 'compare both with the officer by voice, then say that you follow it.', { former: pinned.fingerprint, next })
    }
    await context.enrolment.pinNextRoot(keys, content.root)
    former = pinned.fingerprint
  }
  if (content.authorities !== undefined) await context.enrolment.keepAuthorities(keys, content.authorities)
  return former
}

/** The packet as its officer signed it. */
async function readPacket(context: Context, input: OpenRequest): Promise<{ content: PacketContent; contentHash: string }> {
  const file = await context.exchange.files.readBounded(input.file, mostPacketBytes)
  if (file === undefined) throw new Refusal('not-found', 'There is no such file, or it is larger than any packet. Nothing was made.')
  const key = input.packetPassphrase !== null
    ? { passphrase: input.packetPassphrase.trim() }
    : { identity: await identityOfKey(context, input.email ?? '', input.passphrase) }
  const read = await context.exchange.read('packet', file, key)
  if (!read.ok) throw whyUnreadable('packet', read, 'Nothing was made.', input.packetPassphrase === null)
  const { content, bytes, cms } = read
  const root = context.enrolment.describeCertificate(content.root)
  if (root === undefined) throw new Refusal('invalid', 'The packet names no root certificate. Nothing was made.')
  if (input.rootFingerprint !== null && input.rootFingerprint.replaceAll(/[^0-9a-fA-F]/g, '').toLowerCase() !== root.fingerprint) {
    throw new PacketRefusal('not-allowed', 'not-trusted', 'The packet is not from the organisation whose root fingerprint you gave. Nothing was made.')
  }
  const verdict = context.signing.verifyContent(bytes, cms, { root: root.der, at: new Date(context.clock.now()) })
  if (!verdict.ok) throw new PacketRefusal('not-allowed', 'not-trusted', `The packet's signature is not right: ${verdict.detail}. Nothing was made; ask the officer for a new one.`)
  const signer = context.enrolment.describeCertificate(verdict.signer)
  if (signer?.role !== 'officer' || !signer.isFor(content.from.email)) {
    throw new PacketRefusal('not-allowed', 'not-trusted', `The packet was not signed by the officer it names (${content.from.email}). Nothing was made.`)
  }
  return { content, contentHash: toHex(context.hash(bytes)) }
}

function checkedContent(context: Context, content: PacketContent): { readonly name: string } {
  const refuse = (why: string): never => {
    throw new PacketRefusal('invalid', 'damaged', `The packet cannot be used: ${why}. Nothing was made.`)
  }
  if (content.expiresAt <= context.clock.now()) {
    throw new PacketRefusal('invalid', 'expired', `The packet cannot be used: it was valid until ${content.expiresAt.slice(0, 10)}; ask the officer for a new one. Nothing was made.`)
  }
  if (toHex(context.hash(utf8Bytes(content.campaign.spec))) !== content.campaign.specHash) refuse('the campaign\'s rules are not those that were hashed before the launch')
  const rules = campaignSpec.safeParse(JSON.parse(content.campaign.spec) as unknown)
  if (!rules.success) return refuse('the campaign\'s rules are not of a form this Muster knows')
  if (new Set(content.items.map(({ id }) => id)).size !== content.items.length) refuse('it names an item twice')
  for (const item of content.items) {
    if (toHex(context.hash(utf8Bytes(item.packet))) !== item.packet_hash) refuse(`the evidence of item ${item.id} is not what was frozen`)
    if (isSubject({ email: content.to.email, identityId: null }, { subjectIdentityId: item.identity_id, subjectEmail: item.subject_email })) {
      throw new PacketRefusal('invalid', 'not-for-you', `The packet cannot be used: item ${item.id} is about your own access. Nothing was made.`)
    }
  }
  return rules.data
}

function rowOf(content: PacketContent, item: PacketItem, reviewerId: number): NewItem {
  const { facts: _facts, ...row } = item
  return { ...row, stage: 1, case_item: null, campaign_id: content.campaign.id, reviewer_id: reviewerId }
}

interface OwnKey { readonly pem: string; readonly fingerprint: string; readonly isCertified: boolean }

/** The key that is here, with the certificate the packet brings for it; or a new one, which nobody has certified yet. */
async function keyOf(context: Context, content: PacketContent, passphrase: string): Promise<OwnKey> {
  const email = foldEmail(content.to.email)
  const { keys } = context.paths
  const there = await context.signing.readPersonCertificate(keys, email)
  if (there === undefined) {
    const made = await context.enrolment.requestCertificate(keys, { email, name: content.to.name, role: 'reviewer' }, { passphrase, now: new Date(context.clock.now()) })
    if (!made.ok) throw new Refusal('conflict', `A key for ${email} is here, and its certificate is missing. Nothing was made.`)
    return { pem: made.certificatePem, fingerprint: made.fingerprint, isCertified: false }
  }
  if (content.to.certificate !== null && !(await context.enrolment.installCertificate(keys, email, content.to.certificate))) {
    throw new Refusal('conflict', `The packet brings a certificate for another key than ${email} has here. Nothing was made; ask the officer to enrol the key that is here.`)
  }
  const own = await context.signing.readPersonCertificate(keys, email)
  if (own === undefined) throw new Error('the certificate went missing')
  return { ...own, isCertified: context.enrolment.describeCertificate(own.certificate)?.isSelfIssued === false }
}
