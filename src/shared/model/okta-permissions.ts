import type { RemovalCheck } from './live-source.ts'

/**
 * What Muster asks Okta for, least first: OAuth scopes of the service app, or what the owner of an SSWS token must be allowed to see. The
 * screen shows the list before anybody connects; the connection test says which of them are missing. `why` and `without` are sentences.
 */
export interface OktaPermission {
  readonly scope: string
  readonly why: string
  readonly without: string
  /** Without it no sync is possible; the others leave a gap that every run names. */
  readonly isRequired: boolean
  /** The least administrator role that gives an SSWS token the same. */
  readonly tokenRole: string
}

export const oktaReadPermissions = [
  {
    scope: 'okta.users.read',
    why: 'Reads who has an account, whether it is active, and the employee number that ties it to a person.',
    without: 'There are no accounts, so nothing can be reviewed.',
    isRequired: true,
    tokenRole: 'Read-only Administrator',
  },
  {
    scope: 'okta.groups.read',
    why: 'Reads groups, their members, and the rules that put people into them.',
    without: 'There are no groups, so nothing can be reviewed.',
    isRequired: true,
    tokenRole: 'Read-only Administrator',
  },
  {
    scope: 'okta.apps.read',
    why: 'Reads applications and who is assigned to them, directly or through a group.',
    without: 'Access to applications is missing from every review.',
    isRequired: false,
    tokenRole: 'Read-only Administrator',
  },
  {
    scope: 'okta.roles.read',
    why: 'Reads administrator roles, standard and custom, of users and of groups.',
    without: 'Administrator roles are missing from every review, and groups that confer one are not marked.',
    isRequired: false,
    tokenRole: 'Super Administrator',
  },
  {
    scope: 'okta.logs.read',
    why: 'Reads sign-ins (kept only as sums per account, application and month), when access was given, and what was deleted.',
    without: 'Use is unknown, the day access was given is mostly unknown, and every reading lists everything again to notice deletions.',
    isRequired: false,
    tokenRole: 'Read-only Administrator',
  },
] as const satisfies readonly OktaPermission[]

/** Asked for only where the officer lets Muster remove access; never needed to read. `roleTypes`: standard roles, as Okta calls them, that may do it. */
export interface OktaRemovalPermission extends Omit<OktaPermission, 'isRequired'> {
  readonly removes: RemovalCheck['removes']
  readonly roleTypes: readonly string[]
}

export const oktaRemovalPermissions = [
  {
    removes: 'groups',
    scope: 'okta.groups.manage',
    why: 'Takes a person out of a group after a review said so.',
    without: 'Group memberships have to be removed by hand or by ticket.',
    tokenRole: 'Group Membership Administrator',
    roleTypes: ['SUPER_ADMIN', 'ORG_ADMIN', 'USER_ADMIN', 'GROUP_MEMBERSHIP_ADMIN'],
  },
  {
    removes: 'applications',
    scope: 'okta.apps.manage',
    why: 'Takes a direct assignment to an application away after a review said so.',
    without: 'Application assignments have to be removed by hand or by ticket.',
    tokenRole: 'Application Administrator',
    roleTypes: ['SUPER_ADMIN', 'APP_ADMIN'],
  },
  {
    removes: 'roles',
    scope: 'okta.roles.manage',
    why: 'Takes an administrator role away after a review said so.',
    without: 'Administrator roles have to be removed by hand or by ticket.',
    tokenRole: 'Super Administrator',
    roleTypes: ['SUPER_ADMIN'],
  },
] as const satisfies readonly OktaRemovalPermission[]

export type OktaReadScope = (typeof oktaReadPermissions)[number]['scope']
export type OktaRemovalScope = (typeof oktaRemovalPermissions)[number]['scope']
export type OktaScope = OktaReadScope | OktaRemovalScope
