import { formatDay, formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import type { PacketStanding } from './standing.ts'

const looks = { out: 'badge calm', expired: 'badge warm', answered: 'badge good' } as const

/** How a reviewer's newest packet stands, and what came of it. */
export const PacketState = ({ standing }: { readonly standing: PacketStanding }) => {
  const words = t.packets.state
  if (!('packet' in standing)) return <span className="faint">{words[standing.is]}</span>
  const { packet, before, is } = standing
  const merged = packet.merged ?? 0
  const conflicts = packet.conflicts ?? 0
  const more = [
    ...(is === 'answered' ? [words.taken(merged, formatNumber(merged))] : []), ...(conflicts > 0 ? [words.conflicts(conflicts, formatNumber(conflicts))] : []),
    ...(before > 0 ? [words.more(before, formatNumber(before))] : []),
  ]
  return (
    <span className="packet-state">
      <span className={looks[is]}>{is === 'answered' ? words.answered(formatDay(packet.mergedAt ?? '')) : words[is](formatDay(packet.expiresAt))}</span>
      {more.length === 0 ? null : <span className="faint small">{more.join(' · ')}</span>}
    </span>
  )
}
