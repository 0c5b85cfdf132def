/** The state of a made-up Okta organisation and what its administrators can do to it. Every act moves the time stamps Okta moves and is logged. */

export interface User {
  readonly id: string
  status: string
  created: string
  lastUpdated: string
  profile: Record<string, unknown>
}
export interface Group {
  readonly id: string
  type: 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN'
  name: string
  description: string | null
  created: string
  lastUpdated: string
  lastMembershipUpdated: string
  readonly members: Set<string>
}
export interface Rule {
  readonly id: string
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  expression: string
  groupIds: string[]
  exclude: string[]
}
export interface App {
  readonly id: string
  name: string
  label: string
  status: 'ACTIVE' | 'INACTIVE'
  created: string
  /** Users assigned directly, with the day. */
  readonly users: Map<string, string>
  readonly groups: Set<string>
}
export interface RoleAssignment {
  readonly id: string
  readonly of: 'user' | 'group'
  readonly holder: string
  readonly type: string
  readonly role: string | null
  readonly resourceSet: string | null
  readonly created: string
}
export interface LogEvent {
  readonly uuid: string
  readonly published: string
  readonly eventType: string
  readonly actor: { readonly id: string; readonly type: string; readonly alternateId: string; readonly displayName: string }
  readonly target: readonly { readonly id: string; readonly type: string; readonly alternateId: string; readonly displayName: string }[]
  readonly outcome: { readonly result: string; readonly reason: string | null }
}

export type Organisation = ReturnType<typeof createOrganisation>

