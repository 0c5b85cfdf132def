import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { mostPacketItems, type PacketContent, type PacketItem } from '../../../shared/model/packet.ts'
import { isSubject } from '../../core/campaign/assign-reviewers.ts'
import { previewEffect } from '../../core/campaign/effect-preview.ts'
import { foldEmail } from '../../core/campaign/fold-email.ts'
import { toBase64, toHex, utf8Bytes } from '../../core/evidence/bytes.ts'
import { canonicalJson } from '../../core/evidence/canonical-json.ts'
import type { StoredCampaign } from '../../storage/campaigns.ts'
import { reviewerStandings } from '../../storage/campaigns.ts'
import { stepNamesOf } from '../../storage/access-rows.ts'
import { effectFactsOf } from '../../storage/effect-facts.ts'
import { rememberCheckpoint } from '../../storage/checkpoint-witness.ts'
import { inTransaction } from '../../storage/database.ts'
import { lastCheckpoint } from '../../storage/evidence-log.ts'
import { hrHistoryUntil } from '../../storage/hr-history.ts'
import { insertPacket, itemsToSend, recipientOf, rulesText, unansweredPackets, type PacketOut } from '../../storage/packets.ts'
import { personByEmail, type Person } from '../../storage/people.ts'
import { holdersOf } from '../../storage/review-items.ts'
import { loadSettings } from '../../storage/workspace.ts'
import type { Signer } from '../../reports/signing/signer.ts'
import { Refusal, type Actor, type Context, type Watch } from '../context.ts'
import { findCampaign, mustBeOfficer } from '../find-campaign.ts'
import { recordEvent } from '../record-event.ts'
import { signCheckpoint } from '../sign-checkpoint.ts'
import { toldBefore } from '../told-before.ts'
import { unlock } from '../unlock-signer.ts'
import { recipientOfKey } from './exchange-key.ts'

export interface WriteRequest {
  readonly campaign: number
  /** E-mails; null = everybody with something undecided but the officer. */
  readonly reviewers: readonly string[] | null
  /** Folder; null = the workspace's own for this campaign. */
  readonly out: string | null
  /** The last day on which the answer is taken. */
  readonly expiresOn: string
  /** Also for those who have an unanswered packet with the same items. */
  readonly again: boolean
  readonly passphrase: string
}

export interface WrittenPacket {
  readonly packet: string
  readonly person: string
  readonly name: string
  readonly items: number
  readonly path: string
  readonly way: 'recipient' | 'passphrase'
}

export interface WrittenPackets {
  readonly written: WrittenPacket[]
  /** Who got none because none is needed or possible, and why. */
  readonly skipped: { person: string; reason: string }[]
  /** Who got none because writing it failed, and why; writing again goes on with them. */
  readonly failed: { person: string; reason: string }[]
  /** Reviewers that were not tried any more after several failures in a row. */
  readonly notTried: number
  /** Where the passphrases are that go to people without a key of their own; null = nobody needed one. */
  readonly passphrases: string | null
}

interface Batch {
  readonly campaign: StoredCampaign
  readonly out: string
  readonly expiresAt: string
  readonly signer: Signer
  readonly replyTo: string
  readonly head: Pick<PacketContent, 'organisation' | 'isSample' | 'root' | 'checkpoint' | 'checkpointSignature' | 'handovers' | 'authorities'>
  readonly passphrases: string
  readonly namesOf: Map<string, Promise<string[]>>
  readonly holders: Map<number, Promise<number>>
}

/** So many failures in a row are not about the people. */
const mostInARow = 3

/**
 * Writes one encrypted, signed file per reviewer. Each is on the disk before the log says so and gets its name after; whoever stops in
 * between finds the ones that are done, and starting again goes on with the others. One that fails is named and stops no other; several in a row
 * end the writing.
 */
