import { csvEntitlements } from '../../src/main/connectors/csv/entitlements.ts'
import { csvSignIns } from '../../src/main/connectors/csv/sign-ins.ts'
import { hr } from '../../src/main/connectors/hr/hr.ts'
import { connectorContract } from './contract-suite.ts'
import { fixture, grantsMapping, jsonSignInsMapping, peopleMapping, signInsMapping } from './fixtures.ts'

connectorContract({
  connector: csvEntitlements,
  mapping: grantsMapping,
  fixture: fixture('grants.csv'),
  header: 'account,entitlement,description,application,privilege,risk,owner,granted on,valid until,last logon',
  row: (index) => `user${index},right ${index % 7},,Ledger,none,low,,2024-01-${10 + (index % 20)},,`,
})

connectorContract({
  connector: csvSignIns,
  mapping: signInsMapping,
  fixture: fixture('sign-ins.csv'),
  header: 'Date (UTC),Username,Application,Status',
  row: (index) => `2024-03-${10 + (index % 20)}T12:00:00Z,user${index},Ledger,Success`,
})

connectorContract({
  connector: csvSignIns,
  mapping: jsonSignInsMapping,
  fixture: fixture('sign-ins.jsonl'),
  header: '',
  firstColumn: 'uuid',
  row: (index) => JSON.stringify({
    uuid: `u${index}`, published: `2024-03-${10 + (index % 20)}T12:00:00.000Z`, eventType: 'user.authentication.sso',
    actor: { id: `00u${index}`, alternateId: `user${index}@example.org` }, outcome: { result: 'SUCCESS' },
    target: [{ type: 'AppInstance', alternateId: 'Ledger', displayName: 'Ledger by Vendor' }],
  }),
})

connectorContract({
  connector: hr,
  mapping: peopleMapping,
  fixture: fixture('people.csv'),
  header:
    'Worker ID,Worker Status,Worker Type,Full Name,Gender,Date of Birth,Email,Business Title,Department,Manager ID,Hire Date,' +
    'Termination Date,On Leave',
  row: (index) =>
    `${index},Active,Employee,Person ${index},F,1990-01-01,p${index}@example.org,Clerk,Sales,${index === 0 ? '' : 0},2020-02-20,,False`,
})
