import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { ResponseContent } from '../../../shared/model/packet.ts'
import { toBase64, toHex, utf8Bytes } from '../../core/evidence/bytes.ts'
import { canonicalJson } from '../../core/evidence/canonical-json.ts'
import { campaignProgress } from '../../storage/campaigns.ts'
import { rememberCheckpoint } from '../../storage/checkpoint-witness.ts'
import { inTransaction } from '../../storage/database.ts'
import { pendingDecisions, signOffsOf } from '../../storage/decisions.ts'
import { eventLines } from '../../storage/evidence-log.ts'
import { openedPacketOf } from '../../storage/packets.ts'
import { personByEmail } from '../../storage/people.ts'
import { Refusal, type Actor, type Context } from '../context.ts'
import { recordEvent } from '../record-event.ts'
import { signCheckpoint } from '../sign-checkpoint.ts'
import { unlock } from '../unlock-signer.ts'
import { recipientOfKey } from './exchange-key.ts'

export interface WrittenResponse {
  readonly path: string
  readonly name: string
  readonly signedOff: number
  readonly undecided: number
  readonly sha256: string
  /** The file in base64, where it was asked for. */
  readonly content: string | null
}

/** Writes the signed answer to the packet this workspace was made from: the whole log, with the signature of each sign-off. */
export async function respond(context: Context, actor: Actor, input: { readonly out: string | null; readonly passphrase: string; readonly withContent?: boolean }): Promise<WrittenResponse> {
  const { db } = context.store
  const opened = await openedPacketOf(db)
  const reviewer = await personByEmail(db, actor.email)
  if (opened === undefined || reviewer === undefined) {
    throw new Refusal('conflict', 'This workspace was not made from a packet, so there is nothing to respond to: sign-offs count where they are.')
  }
  if (opened.head.expiresAt <= context.clock.now()) {
    throw new Refusal('conflict', `The packet was valid until ${opened.head.expiresAt.slice(0, 10)}, so its answer would be refused. Ask ${opened.head.from.email} for a new one.`)
  }
  const path = input.out === null ? ownPathFor(context, reviewer.email, opened.head.campaign) : resolve(input.out)
  if (await context.exchange.files.isThere(path)) throw new Refusal('conflict', `${path} is there already; nothing was overwritten.`)
  const { signer } = await unlock(context, actor.email, input.passphrase)
  const recipient = await recipientOfKey(context, actor.email, input.passphrase)
  const { campaign } = opened.head
  const { progress, checkpoint, signOffs } = await inTransaction(context.store, async (queries) => {
    const pending = await pendingDecisions(queries, campaign, reviewer.id)
    if (pending.length > 0) throw new Refusal('conflict', `${pending.length} decisions are not signed off. Sign off first, then respond.`)
    const found = await campaignProgress(queries, campaign, reviewer.id)
    if (found.signedOff === 0) throw new Refusal('conflict', 'Nothing is decided and signed off yet, so there is nothing to send.')
    await recordEvent(context, queries, actor.email, {
      kind: 'response-written', body: { packet: opened.head.id, signedOff: found.signedOff, undecided: found.undecided },
    })
    return {
      progress: found, signOffs: await signOffsOf(queries, campaign),
      checkpoint: await signCheckpoint(context, queries, signer, 'response written'),
    }
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  const events: string[] = []
  for await (const { line } of eventLines(db, { from: 0, below: checkpoint.size })) events.push(line)
  const own = context.enrolment.describeCertificate(signer.certificate)
  const content: ResponseContent = {
    type: 'muster-response', version: 1, packet: opened.head.id, to: opened.log, campaign, from: reviewer.email, name: reviewer.name, createdAt: context.clock.now(),
    log: context.logId, events, checkpoint: checkpoint.note, signOffs: signOffs.map(({ eventSeq, cms }) => ({ seq: eventSeq, cms: toBase64(cms) })),
    request: own?.isSelfIssued === true ? reviewer.certificate : null, recipient,
  }
  const bytes = utf8Bytes(canonicalJson(content))
  const file = await context.exchange.seal(bytes, await context.signing.signContent(bytes, signer), { recipient: opened.replyTo })
  await mkdir(dirname(path), { recursive: true })
  await context.exchange.files.writeFileOnce(path, file)
  return {
    path, name: basename(path), signedOff: progress.signedOff, undecided: progress.undecided, sha256: toHex(context.hash(file)),
    content: input.withContent === true ? toBase64(file) : null,
  }
}

/** Named so that its officer knows it among many, and never twice the same. */
function ownPathFor(context: Context, reviewer: string, campaign: number): string {
  const stamp = context.clock.now().replaceAll(/[-:.]/g, '').slice(0, 15)
  return join(context.paths.folder, 'responses', `${campaign}-${reviewer.replaceAll(/[^a-z0-9@._-]/g, '_').replace(/^\./, '_').slice(0, 60)}-${stamp}.musterpack-response`)
}
