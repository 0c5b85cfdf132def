import { fileURLToPath } from 'node:url'
import { mappingOf } from './reading.ts'

export const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/connectors/${name}`, import.meta.url))

export const grantsMapping = mappingOf({
  account: 'account', entitlement: 'entitlement', entitlementDescription: 'description', application: 'application',
  privilege: 'privilege', risk: 'risk', owner: 'owner', grantedAt: 'granted on', expiresAt: 'valid until', lastUsed: 'last logon',
})

export const signInsMapping = mappingOf({ at: 'Date (UTC)', account: 'Username', application: 'Application', result: 'Status' })

export const jsonSignInsMapping = mappingOf({
  at: 'published', account: 'actor.alternateId', application: 'target.AppInstance.alternateId', result: 'outcome.result',
})

export const peopleMapping = mappingOf({
  employeeId: 'Worker ID', status: 'Worker Status', workerKind: 'Worker Type', fullName: 'Full Name', email: 'Email',
  title: 'Business Title', department: 'Department',
  managerId: 'Manager ID', hireDate: 'Hire Date', terminationDate: 'Termination Date', onLeave: 'On Leave',
})