export async function writePackets(context: Context, actor: Actor, input: WriteRequest, watch: Watch): Promise<WrittenPackets> {
  mustBeOfficer(actor)
  const campaign = await findCampaign(context.store.db, input.campaign)
  if (campaign.state !== 'running') throw new Refusal('conflict', `${campaign.spec.name} is ${campaign.state}: packets are written while a campaign runs.`)
  const expiresAt = `${input.expiresOn}T23:59:59.999Z`
  if (expiresAt <= context.clock.now()) throw new Refusal('invalid', `Answers until ${input.expiresOn} could not be given any more; choose a later day. Nothing was written.`)
  const people = await chosen(context, actor, input)
  const { signer } = await unlock(context, actor.email, input.passphrase)
  const batch = await startBatch(context, actor, input, { campaign, signer, expiresAt })
  const open = new Map((await unansweredPackets(context.store.db, campaign.id)).map((packet) => [packet.reviewerId, packet] as const).reverse())
  const result: Omit<WrittenPackets, 'passphrases' | 'notTried'> = { written: [], skipped: [], failed: [] }
  let [tried, inARow] = [0, 0]
  for (const person of people) {
    if (inARow === mostInARow) break
    watch.signal.throwIfAborted()
    const failures = result.failed.length === 0 ? '' : `, ${result.failed.length} failed`
    watch.onProgress({ step: `Writing packets: ${tried} of ${people.length}${failures}`, share: tried / people.length })
    tried += 1
    try {
      const done = await writeFor(context, actor, batch, person, input.again ? undefined : open.get(person.id))
      if ('reason' in done) result.skipped.push({ person: person.email, reason: done.reason })
      else result.written.push(done)
      inARow = 0
    } catch (error) {
      result.failed.push({ person: person.email, reason: saidOf(error) })
      inARow += 1
    }
  }
  const closing = await inTransaction(context.store, (queries) => signCheckpoint(context, queries, signer, `packets of campaign ${campaign.id} written`))
  rememberCheckpoint(context.paths.folder, closing.note)
  return { ...result, notTried: people.length - tried, passphrases: result.written.some(({ way }) => way === 'passphrase') ? batch.passphrases : null }
}

const fileFaults: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full', EDQUOT: 'the disk is full', EACCES: 'the folder cannot be written to', EPERM: 'the folder cannot be written to', EROFS: 'the folder cannot be written to',
  ENOENT: 'the folder is not there any more', ENAMETOOLONG: 'the name of the file is too long for that folder', EIO: 'the disk does not answer',
}

/** Why one packet failed, in words without paths; what nobody foresaw is told to the host only. */
function saidOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (error instanceof Error && error.name === 'FileThereError') return 'a file of that name is there already'
  if (fileFaults[code] === undefined) process.emitWarning(error instanceof Error ? error : String(error))
  return fileFaults[code] ?? 'something went wrong that nobody foresaw'
}

async function chosen(context: Context, actor: Actor, input: WriteRequest): Promise<readonly Person[]> {
  const { db } = context.store
  const emails = input.reviewers?.map(foldEmail)
    ?? (await reviewerStandings(db, input.campaign)).filter((one) => one.decided < one.items && one.person !== foldEmail(actor.email)).map((one) => one.person)
  const people: Person[] = []
  for (const email of emails) {
    const person = await personByEmail(db, email)
    if (person === undefined) throw new Refusal('not-found', `${email} reviews nothing in this campaign. Nothing was written.`)
    people.push(person)
  }
  if (people.length === 0) throw new Refusal('conflict', 'Nobody owes an answer, so there is nothing to write.')
  return people
}

async function startBatch(
  context: Context, actor: Actor, input: WriteRequest, base: Pick<Batch, 'campaign' | 'signer' | 'expiresAt'>,
): Promise<Batch> {
  const { db } = context.store
  const [settings, root] = [await loadSettings(db), await context.signing.readRoot(context.paths.keys)]
  if (settings === undefined || root === undefined) throw new Refusal('conflict', 'The organisation\'s root certificate is missing from the keys folder. Nothing was written.')
  const replyTo = await recipientOfKey(context, actor.email, input.passphrase)
  const opening = await inTransaction(context.store, (queries) => signCheckpoint(context, queries, base.signer, `packets of campaign ${base.campaign.id}`))
  rememberCheckpoint(context.paths.folder, opening.note)
  const checkpoint = await lastCheckpoint(db)
  if (checkpoint === undefined) throw new Error('no checkpoint was signed')
  const out = input.out === null ? join(context.paths.folder, 'packets', `campaign-${base.campaign.id}`) : resolve(input.out)
  await mkdir(out, { recursive: true })
  const handovers = await context.authority.readHandovers(context.paths.keys)
  const authorities = await context.signing.intermediatesPem(context.paths.keys)
  const stamp = context.clock.now().replaceAll(/[-:.]/g, '').slice(0, 18)
  return {
    ...base, out, replyTo, passphrases: join(out, `passphrases-${stamp}.csv`), namesOf: new Map(), holders: new Map(),
    head: {
      ...(handovers.length === 0 ? {} : { handovers: [...handovers] }), ...(authorities === undefined ? {} : { authorities }),
      organisation: settings.name, isSample: settings.isSample, root: root.pem, checkpoint: checkpoint.note, checkpointSignature: toBase64(checkpoint.cms),
    },
  }
}

