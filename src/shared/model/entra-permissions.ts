import type { PermissionCheck, RemovalCheck } from './live-source.ts'

/** A permission the app registration is given, shown before connecting and checked afterwards. Least first. */
export type EntraPermission = Omit<PermissionCheck, 'isGranted'>

export const entraPermissions = [
  {
    permission: 'User.Read.All', isRequired: true, why: 'Lists users and guests, whether they are enabled, and their employee ids.',
    without: 'No account can be read, so nothing else can either.',
  },
  {
    permission: 'GroupMember.Read.All', isRequired: true, why: 'Lists groups, who is in them, and which group is in which.',
    without: 'No group and no membership can be read.',
  },
  {
    permission: 'Application.Read.All', isRequired: true, why: 'Lists applications, their roles, and who is assigned to them.',
    without: 'No access to applications can be read.',
  },
  {
    permission: 'RoleManagement.Read.Directory', isRequired: false, why: 'Lists directory roles, who holds them, and who may take them on when needed.',
    without: 'Administrators of the directory are missing from the inventory.',
  },
  {
    permission: 'AuditLog.Read.All', isRequired: false,
    why: 'Reads sign-ins (needs Microsoft Entra ID P1) and when people were added to groups and roles.',
    without: 'How access is used stays unknown, and mostly since when it is held.',
  },
  {
    permission: 'DelegatedPermissionGrant.Read.All', isRequired: false, why: 'Lists what programs may do in people\'s names.',
    without: 'Consents that people and administrators gave to programs are missing from the inventory.',
  },
  {
    permission: 'Policy.Read.All', isRequired: false, why: 'Keeps Conditional Access policies and named locations as evidence of the rules for signing in.',
    without: 'The evidence does not show under which sign-in rules access was held.',
  },
] as const satisfies readonly EntraPermission[]

/** Asked for besides those where the directory stands in for an HR system. */
export const entraHrPermissions = [
  {
    permission: 'User-LifeCycleInfo.Read.All', isRequired: false, why: 'Reads the day people leave.',
    without: 'Leavers are known only by their disabled account.',
  },
] as const satisfies readonly EntraPermission[]

/** Asked for only where the officer lets Muster remove access. `broader`: permissions that include it. */
export type EntraRemovalPermission = Omit<RemovalCheck, 'isGranted'> & { readonly broader: readonly string[] }

export const entraRemovalPermissions = [
  {
    removes: 'groups', permission: 'GroupMember.ReadWrite.All', broader: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    why: 'Takes a person out of a group after a review said so.', without: 'Group memberships have to be removed by hand or by ticket.',
  },
  {
    removes: 'applications', permission: 'AppRoleAssignment.ReadWrite.All', broader: [],
    why: 'Takes an assignment to an application away after a review said so.', without: 'Application assignments have to be removed by hand or by ticket.',
  },
  {
    removes: 'roles', permission: 'RoleManagement.ReadWrite.Directory', broader: [],
    why: 'Takes a directory role away, held or eligible, and people out of groups that can hold roles.', without: 'Directory roles have to be removed by hand or by ticket.',
  },
] as const satisfies readonly EntraRemovalPermission[]
