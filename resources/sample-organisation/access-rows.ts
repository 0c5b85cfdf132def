import { isoDay, type Day } from './calendar.ts'
import type { Account, Entitlement, Organisation, SourceName } from './model.ts'

const directoryHeader = [
  'account', 'account_name', 'email', 'employee_id', 'account_type', 'account_enabled', 'entitlement', 'entitlement_name',
  'entitlement_description', 'application', 'privilege', 'risk', 'owner', 'path', 'granted_at', 'expires_at',
] as const

/** The same facts under the ERP's own headings, so that the second source really needs a mapping of its own. */
const ledgerlineHeader = [
  'User ID', 'User Name', 'E-Mail', 'Personnel No', 'User Type', 'Active', 'Role', 'Role Text', 'Role Description', 'System', 'Privilege',
  'Risk', 'Role Owner', 'Assigned Via', 'Valid From', 'Valid To',
] as const

export const accessHeaders: Readonly<Record<SourceName, readonly string[]>> = { directory: directoryHeader, ledgerline: ledgerlineHeader }

/** Every grant of a source as it was on a day, one row each, by account and then by application and id. */
export function accessRowsAt(organisation: Organisation, source: SourceName, day: Day): string[][] {
  const { accounts, entitlements, grants } = organisation
  return grants
    .filter((grant) => accounts[grant.account]?.source === source && grant.from <= day && (grant.to === null || day < grant.to))
    .toSorted((a, b) => a.account - b.account || a.entitlement - b.entitlement)
    .map((grant) => {
      const account = accounts[grant.account] as Account
      const right = entitlements[grant.entitlement] as Entitlement
      const isEnabled = account.disabledFrom === null || day < account.disabledFrom
      return [
        account.name, account.displayName, account.email, account.employeeId, account.kind, String(isEnabled),
        right.id, right.name, right.description, right.application, right.privilege, right.risk, right.owner,
        grant.path, grant.isDated ? isoDay(grant.from) : '', grant.expires === null ? '' : isoDay(grant.expires),
      ]
    })
}
