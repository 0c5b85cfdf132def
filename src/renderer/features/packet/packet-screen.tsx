import type { Session } from '../../api/session.ts'
import { EmptyView } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { OwnPacket } from './own-packet.tsx'
import { PacketDoor } from './packet-door.tsx'

/** `#/packet`: the packet this workspace was made from, or a door for one. `#/packet/open`: the door; `#/packet/<path>`: a file that was opened from outside. */
export const PacketScreen = ({ session, path }: { readonly session: Session; readonly path: string | null }) => {
  const isDoor = path !== null || session.workspace.packet === undefined
  const isOwn = session.workspace.packet !== undefined
  // A reviewer in somebody else's workspace has no place of their own on this disk.
  const mayOpen = isOwn || session.host === 'desktop' || session.person.roles.includes('officer')
  return (
    <div className="page">
      <div className="page-inner packet-page">
        {!isDoor ? <OwnPacket /> : mayOpen ? <PacketDoor key={path ?? ''} path={path === 'open' ? null : path} /> : <EmptyView title={t.packet.openTitle} text={t.packet.notKeeper} />}
      </div>
    </div>
  )
}
