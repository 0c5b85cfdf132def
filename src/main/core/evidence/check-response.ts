// Whether a response answers the packet it names, from the reviewer's own log alone: every figure and decision is replayed from its lines.
import { evidenceEvent, type EvidenceEvent } from '../../../shared/model/evidence.ts'
import type { CarriedAnswer, ResponseContent } from '../../../shared/model/packet.ts'
import { answersHash, plainAnswer } from './carried-answers.ts'
import { equalBytes, type Hash } from './bytes.ts'
import { startCampaignReplay, type SignOffRecord } from './campaign-replay.ts'
import { startChainCheck } from './chain-check.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { isSamePerson, type ItemStanding } from './item-standing.ts'

/** A packet as the officer's workspace remembers it. */
export interface SentPacket {
  readonly id: string
  readonly campaign: number
  readonly reviewer: string
  readonly contentHash: string
  readonly expiresAt: string
  /** Item → hash of the evidence that was sent. */
  readonly items: ReadonlyMap<number, string>
}

export interface AnsweredSignOff {
  readonly record: SignOffRecord
  readonly line: string
  readonly answers: readonly CarriedAnswer[]
}

/** A decision as it was taken, with what it was taken together with. */
export interface AnsweredItem {
  readonly standing: ItemStanding
  readonly event: Extract<EvidenceEvent, { kind: 'decision-made' }>
}

/** What a response that fits its packet answers. */
export interface Answered {
  readonly ok: true
  readonly signOffs: readonly AnsweredSignOff[]
  readonly items: ReadonlyMap<number, AnsweredItem>
  readonly undecided: number
  readonly together: ReadonlyMap<number, Extract<EvidenceEvent, { kind: 'decided-together' }>>
}

export type CheckedResponse = Answered | { readonly ok: false; readonly detail: string }

export function checkResponse(content: ResponseContent, sent: SentPacket, hash: Hash): CheckedResponse {
  const fault = (detail: string): CheckedResponse => ({ ok: false, detail })
  const read = readLines(content, hash)
  if (typeof read === 'string') return fault(read)
  const opened = read.filter((event) => event.kind === 'packet-opened')
  if (opened.length !== 1 || opened[0]?.body.packet !== sent.id || opened[0].body.contentHash !== sent.contentHash) {
    return fault('it was not made from the packet that was sent')
  }
  if (read.some(({ actor }) => !isSamePerson(actor, sent.reviewer))) return fault(`somebody else than ${sent.reviewer} acted in it`)
  const late = read.find(({ ts }) => ts > sent.expiresAt)
  if (late !== undefined) return fault(`it was worked on after ${sent.expiresAt.slice(0, 10)}, when the packet had expired`)

  const replay = startCampaignReplay(sent.campaign, hash)
  for (const event of read) replay.add(event)
  const { items, signOffs, contradictions } = replay.result()
  const [contradiction] = contradictions
  if (contradiction !== undefined) return fault(`its log contradicts itself: ${contradiction.detail}`)
  const others = read.find((event) => 'campaign' in event.body && event.body.campaign !== sent.campaign)
  if (others !== undefined) return fault('it is about another campaign as well')
  const strange = [...items.keys()].find((item) => !sent.items.has(item))
  if (strange !== undefined) return fault(`it answers item ${strange}, which was not sent`)
  const missing = [...sent.items.keys()].find((item) => !items.has(item))
  if (missing !== undefined) return fault(`item ${missing}, which was sent, is missing from it`)
  for (const standing of items.values()) {
    if (standing.packet !== sent.items.get(standing.item)) return fault(`item ${standing.item} was answered on other evidence than was sent`)
    if (!isSamePerson(standing.reviewer, sent.reviewer)) return fault(`item ${standing.item} was answered by somebody else than it was sent to`)
    if (isSamePerson(standing.subject, sent.reviewer)) return fault(`item ${standing.item} is about the reviewer's own access`)
  }
  return answersOf(content, read, { items, signOffs }, hash)
}

/** The events in order; a sentence where the lines are no unbroken log that gives the response's checkpoint. */
function readLines(content: ResponseContent, hash: Hash): readonly EvidenceEvent[] | string {
  const chain = startChainCheck(hash)
  for (const line of content.events) chain.add(line)
  const { fault, log, root, size } = chain.result()
  if (fault !== undefined) return `its log is broken at event ${fault.seq}: ${fault.detail}`
  const checkpoint = parseCheckpoint(content.checkpoint)
  if (log !== content.log || checkpoint?.origin !== log || checkpoint.size !== size || !equalBytes(checkpoint.root, root)) {
    return 'its checkpoint is not the one its log gives'
  }
  const events: EvidenceEvent[] = []
  for (const line of content.events) {
    const parsed = evidenceEvent.safeParse(JSON.parse(line))
    if (!parsed.success) return `event ${events.length} of its log is of a form this Muster does not know`
    events.push(parsed.data)
  }
  return events
}

function answersOf(
  content: ResponseContent, read: readonly EvidenceEvent[], replayed: { readonly items: ReadonlyMap<number, ItemStanding>; readonly signOffs: readonly SignOffRecord[] }, hash: Hash,
): CheckedResponse {
  const items = new Map<number, AnsweredItem>()
  let undecided = 0
  for (const standing of replayed.items.values()) {
    if (standing.signedOffSeq === null || standing.decision === null) {
      undecided += 1
      continue
    }
    const event = read[standing.decision.seq]
    if (event?.kind !== 'decision-made') return { ok: false, detail: `the decision on item ${standing.item} is not in its log` }
    items.set(standing.item, { standing, event })
  }
  const signOffs: AnsweredSignOff[] = []
  for (const record of replayed.signOffs) {
    const answers = record.items.flatMap((item): CarriedAnswer[] => {
      const decision = items.get(item)?.standing.decision
      return decision == null ? [] : [plainAnswer({ ...decision, item })]
    })
    if (answers.length !== record.items.length || record.answersHash !== answersHash(answers, hash)) {
      return { ok: false, detail: `sign-off ${record.seq} does not bind the answers its log holds` }
    }
    signOffs.push({ record, answers, line: content.events[record.seq] ?? '' })
  }
  const together = new Map(read.flatMap((event) => (event.kind === 'decided-together' ? [[event.seq, event] as const] : [])))
  return { ok: true, signOffs, items, undecided, together }
}
