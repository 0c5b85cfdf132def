import { FileKey2, KeyRound, UserRound } from 'lucide-react'
import { DirectoryParts, DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import type { Identity } from '../../../../shared/model/identity.ts'
import type { Entitlement } from '../../../../shared/model/entitlement.ts'
import { t } from '../../../texts/texts.ts'
import type { ShownAccount } from '../people-types.ts'

const Line = ({ href, sign, name, more, side }: {
  readonly href: string | null; readonly sign: React.ReactNode; readonly name: string; readonly more: readonly (string | null)[]; readonly side: React.ReactNode
}) => {
  const inside = (
    <>
      {sign}
      <span className="result-name"><DirectoryText>{name}</DirectoryText></span>
      <span className="result-more faint"><DirectoryParts parts={more} /></span>
      <span className="result-side">{side}</span>
    </>
  )
  return <li>{href === null ? <span className="result">{inside}</span> : <a className="result" href={href}>{inside}</a>}</li>
}

export const IdentityLine = ({ identity }: { readonly identity: Identity }) => (
  <Line href={`#/people/person/${identity.id}`} sign={<UserRound size={16} aria-hidden="true" />} name={identity.displayName}
    more={[identity.title, identity.department, identity.email]}
    side={identity.kind !== 'unknown' && (identity.status === 'active' || identity.status === 'unknown') ? <span className="faint">{t.kind[identity.kind]}</span>
      : identity.status === 'active' ? <span className="faint">{t.inventory.status.active}</span>
      : <span className={identity.status === 'gone' || identity.status === 'inactive' ? 'badge hot' : 'badge'}>{t.inventory.status[identity.status]}</span>} />
)

export const EntitlementLine = ({ entitlement }: { readonly entitlement: Entitlement & { readonly source: string; readonly holders: number } }) => (
  <Line href={`#/people/entitlement/${entitlement.id}`} sign={<FileKey2 size={16} aria-hidden="true" />} name={entitlement.name}
    more={[entitlement.application, entitlement.description]}
    side={
      <>
        {entitlement.risk === 'high' || entitlement.risk === 'critical' ? <span className="badge hot">{t.risk[entitlement.risk]}</span> : null}{' '}
        <span className="faint numbers">{t.inventory.holders(entitlement.holders, formatNumber(entitlement.holders))}</span>
      </>
    } />
)

/** A program's login is a number nobody knows; its name says what it is. */
const nameOf = ({ login, nativeId, displayName }: ShownAccount): string => {
  const known = login ?? nativeId
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(known) ? displayName ?? known : known
}

export const AccountLine = ({ account }: { readonly account: ShownAccount }) => (
  <Line href={account.identityId === null ? '#/people/orphans' : `#/people/person/${account.identityId}`} sign={<KeyRound size={16} aria-hidden="true" />}
    name={nameOf(account)} more={[account.login ?? account.nativeId, account.displayName, account.source].filter((one) => one !== nameOf(account))}
    side={
      <>
        {account.isEnabled === false ? <span className="badge">{t.inventory.disabled}</span> : null}{' '}
        {account.identityId === null ? <span className="badge warm">{t.inventory.nobody}</span> : <span className="faint">{t.kind[account.kind]}</span>}
      </>
    } />
)
