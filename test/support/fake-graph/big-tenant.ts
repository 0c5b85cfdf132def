import { guid, numberIn, type Entity, type FirstDay, type Member } from './tenant.ts'

export interface BigTenant {
  readonly users: number
  readonly groups: number
  /** In all; groups are of very different sizes. */
  readonly memberships: number
  readonly apps: number
  /** Spread evenly over the thirty days before `now`. */
  readonly signIns: number
  readonly now: string
}

export const ISSUE_SIZE: Omit<BigTenant, 'now'> = { users: 50_000, groups: 20_000, memberships: 1_000_000, apps: 300, signIns: 10_000_000 }

const DAY_MS = 86_400_000
const KEPT_MS = 30 * DAY_MS
/** Sizes of ten neighbouring groups, in per mille of their sum. */
const SIZES = [2, 4, 10, 20, 40, 60, 84, 120, 260, 400] as const
const STRIDE = 7_919
const DEPARTMENTS = ['Finance', 'Sales', 'Support', 'Engineering', 'Legal', 'People', 'Operations'] as const

/** A tenant of any size in which every entity is worked out from its number when it is asked for; nothing of it is kept. */
export function bigTenant(of: BigTenant): FirstDay {
  const perTen = (of.memberships / of.groups) * 10
  const start = Date.parse(of.now) - KEPT_MS
  const stepMs = KEPT_MS / Math.max(1, of.signIns)
  const appAt = (number: number): Entity => appOf(number)
  const numbers = { users: of.users, groups: of.groups, servicePrincipals: of.apps }
  return {
    count: (kind) => numbers[kind],
    at: (kind, index) => (kind === 'users' ? userOf(index, of.users) : kind === 'groups' ? groupOf(index) : appAt(index)),
    indexOf: (kind, id) => {
      const number = numberIn(kind, id)
      return number !== undefined && number < numbers[kind] ? number : undefined
    },
    memberCount: (group) => Math.min(of.users, Math.round((SIZES[group % 10] ?? 0) * perTen / 1_000)),
    member: (group, index): Member => (index === 0 && group % 50 === 49
      ? { id: guid('groups', group - 1), type: 'group' }
      : { id: guid('users', (group * 31 + index * STRIDE) % of.users), type: 'user' }),
    ownersOf: (id) => [guid('users', (numberIn('groups', id) ?? 0) % of.users)],
    signIns: (fromMs, toMs) => {
      const first = Math.max(0, Math.ceil((fromMs - start) / stepMs))
      const end = Math.min(of.signIns, Math.ceil((toMs - start) / stepMs))
      return { count: Math.max(0, end - first), at: (index) => signInOf(first + index, start + (first + index) * stepMs, of) }
    },
    assignments: Array.from({ length: of.apps * 20 }, (_, index): Entity => ({
      id: `assignment-${index}`, appRoleId: roleOf(index % of.apps, index % 3), principalType: index % 4 === 0 ? 'Group' : 'User',
      principalId: index % 4 === 0 ? guid('groups', (index * 17) % of.groups) : guid('users', (index * 97) % of.users),
      principalDisplayName: `Principal ${index}`, resourceId: guid('servicePrincipals', index % of.apps), resourceDisplayName: `Application ${index % of.apps}`,
      createdDateTime: '2026-01-02T03:04:05Z', deletedDateTime: null,
    })),
    audits: [], roleDefinitions: [], roleAssignments: [], roleInstances: [], eligibilities: [], consents: [], policies: [], locations: [],
  }
}

function userOf(number: number, all: number): Entity {
  return {
    id: guid('users', number), displayName: `Person ${number}`, givenName: 'Person', surname: String(number), userPrincipalName: `person${number}@big.example`,
    mail: `person${number}@big.example`, accountEnabled: number % 40 !== 0, userType: number % 25 === 0 ? 'Guest' : 'Member', employeeId: `E${number}`,
    employeeType: 'Employee', jobTitle: `Title ${number % 120}`, department: DEPARTMENTS[number % DEPARTMENTS.length], companyName: 'Big', officeLocation: `Site ${number % 30}`,
    city: null, employeeOrgData: null, employeeHireDate: '2019-01-01T00:00:00Z', employeeLeaveDateTime: null, managerId: guid('users', Math.floor(number / 8) % all),
    signInActivity: { lastSuccessfulSignInDateTime: '2026-11-20T08:00:00Z' },
  }
}

function groupOf(number: number): Entity {
  return {
    id: guid('groups', number), displayName: `Group ${number}`, description: number % 3 === 0 ? `What group ${number} is for` : null,
    groupTypes: number % 11 === 0 ? ['DynamicMembership'] : [], membershipRule: number % 11 === 0 ? 'user.department -eq "Finance"' : null, mailEnabled: false,
    securityEnabled: true, onPremisesSyncEnabled: number % 7 === 0 ? true : null, isAssignableToRole: number % 500 === 0, visibility: null,
  }
}

function appOf(number: number): Entity {
  return {
    id: guid('servicePrincipals', number), appId: guid('other', number), displayName: `Application ${number}`, accountEnabled: true, servicePrincipalType: 'Application',
    description: null, appRoles: [1, 2].map((role) => ({
      id: roleOf(number, role), value: `Role${role}`, displayName: `Role ${role}`, description: null, allowedMemberTypes: ['User'], isEnabled: true,
    })),
  }
}

function roleOf(app: number, role: number): string {
  return role === 0 ? '00000000-0000-0000-0000-000000000000' : guid('other', 1_000_000 + app * 10 + role)
}

function signInOf(number: number, atMs: number, of: BigTenant): Entity {
  const user = (number * 48_271) % of.users
  return {
    id: `s${number}`, createdDateTime: new Date(atMs).toISOString(), userId: guid('users', user), userPrincipalName: `person${user}@big.example`,
    appDisplayName: `Application ${(number * 16_807 + user) % of.apps}`, appId: guid('other', number % of.apps), isInteractive: true,
    status: { errorCode: number % 20 === 0 ? 50_126 : 0 },
  }
}
