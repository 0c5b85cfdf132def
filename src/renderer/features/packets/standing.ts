import type { Addressee, PacketLine } from './packet-types.ts'

export type PacketStanding =
  | { readonly is: 'none' | 'done' }
  | { readonly is: 'out' | 'expired' | 'answered'; readonly packet: PacketLine; /** Packets of this person written before. */ readonly before: number }

/** How the newest packet of a person stands. `now`: an ISO moment. */
export const standingOf = ({ undecided }: Pick<Addressee, 'undecided'>, packets: readonly PacketLine[], now: string): PacketStanding => {
  const newest = packets.at(-1)
  if (newest === undefined) return { is: undecided === 0 ? 'done' : 'none' }
  const is = newest.mergedAt !== null ? 'answered' : newest.expiresAt <= now ? 'expired' : 'out'
  return { is, packet: newest, before: packets.length - 1 }
}

/** Packets by whom they are for, each person's oldest first. */
export const byPerson = (packets: readonly PacketLine[]): ReadonlyMap<string, readonly PacketLine[]> => {
  const found = new Map<string, PacketLine[]>()
  for (const packet of packets) found.set(packet.person, [...(found.get(packet.person) ?? []), packet])
  return found
}
