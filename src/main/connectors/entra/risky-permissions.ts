import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

export interface Weight {
  readonly privilege: Privilege
  readonly risk: Risk
}

// Application permissions of Microsoft Graph that let whoever holds them make themselves administrator, directly or in one step
// (documented by Microsoft as "highly privileged" and by public attack-path research). The value, not the id, names them.
const towardsAdmin = new Set([
  'RoleManagement.ReadWrite.Directory', 'AppRoleAssignment.ReadWrite.All', 'Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy',
  'Directory.ReadWrite.All', 'PrivilegedAccess.ReadWrite.AzureAD', 'PrivilegedAccess.ReadWrite.AzureADGroup', 'EntitlementManagement.ReadWrite.All',
  'RoleAssignmentSchedule.ReadWrite.Directory', 'RoleEligibilitySchedule.ReadWrite.Directory', 'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup', 'RoleManagementPolicy.ReadWrite.Directory', 'Policy.ReadWrite.PermissionGrant',
  'Policy.ReadWrite.AuthenticationMethod', 'UserAuthenticationMethod.ReadWrite.All', 'User-PasswordProfile.ReadWrite.All', 'Domain.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All', 'Organization.ReadWrite.All', 'full_access_as_app',
])
// Reach into everybody's content or change of people and groups.
const everybodysContent = /^(Mail|Files|Sites|Calendars|Contacts|Chat|ChannelMessage|Notes|MailboxSettings|Team|TeamSettings)\..*(\.All)?$/i
const changesAll = /\.(ReadWrite|Write|Manage|FullControl|AccessAsUser)(\..*)?\.All$/i
const soundsLikeAdmin = /\b(admin|administrator|owner|super ?user|root|full ?control)\b/i

/** How much an application permission (held by a program, without any person) can do. */
export function permissionWeight(value: string): Weight {
  if (towardsAdmin.has(value)) return { privilege: 'admin', risk: 'critical' }
  if (changesAll.test(value)) return { privilege: 'elevated', risk: 'high' }
  if (everybodysContent.test(value)) return { privilege: 'elevated', risk: 'high' }
  if (/\.All$/i.test(value)) return { privilege: 'elevated', risk: 'medium' }
  return { privilege: 'none', risk: 'low' }
}

/** A role an application gives to people or groups: only its name can tell. */
export function appRoleWeight(value: string | null, name: string): Weight {
  const words = `${value ?? ''} ${name}`.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[._-]/g, ' ')
  return soundsLikeAdmin.test(words) ? { privilege: 'elevated', risk: 'medium' } : { privilege: 'none', risk: 'low' }
}

/** A delegated permission: never more than the person may do, but without the person. */
export function consentWeight(scope: string, isForEverybody: boolean): Weight {
  const asApp = permissionWeight(scope)
  const reachesContent = asApp.risk !== 'low' || /ReadWrite|Send|AccessAsUser|offline_access/i.test(scope)
  if (!isForEverybody) return { privilege: 'none', risk: asApp.risk === 'critical' ? 'high' : reachesContent ? 'medium' : 'low' }
  return { privilege: asApp.risk === 'critical' ? 'elevated' : 'none', risk: asApp.risk === 'critical' ? 'high' : reachesContent ? 'medium' : 'low' }
}
