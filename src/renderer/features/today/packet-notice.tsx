import { useQuery } from '@tanstack/react-query'
import { PackageOpen } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { t } from '../../texts/texts.ts'

/** In a packet's workspace, once everything is signed: the one step that is left. */
export const PacketNotice = () => {
  const engine = useEngine()
  // Whoever signs quickly comes here from a page that asked a moment ago.
  const { data: own } = useQuery(engine.packets.own.queryOptions({ staleTime: 0 }))
  if (own == null || own.undecided > 0 || own.decided > own.signedOff || own.responses.length > 0) return null
  return (
    <div className="notice">
      <PackageOpen size={16} aria-hidden="true" />
      <div className="notice-body"><strong>{t.packet.today.title}</strong><span>{t.packet.today.text}</span></div>
      <div className="actions"><a className="button primary" href="#/packet">{t.packet.today.toPacket}</a></div>
    </div>
  )
}
