import type { OpenedPacket } from '../../../shared/model/packet.ts'
import { spokenFingerprint } from '../../core/evidence/spoken-fingerprint.ts'
import { campaignProgress } from '../../storage/campaigns.ts'
import { openedPacketOf, responsesWritten, type ResponseLine } from '../../storage/packets.ts'
import { personByEmail } from '../../storage/people.ts'
import type { Actor, Context } from '../context.ts'

export interface PacketStanding extends OpenedPacket {
  readonly isExpired: boolean
  readonly rootSpoken: string
  /** Null where the key is certified. */
  readonly keySpoken: string | null
  readonly decided: number
  readonly signedOff: number
  readonly undecided: number
  readonly responses: ResponseLine[]
}

/** How the packet this workspace was made from stands; null in any other workspace. */
export async function packetStanding(context: Context, actor: Actor): Promise<PacketStanding | null> {
  const { db } = context.store
  const opened = await openedPacketOf(db)
  const reviewer = await personByEmail(db, actor.email)
  if (opened === undefined || reviewer === undefined) return null
  const root = await context.signing.readRoot(context.paths.keys)
  const key = reviewer.certificate === null ? undefined : context.enrolment.describeCertificate(reviewer.certificate)
  const progress = await campaignProgress(db, opened.head.campaign, reviewer.id)
  return {
    ...opened.head, isExpired: opened.head.expiresAt <= context.clock.now(), rootSpoken: root === undefined ? '' : spokenFingerprint(root.fingerprint),
    keySpoken: key?.isSelfIssued === true ? spokenFingerprint(key.fingerprint) : null,
    decided: progress.items - progress.undecided, signedOff: progress.signedOff, undecided: progress.undecided, responses: await responsesWritten(db),
  }
}
