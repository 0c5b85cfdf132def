import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { BackLink } from '../../../components/back-link.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { initials } from '../../../components/person-name.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { PersonDetail } from '../people-types.ts'
import { AccessTable } from './access-table.tsx'
import { AccountTable } from './account-table.tsx'
import { Conflicts } from './conflicts.tsx'
import { Decisions } from './decisions.tsx'
import { HrHistory } from './hr-history.tsx'
import { UseByMonth } from './use-by-month.tsx'

const Facts = ({ person }: { readonly person: PersonDetail }) => {
  const { identity, manager, reports } = person
  const { facts } = t.inventory.person
  const lines: readonly (readonly [string, string | null])[] = [
    [facts.title, identity.title], [facts.department, identity.department], [facts.division, identity.division], [facts.location, identity.location],
    [facts.costCenter, identity.costCenter], [facts.email, identity.email], [facts.employeeId, identity.employeeId],
    [facts.hired, identity.hireDate === null ? null : formatDay(identity.hireDate)], [facts.left, identity.terminationDate === null ? null : formatDay(identity.terminationDate)],
    [facts.reports, reports === 0 ? null : formatNumber(reports)],
  ]
  return (
    <dl className="fact-columns sheet">
      <div>
        <dt>{facts.manager}</dt>
        <dd>{manager === null ? <span className="faint">{t.inventory.person.noManager}</span> : <a href={`#/people/person/${manager.id}`}><DirectoryText>{manager.displayName}</DirectoryText></a>}</dd>
      </div>
      {lines.map(([label, value]) => (value === null ? null : <div key={label}><dt>{label}</dt><dd><DirectoryText>{value}</DirectoryText></dd></div>))}
    </dl>
  )
}

/** Everything known of one person or workload. */
export const PersonPage = ({ identityId, session }: { readonly identityId: number; readonly session: Session }) => {
  const engine = useEngine()
  const found = useQuery(engine.inventory.person.queryOptions({ input: { identityId } }))
  if (found.isError) return <FailureView error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <div className="page"><div className="page-inner"><Skeleton lines={12} /></div></div>
  const person = found.data
  const { identity } = person
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href="#/people">{t.inventory.back}</BackLink>
          <div className="person-head">
            <span className="person-mark" aria-hidden="true">{initials(identity.displayName)}</span>
            <h1><DirectoryText>{identity.displayName}</DirectoryText></h1>
            {identity.kind === 'unknown' ? null : <span className="badge">{t.kind[identity.kind]}</span>}
            <span className={identity.status === 'active' ? 'badge good' : identity.status === 'gone' || identity.status === 'inactive' ? 'badge hot' : 'badge warm'}>
              {t.inventory.status[identity.status]}
            </span>
          </div>
        </div>
        <Facts person={person} />
        <div className="person-columns">
          <div>
            <AccessTable person={person} />
            <AccountTable accounts={person.accounts} isOfficer={session.person.roles.includes('officer')} />
            <Decisions decisions={person.decisions} />
          </div>
          <div>
            <UseByMonth usage={person.usage} asOf={session.asOf} />
            <Conflicts conflicts={person.conflicts} />
            <HrHistory history={person.history} />
          </div>
        </div>
      </div>
    </div>
  )
}