/** `now`: the organisation's own clock, milliseconds. */
export function createOrganisation(now: () => number) {
  const users = new Map<string, User>()
  const groups = new Map<string, Group>()
  const rules = new Map<string, Rule>()
  const apps = new Map<string, App>()
  const roles = new Map<string, RoleAssignment>()
  const customRoles = new Map<string, { readonly id: string; readonly label: string; readonly description: string; readonly permissions: readonly string[] }>()
  const resourceSets = new Map<string, { readonly id: string; readonly label: string }>()
  const log: LogEvent[] = []
  let counter = 0

  const time = (): string => new Date(now()).toISOString()
  const id = (prefix: string): string => prefix + String(counter += 1).padStart(20 - prefix.length, '0')
  const must = <T>(map: ReadonlyMap<string, T>, key: string): T => {
    const found = map.get(key)
    if (found === undefined) throw new Error(`the fake knows no ${key}`)
    return found
  }
  const userTarget = (userId: string) => ({
    id: userId, type: 'User', alternateId: String(users.get(userId)?.profile['login'] ?? 'unknown'), displayName: String(users.get(userId)?.profile['displayName'] ?? ''),
  })
  const groupTarget = (groupId: string) => ({ id: groupId, type: 'UserGroup', alternateId: 'unknown', displayName: groups.get(groupId)?.name ?? '' })
  const appTarget = (appId: string) => ({ id: appId, type: 'AppInstance', alternateId: apps.get(appId)?.label ?? 'unknown', displayName: apps.get(appId)?.name ?? '' })
  const administrator = { id: '00uadministrator0000', type: 'User', alternateId: 'admin@example.com', displayName: 'Administrator' }

  function write(eventType: string, target: LogEvent['target'], at = time(), actor: LogEvent['actor'] = administrator, result = 'SUCCESS'): void {
    counter += 1
    log.push({ uuid: `e-${String(counter)}`, published: at, eventType, actor, target, outcome: { result, reason: null } })
  }

  function membersMoved(group: Group): void {
    group.lastMembershipUpdated = time()
  }

  const organisation = {
    users, groups, rules, apps, roles, customRoles, resourceSets, log, id, time, write,

    addUser(profile: Record<string, unknown>, status = 'ACTIVE', userId = id('00u')): User {
      const user: User = { id: userId, status, created: time(), lastUpdated: time(), profile }
      users.set(user.id, user)
      return user
    },
    changeUser(userId: string, change: { readonly status?: string; readonly profile?: Record<string, unknown> }): void {
      const user = must(users, userId)
      user.status = change.status ?? user.status
      user.profile = { ...user.profile, ...change.profile }
      user.lastUpdated = time()
    },
    /** Deactivates for good: memberships, assignments and roles go with the user. */
    deleteUser(userId: string): void {
      for (const group of groups.values()) if (group.members.delete(userId)) membersMoved(group)
      for (const app of apps.values()) if (app.users.delete(userId)) write('application.user_membership.remove', [userTarget(userId), appTarget(app.id)])
      for (const role of [...roles.values()]) if (role.holder === userId) roles.delete(role.id)
      write('user.lifecycle.delete.completed', [userTarget(userId)])
      users.delete(userId)
    },

    addGroup(name: string, type: Group['type'] = 'OKTA_GROUP', description: string | null = null, groupId = id('00g')): Group {
      const at = time()
      const group: Group = { id: groupId, type, name, description, created: at, lastUpdated: at, lastMembershipUpdated: at, members: new Set() }
      groups.set(group.id, group)
      return group
    },
    renameGroup(groupId: string, name: string): void {
      const group = must(groups, groupId)
      group.name = name
      group.lastUpdated = time()
    },
    deleteGroup(groupId: string): void {
      write('group.lifecycle.delete', [groupTarget(groupId)])
      groups.delete(groupId)
      for (const app of apps.values()) app.groups.delete(groupId)
      for (const role of [...roles.values()]) if (role.holder === groupId) roles.delete(role.id)
    },
    addMember(groupId: string, userId: string, at = time()): void {
      const group = must(groups, groupId)
      group.members.add(must(users, userId).id)
      membersMoved(group)
      write('group.user_membership.add', [userTarget(userId), groupTarget(groupId)], at)
    },
    removeMember(groupId: string, userId: string): boolean {
      const group = must(groups, groupId)
      if (!group.members.delete(userId)) return false
      membersMoved(group)
      write('group.user_membership.remove', [userTarget(userId), groupTarget(groupId)])
      return true
    },
    addRule(name: string, expression: string, groupIds: readonly string[], exclude: readonly string[] = []): Rule {
      const rule: Rule = { id: id('0pr'), name, status: 'ACTIVE', expression, groupIds: [...groupIds], exclude: [...exclude] }
      rules.set(rule.id, rule)
      return rule
    },

    addApp(label: string, name = label.toLowerCase().replaceAll(/\W+/g, '_'), appId = id('0oa')): App {
      const app: App = { id: appId, name, label, status: 'ACTIVE', created: time(), users: new Map(), groups: new Set() }
      apps.set(app.id, app)
      write('application.lifecycle.create', [appTarget(app.id)])
      return app
    },
    deleteApp(appId: string): void {
      write('application.lifecycle.delete', [appTarget(appId)])
      apps.delete(appId)
    },
    assignUser(appId: string, userId: string): void {
      must(apps, appId).users.set(userId, time())
      write('application.user_membership.add', [userTarget(userId), appTarget(appId)])
    },
    unassignUser(appId: string, userId: string): boolean {
      if (!must(apps, appId).users.delete(userId)) return false
      write('application.user_membership.remove', [userTarget(userId), appTarget(appId)])
      return true
    },
    assignGroup(appId: string, groupId: string): void {
      must(apps, appId).groups.add(groupId)
      write('group.application_assignment.add', [groupTarget(groupId), appTarget(appId)])
    },
    unassignGroup(appId: string, groupId: string): void {
      must(apps, appId).groups.delete(groupId)
      write('group.application_assignment.remove', [groupTarget(groupId), appTarget(appId)])
    },

    giveRole(of: 'user' | 'group', holder: string, type: string, custom: { readonly role: string; readonly resourceSet: string } | null = null): RoleAssignment {
      const assignment: RoleAssignment = {
        id: id(custom === null ? 'ra1' : 'irb'), of, holder, type, role: custom?.role ?? null, resourceSet: custom?.resourceSet ?? null, created: time(),
      }
      roles.set(assignment.id, assignment)
      write('user.account.privilege.grant', [of === 'user' ? userTarget(holder) : groupTarget(holder)])
      return assignment
    },
    addCustomRole(label: string, permissions: readonly string[]): string {
      const role = { id: id('cr0'), label, description: `${label} as defined here`, permissions }
      customRoles.set(role.id, role)
      return role.id
    },
    addResourceSet(label: string): string {
      const set = { id: id('iam'), label }
      resourceSets.set(set.id, set)
      return set.id
    },

    /** Somebody opens a session with Okta, or (with an application) signs on to it. */
    signIn(userId: string, appId: string | null, at: string, result = 'SUCCESS'): void {
      const { id: _, type: __, ...names } = userTarget(userId)
      write(appId === null ? 'user.session.start' : 'user.authentication.sso', appId === null ? [] : [appTarget(appId)], at, { id: userId, type: 'User', ...names }, result)
    },
  }
  return organisation
}