async function writeFor(
  context: Context, actor: Actor, batch: Batch, person: Person, before: PacketOut | undefined,
): Promise<WrittenPacket | { readonly reason: string }> {
  const { db } = context.store
  const { campaign } = batch
  const items = await itemsToSend(db, campaign.id, person.id)
  if (items.length === 0) return { reason: 'nothing is undecided' }
  if (items.length > mostPacketItems) return { reason: `${items.length} items are more than a packet holds (${mostPacketItems})` }
  if (items.some((item) => isSubject({ email: person.email, identityId: person.identityId }, { subjectIdentityId: item.identity_id, subjectEmail: item.subject_email }))) {
    return { reason: 'some of the items are about their own access; hand those on first' }
  }
  if (before !== undefined && before.expiresAt > context.clock.now() && isSameShare(before, items) && (await isOnDisk(context, before))) {
    return { reason: `a packet with the same items is out already, until ${before.expiresAt.slice(0, 10)}` }
  }
  const id = randomUUID()
  const recipient = person.certificate === null ? undefined : await recipientOf(db, person.id)
  const content: PacketContent = {
    type: 'muster-packet', version: 1, id, log: context.logId, ...batch.head,
    campaign: {
      id: campaign.id, spec: await rulesText(db, campaign.id), specHash: campaign.specHash, asOf: campaign.asOf, stage: campaign.stage, dueOn: campaign.dueOn,
      createdAt: campaign.createdAt, createdBy: campaign.createdBy, weights: campaign.weights ?? '',
    },
    from: { email: actor.email, name: actor.name },
    to: { email: person.email, name: person.name, certificate: recipient === undefined ? null : person.certificate },
    createdAt: context.clock.now(), expiresAt: batch.expiresAt, replyTo: batch.replyTo, items: await Promise.all(items.map((item) => packetItemOf(context, batch, item))),
  }
  const bytes = utf8Bytes(canonicalJson(content))
  const contentHash = toHex(context.hash(bytes))
  const passphrase = context.exchange.newPassphrase()
  const way = recipient === undefined ? 'passphrase' : 'recipient'
  const file = await context.exchange.seal(bytes, await context.signing.signContent(bytes, batch.signer), recipient === undefined ? { passphrase } : { recipient })
  const path = join(batch.out, `${campaign.id}-${fileWord(person.email)}-${id.slice(0, 8)}.musterpack`)
  await context.exchange.files.writeDraft(path, file)
  try {
    if (way === 'passphrase') await context.exchange.files.addLine(batch.passphrases, `${person.email},${path.slice(batch.out.length + 1)},${passphrase}`)
    await inTransaction(context.store, async (queries) => {
      const { seq } = await recordEvent(context, queries, actor.email, {
        kind: 'packet-written',
        body: {
          campaign: campaign.id, packet: id, reviewer: person.email, stage: campaign.stage, items: items.map((item) => item.id), contentHash, expiresAt: batch.expiresAt, way,
        },
      })
      await insertPacket(queries, {
        id, campaignId: campaign.id, reviewerId: person.id, stage: campaign.stage, items: new Map(items.map((item) => [item.id, item.sinceSeq])), contentSha256: contentHash,
        way, path, at: content.createdAt, expiresAt: batch.expiresAt, eventSeq: seq,
      })
    })
  } catch (error) {
    await context.exchange.files.discardDraft(path)
    throw error
  }
  await context.exchange.files.publish(path)
  return { packet: id, person: person.email, name: person.name, items: items.length, path, way }
}

function isSameShare(before: PacketOut, items: readonly { readonly id: number; readonly sinceSeq: number }[]): boolean {
  return before.items.size === items.length && items.every((item) => before.items.get(item.id) === item.sinceSeq)
}

/** A packet that was recorded right before a crash has its file under its draft's name still. */
async function isOnDisk(context: Context, { path }: PacketOut): Promise<boolean> {
  const { files } = context.exchange
  if (await files.isThere(path)) return true
  if (!(await files.hasDraft(path))) return false
  await files.publish(path)
  return true
}

async function packetItemOf(context: Context, batch: Batch, { sinceSeq: _since, ...row }: Awaited<ReturnType<typeof itemsToSend>>[number]): Promise<PacketItem> {
  const { db } = context.store
  const kept = <K, T>(from: Map<K, Promise<T>>, key: K, make: () => Promise<T>): Promise<T> => {
    const known = from.get(key) ?? make()
    from.set(key, known)
    return known
  }
  const { campaign_id: _campaign, reviewer_id: _reviewer, case_item: _case, ...shown } = row
  const former = await toldBefore(db, batch.campaign.spec, row)
  return {
    ...shown,
    facts: {
      holders: await kept(batch.holders, row.entitlement_id, () => holdersOf(db, row.entitlement_id)),
      via: await kept(batch.namesOf, `${row.entitlement_id} ${row.path}`, () => stepNamesOf(db, row.entitlement_id, row.path)),
      history: row.identity_id === null ? [] : await hrHistoryUntil(db, row.identity_id, batch.campaign.asOf),
      effect: previewEffect(await effectFactsOf(db, { accountId: row.account_id, entitlementId: row.entitlement_id, path: row.path })),
      ...(former.length === 0 ? {} : { former }),
    },
  }
}

function fileWord(email: string): string {
  return email.replaceAll(/[^a-z0-9@._-]/g, '_').replace(/^\./, '_').slice(0, 60)
}
