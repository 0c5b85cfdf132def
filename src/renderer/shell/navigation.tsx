import { CalendarCheck2, Database, FileSearch, FolderKanban, Package, PackageOpen, PanelLeftClose, PanelLeftOpen, Scale, Settings, ShieldCheck, UsersRound, Wrench } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Session } from '../api/session.ts'
import { t } from '../texts/texts.ts'

export type Place = keyof typeof t.navigationItems

export const placeSigns: Readonly<Record<Place, LucideIcon>> = {
  today: CalendarCheck2, review: FileSearch, sources: Database, people: UsersRound, policies: Scale, campaigns: FolderKanban, packets: Package, packet: PackageOpen, remediation: Wrench, evidence: ShieldCheck, settings: Settings,
}

/** What belongs together stands together: what waits, what there is, what is done with it. */
const forInsiders: readonly (readonly Place[])[] = [['today', 'review'], ['sources', 'people', 'policies'], ['campaigns', 'packets', 'remediation', 'evidence'], ['settings']]
/** A reviewer is shown their own work and nothing of everybody's access. */
const forReviewers: readonly (readonly Place[])[] = [['today', 'review'], ['settings']]

/** Where the workspace is a packet's, the packet and its response stand beside the review. */
const forPackets: readonly (readonly Place[])[] = [['today', 'review', 'packet'], ['settings']]

/** Everybody's access is not every reviewer's business. */
export const isInsider = ({ person }: Session): boolean => person.roles.includes('officer') || person.roles.includes('auditor')

/** The places that exist for this person, in groups. */
export const placesFor = (session: Session): readonly (readonly Place[])[] => (isInsider(session) ? forInsiders : session.workspace.packet === undefined ? forReviewers : forPackets)

interface NavigationProps {
  readonly groups: readonly (readonly Place[])[]
  readonly current: string
  readonly isWide: boolean
  readonly onToggle: () => void
}

/** The way around: only places that exist for this person; as a narrow rail, or wide with the names beside the signs. */
export const Navigation = ({ groups, current, isWide, onToggle }: NavigationProps) => {
  const Fold = isWide ? PanelLeftClose : PanelLeftOpen
  return (
    <nav className={isWide ? 'navigation wide' : 'navigation'} aria-label={t.navigation}>
      {groups.map((places) => (
        <ul key={places.join()}>
          {places.map((place) => {
            const Sign = placeSigns[place]
            return (
              <li key={place}>
                <a href={`#/${place}`} aria-current={current === place ? 'page' : undefined}>
                  <Sign size={20} strokeWidth={1.75} aria-hidden="true" />
                  <span>{t.navigationItems[place]}</span>
                </a>
              </li>
            )
          })}
        </ul>
      ))}
      <button type="button" className="navigation-fold" aria-label={isWide ? t.shell.narrow : t.shell.widen} title={isWide ? t.shell.narrow : t.shell.widen} onClick={onToggle}>
        <Fold size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </nav>
  )
}
