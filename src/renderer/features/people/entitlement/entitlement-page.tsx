import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { BackLink } from '../../../components/back-link.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { EntitlementDetail } from '../people-types.ts'
import { Description } from './description.tsx'
import { HolderTable } from './holder-table.tsx'
import { UseShare } from './use-share.tsx'

const words = t.inventory.entitlement

const Facts = ({ found }: { readonly found: EntitlementDetail }) => {
  const { entitlement, owner } = found
  const { facts } = words
  return (
    <dl className="fact-columns sheet">
      <div><dt>{facts.source}</dt><dd><DirectoryText>{found.source}</DirectoryText></dd></div>
      <div><dt>{facts.application}</dt><dd><DirectoryText>{entitlement.application}</DirectoryText></dd></div>
      <div><dt>{facts.id}</dt><dd className="mono small"><DirectoryText>{entitlement.nativeId}</DirectoryText></dd></div>
      <div>
        <dt>{facts.owner}</dt>
        <dd>{owner !== null ? <a href={`#/people/person/${owner.id}`}><DirectoryText>{owner.displayName}</DirectoryText></a>
          : entitlement.ownerEmail === null ? <span className="faint">{words.noOwner}</span> : <DirectoryText>{entitlement.ownerEmail}</DirectoryText>}</dd>
      </div>
      <div><dt>{facts.holders}</dt><dd className="numbers">{formatNumber(found.holders)}</dd></div>
      <div><dt>{facts.indirect}</dt><dd className="numbers">{formatNumber(found.indirect)}</dd></div>
      {found.tags.length === 0 ? null : <div><dt>{facts.tags}</dt><dd>{found.tags.join(', ')}</dd></div>}
    </dl>
  )
}

/** One entitlement: what it does, how much it matters, who holds it and who uses it. */
export const EntitlementPage = ({ entitlementId, isOfficer }: { readonly entitlementId: number; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const query = useQuery(engine.inventory.entitlement.queryOptions({ input: { entitlementId } }))
  if (query.isError) return <FailureView error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <div className="page"><div className="page-inner"><Skeleton lines={12} /></div></div>
  const found = query.data
  const { entitlement } = found
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href="#/people">{t.inventory.back}</BackLink>
          <div className="person-head">
            <h1><DirectoryText>{entitlement.name}</DirectoryText></h1>
            <span className={entitlement.risk === 'high' || entitlement.risk === 'critical' ? 'badge hot' : 'badge'}>{t.risk[entitlement.risk]}</span>
            {entitlement.privilege === 'none' ? null : <span className="badge warm">{t.privilege[entitlement.privilege]}</span>}
            {found.isCurrent ? null : <span className="badge hot">{words.notCurrent}</span>}
            {found.traits.map((trait) => <span key={trait} className="badge">{words.traits[trait]}</span>)}
          </div>
        </div>
        <Description found={found} isOfficer={isOfficer} />
        <Facts found={found} />
        <UseShare entitlementId={entitlementId} />
        <HolderTable entitlementId={entitlementId} />
      </div>
    </div>
  )
}
