import type { App, Group, LogEvent, Organisation, RoleAssignment, Rule, User } from './organisation.ts'

// What Okta answers about each thing, in the shapes of its published description.

export const userAnswer = (user: User, origin: string): unknown => ({
  id: user.id,
  status: user.status,
  created: user.created,
  activated: user.status === 'STAGED' ? null : user.created,
  statusChanged: user.lastUpdated,
  lastLogin: null,
  lastUpdated: user.lastUpdated,
  passwordChanged: null,
  type: { id: 'otyexampledefault0000' },
  profile: user.profile,
  credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
  _links: { self: { href: `${origin}/api/v1/users/${user.id}` } },
})

export const groupAnswer = (group: Group, organisation: Organisation, hasStats: boolean, origin: string): unknown => ({
  id: group.id,
  created: group.created,
  lastUpdated: group.lastUpdated,
  lastMembershipUpdated: group.lastMembershipUpdated,
  objectClass: [group.type === 'APP_GROUP' ? 'okta:windows_security_principal' : 'okta:user_group'],
  type: group.type,
  profile: { name: group.name, description: group.description },
  _links: { users: { href: `${origin}/api/v1/groups/${group.id}/users` }, apps: { href: `${origin}/api/v1/groups/${group.id}/apps` } },
  ...(hasStats ? { _embedded: { stats: statsOf(group, organisation) } } : {}),
})

function statsOf(group: Group, organisation: Organisation): unknown {
  return {
    usersCount: group.members.size,
    appsCount: [...organisation.apps.values()].filter((app) => app.groups.has(group.id)).length,
    groupPushMappingsCount: 0,
    // As published, misspelling included.
    hasAdminPrivlege: [...organisation.roles.values()].some((role) => role.holder === group.id),
  }
}

export const ruleAnswer = (rule: Rule, at: string): unknown => ({
  type: 'group_rule',
  id: rule.id,
  status: rule.status,
  name: rule.name,
  created: at,
  lastUpdated: at,
  conditions: { people: { users: { exclude: rule.exclude }, groups: { exclude: [] } }, expression: { value: rule.expression, type: 'urn:okta:expression:1.0' } },
  actions: { assignUserToGroups: { groupIds: rule.groupIds } },
})

export const appAnswer = (app: App): unknown => ({
  id: app.id,
  name: app.name,
  label: app.label,
  status: app.status,
  created: app.created,
  lastUpdated: app.created,
  features: [],
  signOnMode: 'SAML_2_0',
  accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
  visibility: { autoSubmitToolbar: false, hide: { iOS: false, web: false } },
})

export const appUserAnswer = (userId: string, scope: 'USER' | 'GROUP', created: string): unknown => ({
  id: userId,
  externalId: null,
  created,
  lastUpdated: created,
  scope,
  status: 'ACTIVE',
  statusChanged: created,
  passwordChanged: null,
  syncState: 'DISABLED',
  credentials: { userName: `${userId}@example.com` },
  profile: {},
})

export const appGroupAnswer = (groupId: string, at: string): unknown => ({ id: groupId, lastUpdated: at, priority: 0, profile: {} })

const LABELS: Readonly<Record<string, string>> = { SUPER_ADMIN: 'Super Administrator', HELP_DESK_ADMIN: 'Help Desk Administrator', APP_ADMIN: 'Application Administrator' }

export const roleAnswer = (role: RoleAssignment, organisation: Organisation): unknown => ({
  id: role.id,
  label: role.role === null ? LABELS[role.type] ?? role.type : organisation.customRoles.get(role.role)?.label,
  type: role.type,
  status: 'ACTIVE',
  created: role.created,
  lastUpdated: role.created,
  assignmentType: role.of === 'user' ? 'USER' : 'GROUP',
  ...(role.role === null ? {} : { role: role.role, 'resource-set': role.resourceSet }),
})

export const eventAnswer = (event: LogEvent): unknown => ({
  ...event,
  version: '0',
  severity: 'INFO',
  legacyEventType: null,
  displayMessage: event.eventType,
  client: { ipAddress: '192.0.2.7', device: 'Computer', zone: 'null', id: null, userAgent: null, geographicalContext: null },
  authenticationContext: { authenticationStep: 0 },
  securityContext: {},
  debugContext: { debugData: {} },
  request: { ipChain: [] },
  transaction: { type: 'WEB', id: event.uuid, detail: {} },
})
