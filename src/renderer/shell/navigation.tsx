import { CalendarCheck2, Database, FileSearch, FolderKanban, Scale, Settings, ShieldCheck, UsersRound } from 'lucide-react'
import { t } from '../texts/texts.ts'

export type Place = 'today' | 'sources' | 'people' | 'review' | 'campaigns' | 'evidence' | 'policies' | 'settings'

const signs = { today: CalendarCheck2, sources: Database, people: UsersRound, review: FileSearch, campaigns: FolderKanban, evidence: ShieldCheck, policies: Scale, settings: Settings } as const

/** The way around: only places that exist for this person. */
export const Navigation = ({ places, current }: { readonly places: readonly Place[]; readonly current: string }) => (
  <nav className="navigation" aria-label={t.navigation}>
    <ul>
      {places.map((place) => {
        const Sign = signs[place]
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
  </nav>
)
