// Review packets as the log tells them: what was sent, to whom and until when, and what came back. What an import refuses, a log must not hold either.
import type { EventBodyOf } from '../../../shared/model/evidence.ts'
import { isSamePerson } from './item-standing.ts'

type Written = EventBodyOf<'packet-written'>
type CarriedDecision = NonNullable<EventBodyOf<'decision-made'>['carried']>

export interface PacketReplay {
  readonly write: (body: Written) => void
  readonly merge: (seq: number, body: EventBodyOf<'response-merged'>) => void
  /** An answer that was carried in from a packet. */
  readonly decide: (seq: number, item: number, carried: CarriedDecision) => void
  readonly signOff: (seq: number, body: EventBodyOf<'sign-off'>) => void
}

export function startPacketReplay(contradict: (seq: number, detail: string) => void): PacketReplay {
  const written = new Map<string, Written>()
  /** Packet → the reviewer's log its response came from. */
  const merged = new Map<string, string>()

  /** The packet, where a response to it was taken in before; anything else is told. */
  function answered(seq: number, id: string, what: string): Written | undefined {
    const packet = written.get(id)
    if (packet === undefined || !merged.has(id)) contradict(seq, `${what} from packet ${id}, to which no response had been taken in`)
    else return packet
    return undefined
  }

  function judge(seq: number, { packet, items, at }: { packet: Written; items: readonly number[]; at: string }): void {
    const strange = items.find((item) => !packet.items.includes(item))
    if (strange !== undefined) contradict(seq, `item ${strange} was answered in packet ${packet.packet}, which did not hold it`)
    if (at > packet.expiresAt) contradict(seq, `packet ${packet.packet} was answered on ${at.slice(0, 10)}, after it had expired on ${packet.expiresAt.slice(0, 10)}`)
  }

  return {
    write: (body) => {
      written.set(body.packet, body)
    },
    merge: (seq, { packet: id, reviewer, log }) => {
      const packet = written.get(id)
      if (packet === undefined) contradict(seq, `a response was taken in to packet ${id}, which was never written`)
      else if (!isSamePerson(packet.reviewer, reviewer)) contradict(seq, `packet ${id} went to ${packet.reviewer}, and ${reviewer} answered it`)
      if (merged.has(id)) contradict(seq, `a response to packet ${id} was taken in a second time`)
      merged.set(id, log)
    },
    decide: (seq, item, { packet: id, at }) => {
      const packet = answered(seq, id, `a decision on item ${item}`)
      if (packet !== undefined) judge(seq, { packet, items: [item], at })
    },
    signOff: (seq, { items, carried }) => {
      if (carried === undefined) return
      const packet = answered(seq, carried.packet, 'a sign-off')
      if (packet === undefined) return
      if (merged.get(carried.packet) !== carried.log) contradict(seq, `a sign-off of another log than the one packet ${carried.packet} was answered in`)
      judge(seq, { packet, items, at: signedAt(carried.line) })
    },
  }
}

/** When the reviewer signed, as their own line says; nothing where the line says nothing, which is told elsewhere. */
function signedAt(line: string): string {
  return /"ts":"([^"]*)"/.exec(line)?.[1] ?? ''
}
