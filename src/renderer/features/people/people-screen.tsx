import type { Session } from '../../api/session.ts'
import { EntitlementPage } from './entitlement/entitlement-page.tsx'
import { ConfirmedList } from './lists/confirmed-list.tsx'
import { OrphanList } from './lists/orphan-list.tsx'
import { UndescribedList } from './lists/undescribed-list.tsx'
import { ListFrame } from './list-frame.tsx'
import { PersonPage } from './person/person-page.tsx'
import { SearchScreen } from './search/search-screen.tsx'
import './people.css'

const idIn = (text: string | undefined): number | null => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null)

/** People & access: `#/people`, `…/person/ID`, `…/entitlement/ID`, `…/orphans`, `…/confirmed`, `…/undescribed`. */
export const PeopleScreen = ({ session, rest }: { readonly session: Session; readonly rest: readonly string[] }) => {
  const [place, which] = rest
  const id = idIn(which)
  const isOfficer = session.person.roles.includes('officer')
  if (place === 'person' && id !== null) return <PersonPage key={id} identityId={id} session={session} />
  if (place === 'entitlement' && id !== null) return <EntitlementPage key={id} entitlementId={id} isOfficer={isOfficer} />
  switch (place) {
    case 'orphans': return <ListFrame at="orphans"><OrphanList isOfficer={isOfficer} /></ListFrame>
    case 'confirmed': return <ListFrame at="confirmed"><ConfirmedList isOfficer={isOfficer} /></ListFrame>
    case 'undescribed': return <ListFrame at="undescribed"><UndescribedList isOfficer={isOfficer} /></ListFrame>
    default: return <ListFrame at="search"><SearchScreen isOfficer={isOfficer} /></ListFrame>
  }
}
