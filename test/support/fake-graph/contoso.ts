import { guid, tenantFrom, type Entity, type FirstDay, type Kind, type Member, type Tenant } from './tenant.ts'

// A tenant small enough to know by heart, with one of everything the connector has to tell apart.

export const NOW = '2026-11-22T09:00:00.000Z'
export const GLOBAL_ADMIN = '62e90394-69f5-4237-9190-012177145e10'
export const HELPDESK = '729827e3-9c14-49f7-bb1b-9608f156bbb8'
export const NO_ROLE = '00000000-0000-0000-0000-000000000000'

export const user = (number: number): string => guid('users', number)
export const group = (number: number): string => guid('groups', number)
export const app = (number: number): string => guid('servicePrincipals', number)
export const role = (number: number): string => guid('other', number)

/** Ada 0 (manager), Ben 1, Cy 2 (disabled), Dee 3 (guest), Eve 4 … Jan 9. */
export const PEOPLE = ['Ada', 'Ben', 'Cy', 'Dee', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Jan'] as const

export const GROUPS = {
  finance: group(0), ledger: group(1), everybody: group(2), synced: group(3), mail: group(4), admins: group(5), hidden: group(6), team: group(7),
} as const

export const APPS = { ledger: app(0), crm: app(1), graph: app(2) } as const
export const ROLES = { poster: role(0), admin: role(1), directoryWrite: role(2) } as const

function contoso(): FirstDay {
  const users = PEOPLE.map(userOf)
  const groups = groupsOf()
  const servicePrincipals = appsOf()
  const members: Readonly<Record<string, readonly Member[]>> = {
    [GROUPS.finance]: [person(0), person(1), person(4), person(5), person(6), person(7), person(8), { id: guid('devices', 0), type: 'device' }],
    [GROUPS.ledger]: [{ id: GROUPS.finance, type: 'group' }, person(9), { id: APPS.crm, type: 'servicePrincipal' }],
    [GROUPS.everybody]: PEOPLE.map((_, number) => person(number)),
    [GROUPS.synced]: [person(1)], [GROUPS.mail]: [person(1)], [GROUPS.admins]: [person(0)], [GROUPS.hidden]: [], [GROUPS.team]: [person(3), person(4)],
  }
  const shelves: Readonly<Record<Kind, readonly Entity[]>> = { users, groups, servicePrincipals }
  const events = signInsOf()
  return {
    count: (kind) => shelves[kind].length,
    at: (kind, index) => shelves[kind][index] as Entity,
    indexOf: (kind, id) => {
      const index = shelves[kind].findIndex((one) => one.id === id)
      return index < 0 ? undefined : index
    },
    memberCount: (number) => members[groups[number]?.id ?? '']?.length ?? 0,
    member: (number, index) => members[groups[number]?.id ?? '']?.[index] as Member,
    ownersOf: (id) => (id === GROUPS.finance ? [user(1), user(0)] : []),
    signIns: (fromMs, toMs) => {
      const found = events.filter((one) => Date.parse(String(one['createdDateTime'])) >= fromMs && Date.parse(String(one['createdDateTime'])) < toMs)
      return { count: found.length, at: (index) => found[index] as Entity }
    },
    ...rightsOf(), audits: auditsOf(), policies: policiesOf(),
    locations: [{ '@odata.type': '#microsoft.graph.countryNamedLocation', id: role(90), displayName: 'Europe', countriesAndRegions: ['DE', 'FR'] } as Entity],
  }
}

/** Contoso on its first day. */
export function contosoTenant(): Tenant {
  return tenantFrom(contoso())
}

function person(number: number): Member {
  return { id: user(number), type: 'user' }
}

function userOf(name: string, number: number): Entity {
  const isGuest = name === 'Dee'
  return {
    id: user(number), displayName: `${name} Example`, givenName: name, surname: 'Example',
    userPrincipalName: isGuest ? 'dee_partner.example#EXT#@contoso.example' : `${name.toLowerCase()}@contoso.example`,
    mail: isGuest ? 'dee@partner.example' : number % 2 === 0 ? `${name.toLowerCase()}@contoso.example` : null,
    accountEnabled: name !== 'Cy', userType: isGuest ? 'Guest' : 'Member', employeeId: number < 8 && !isGuest ? `E${100 + number}` : null,
    employeeType: number === 5 ? 'Contractor' : 'Employee', jobTitle: number === 0 ? 'Head of Finance' : 'Accountant', department: 'Finance',
    companyName: 'Contoso', officeLocation: 'Hamburg', city: 'Hamburg', employeeOrgData: { division: 'Europe', costCenter: `C${number}` },
    employeeHireDate: '2020-02-01T00:00:00Z', employeeLeaveDateTime: name === 'Cy' ? '2026-10-31T00:00:00Z' : null,
    ...(number === 0 ? {} : { managerId: user(0) }),
    signInActivity: {
      lastSignInDateTime: '2026-11-21T08:00:00Z', lastNonInteractiveSignInDateTime: '2026-11-20T08:00:00Z',
      ...(number < 6 ? { lastSuccessfulSignInDateTime: `2026-11-1${number}T08:00:00Z` } : {}),
    },
  }
}

function groupsOf(): readonly Entity[] {
  const plain = { groupTypes: [], membershipRule: null, mailEnabled: false, securityEnabled: true, onPremisesSyncEnabled: null, isAssignableToRole: null, visibility: null }
  return [
    { ...plain, id: GROUPS.finance, displayName: 'Finance', description: 'Everybody in finance' },
    { ...plain, id: GROUPS.ledger, displayName: 'Ledger users', description: null },
    { ...plain, id: GROUPS.everybody, displayName: 'Everybody', description: 'All people', groupTypes: ['DynamicMembership'], membershipRule: 'user.accountEnabled -eq true' },
    { ...plain, id: GROUPS.synced, displayName: 'AD file share', description: null, onPremisesSyncEnabled: true },
    { ...plain, id: GROUPS.mail, displayName: 'Mail list', description: null, mailEnabled: true, securityEnabled: false },
    { ...plain, id: GROUPS.admins, displayName: 'Admins by group', description: null, isAssignableToRole: true },
    { ...plain, id: GROUPS.hidden, displayName: 'Hidden', description: null, groupTypes: ['Unified'], mailEnabled: true, visibility: 'HiddenMembership' },
    { ...plain, id: GROUPS.team, displayName: 'Project team', description: 'With a partner', groupTypes: ['Unified'], mailEnabled: true, visibility: 'Private' },
  ]
}

function appsOf(): readonly Entity[] {
  const appRole = (id: string, value: string, displayName: string, members: readonly string[]): object => ({
    id, value, displayName, description: `${displayName} in words`, allowedMemberTypes: members, isEnabled: true,
  })
  const plain = { accountEnabled: true, servicePrincipalType: 'Application', description: null }
  return [
    { ...plain, id: APPS.ledger, appId: role(50), displayName: 'Ledger', appRoles: [appRole(ROLES.poster, 'Poster', 'Posts entries', ['User']), appRole(ROLES.admin, 'LedgerAdmin', 'Ledger administrator', ['User'])] },
    { ...plain, id: APPS.crm, appId: role(51), displayName: 'CRM', appRoles: [] },
    { ...plain, id: APPS.graph, appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph', appRoles: [appRole(ROLES.directoryWrite, 'RoleManagement.ReadWrite.Directory', 'Read and write all directory RBAC settings', ['Application'])] },
  ]
}

function rightsOf(): Pick<FirstDay, 'assignments' | 'roleDefinitions' | 'roleAssignments' | 'roleInstances' | 'eligibilities' | 'consents'> {
  const assigned = (number: number, resource: string, appRoleId: string, principalId: string, principalType: string): Entity => ({
    id: `assignment-${number}`, appRoleId, principalId, principalType, principalDisplayName: `Principal ${number}`, resourceId: resource,
    resourceDisplayName: 'Resource', createdDateTime: '2026-03-04T05:06:07.89Z', deletedDateTime: null,
  })
  const held = (id: string, roleDefinitionId: string, principalId: string, directoryScopeId: string, more: object = {}): Entity => ({
    id, roleDefinitionId, principalId, directoryScopeId, ...more,
  })
  return {
    assignments: [
      assigned(0, APPS.ledger, ROLES.poster, user(1), 'User'), assigned(1, APPS.ledger, ROLES.poster, GROUPS.finance, 'Group'),
      assigned(2, APPS.ledger, ROLES.admin, user(0), 'User'), assigned(3, APPS.crm, NO_ROLE, user(4), 'User'),
      assigned(4, APPS.graph, ROLES.directoryWrite, APPS.crm, 'ServicePrincipal'), assigned(5, APPS.ledger, ROLES.poster, user(5), 'User'),
      assigned(6, APPS.ledger, NO_ROLE, user(6), 'User'),
    ],
    roleDefinitions: [
      { id: GLOBAL_ADMIN, templateId: GLOBAL_ADMIN, displayName: 'Global Administrator', description: 'Can manage everything.', isBuiltIn: true, isEnabled: true },
      { id: HELPDESK, templateId: HELPDESK, displayName: 'Helpdesk Administrator', description: 'Can reset passwords.', isBuiltIn: true, isEnabled: true },
      { id: role(60), templateId: role(60), displayName: 'Our own role', description: null, isBuiltIn: false, isEnabled: true },
    ],
    roleAssignments: [
      held('ra-1', GLOBAL_ADMIN, user(0), '/'), held('ra-2', HELPDESK, user(1), `/administrativeUnits/${role(70)}`),
      held('ra-3', HELPDESK, GROUPS.admins, '/'), held('ra-4', GLOBAL_ADMIN, user(4), '/'), held('ra-5', role(60), APPS.crm, '/'),
    ],
    roleInstances: [
      held('ri-1', GLOBAL_ADMIN, user(0), '/', { memberType: 'Direct', assignmentType: 'Assigned', startDateTime: '2025-01-02T00:00:00Z', endDateTime: null }),
      held('ri-4', GLOBAL_ADMIN, user(4), '/', { memberType: 'Direct', assignmentType: 'Activated', startDateTime: '2026-11-22T08:00:00Z', endDateTime: '2026-11-22T16:00:00Z' }),
      held('ri-3', HELPDESK, user(0), '/', { memberType: 'Group', assignmentType: 'Assigned', startDateTime: '2025-05-05T00:00:00Z', endDateTime: null }),
    ],
    eligibilities: [
      held('re-1', GLOBAL_ADMIN, user(4), '/', { memberType: 'Direct', startDateTime: '2026-01-02T00:00:00Z', endDateTime: '2027-01-02T00:00:00Z' }),
      held('re-2', GLOBAL_ADMIN, user(5), '/', { memberType: 'Direct', startDateTime: '2026-01-02T00:00:00Z', endDateTime: null }),
    ],
    consents: [
      { id: 'consent-1', clientId: APPS.crm, consentType: 'Principal', principalId: user(4), resourceId: APPS.graph, scope: ' Mail.Read offline_access' },
      { id: 'consent-2', clientId: APPS.crm, consentType: 'AllPrincipals', principalId: null, resourceId: APPS.graph, scope: 'User.Read Directory.ReadWrite.All' },
    ],
  }
}

function signInsOf(): readonly Entity[] {
  return Array.from({ length: 40 }, (_, index): Entity => ({
    id: `sign-in-${index}`, createdDateTime: new Date(Date.parse('2026-11-05T00:00:00Z') + index * 9.7 * 3_600_000).toISOString(), userId: user(index % 7),
    userPrincipalName: `${PEOPLE[index % 7]?.toLowerCase() ?? ''}@contoso.example`, appDisplayName: index % 3 === 0 ? 'Ledger' : 'CRM', appId: role(50 + (index % 3 === 0 ? 0 : 1)),
    isInteractive: true, resourceDisplayName: 'Microsoft Graph', status: { errorCode: index % 5 === 0 ? 50126 : 0, failureReason: 'Other.' },
  }))
}

function auditsOf(): readonly Entity[] {
  const added = (number: number, activityDisplayName: string, property: string, value: string, member: string): Entity => ({
    id: `audit-${number}`, activityDateTime: `2026-11-0${number}T10:00:00.1234567Z`, activityDisplayName, category: 'GroupManagement', result: 'success',
    targetResources: [
      { id: member, type: 'User', displayName: null, userPrincipalName: 'x@contoso.example', modifiedProperties: [{ displayName: property, oldValue: null, newValue: `"${value}"` }] },
    ],
  })
  return [
    added(1, 'Add member to group', 'Group.ObjectID', GROUPS.finance, user(4)), added(2, 'Add member to role', 'Role.TemplateId', GLOBAL_ADMIN, user(0)),
    added(3, 'Remove member from group', 'Group.ObjectID', GROUPS.finance, user(2)), added(4, 'Add member to group', 'Group.ObjectID', GROUPS.finance, user(2)),
  ]
}

function policiesOf(): readonly Entity[] {
  return ['enabled', 'disabled', 'enabledForReportingButNotEnforced', 'enabled'].map((state, index) => ({
    id: role(80 + index), displayName: `Policy ${index}`, state, createdDateTime: '2025-01-01T00:00:00Z', modifiedDateTime: null,
    conditions: { users: { includeUsers: ['All'] } }, grantControls: { operator: 'OR', builtInControls: ['mfa'] }, sessionControls: null,
  }))
}
