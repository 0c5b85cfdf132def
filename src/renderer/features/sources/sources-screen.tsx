import type { Session } from '../../api/session.ts'
import { AddSource } from './add/add-source.tsx'
import { SourcePage } from './one/source-page.tsx'
import { RunPage } from './run/run-page.tsx'
import { SourceList } from './source-list.tsx'
import './sources.css'

/** Sources: `#/sources`, `#/sources/add`, `#/sources/of/NAME`, `#/sources/run/ID`. Officers connect and read them, auditors look. */
export const SourcesScreen = ({ session, rest }: { readonly session: Session; readonly rest: readonly string[] }) => {
  const [place, which] = rest
  const isOfficer = session.person.roles.includes('officer')
  if (place === 'add' && isOfficer) return <AddSource asOf={session.asOf} />
  if (place === 'of' && which !== undefined) return <SourcePage key={which} name={which} session={session} />
  if (place === 'run' && which !== undefined && /^\d{1,9}$/.test(which)) return <RunPage key={which} runId={Number(which)} isOfficer={isOfficer} />
  return <SourceList session={session} />
}
