import { accessHeaders } from './access-rows.ts'
import { hrHeader } from './hr-history.ts'

/** Columns as our fields: the mapping a compliance officer would end up with for each file. */
type Columns = Readonly<Record<string, string>>

const accessFields = [
  'account', 'accountName', 'email', 'employeeId', 'accountKind', 'accountEnabled', 'entitlement', 'entitlementName',
  'entitlementDescription', 'application', 'privilege', 'risk', 'owner', 'path', 'grantedAt', 'expiresAt',
] as const
const signInFields = ['account', 'application', 'at', 'result'] as const
/** In the order of the HR export; null = not taken over (a nickname) or dropped at the door (protected attributes). */
const hrFields = [
  'employeeId', 'status', 'workerKind', 'firstName', 'lastName', null, 'email', 'title', 'department', 'division', 'costCenter', 'location',
  'managerId', 'hireDate', 'terminationDate', null, null,
] as const

export const signInHeaders = {
  directory: ['account', 'application', 'timestamp', 'result'],
  ledgerline: ['USER_ID', 'SYSTEM', 'LOGON_AT', 'RESULT'],
} as const

function columns(fields: readonly (string | null)[], header: readonly string[]): Columns {
  return Object.fromEntries(fields.flatMap((field, at) => (field === null ? [] : [[field, header[at] ?? '']])))
}

export type WrittenFile = { name: string; asOf: string; rows: number }

/** A source as it could be added: `accountsOf` names the source whose logins a sign-in file speaks of. */
export type SourceDescription = {
  source: string
  kind: 'hr' | 'csv-entitlements' | 'csv-sign-ins'
  accountsOf: string | null
  files: WrittenFile[]
  columns: Columns
}

/** The five sources with their files, each oldest first, in an order in which they can be read. */
export function describeSources(files: {
  hr: WrittenFile[]; directory: WrittenFile[]; ledgerline: WrittenFile[]; directorySignIns: WrittenFile; ledgerlineSignIns: WrittenFile
}): SourceDescription[] {
  return [
    { source: 'hr', kind: 'hr', accountsOf: null, files: files.hr, columns: columns(hrFields, hrHeader) },
    {
      source: 'directory', kind: 'csv-entitlements', accountsOf: null, files: files.directory,
      columns: columns(accessFields, accessHeaders.directory),
    },
    {
      source: 'ledgerline', kind: 'csv-entitlements', accountsOf: null, files: files.ledgerline,
      columns: columns(accessFields, accessHeaders.ledgerline),
    },
    {
      source: 'directory-sign-ins', kind: 'csv-sign-ins', accountsOf: 'directory', files: [files.directorySignIns],
      columns: columns(signInFields, signInHeaders.directory),
    },
    {
      source: 'ledgerline-sign-ins', kind: 'csv-sign-ins', accountsOf: 'ledgerline', files: [files.ledgerlineSignIns],
      columns: columns(signInFields, signInHeaders.ledgerline),
    },
  ]
}
