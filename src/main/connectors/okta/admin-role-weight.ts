import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

interface Weight {
  readonly privilege: Privilege
  readonly risk: Risk
}

/**
 * How much Okta's standard administrator roles can do. Critical: can give itself everything. High and admin: can change who has access or
 * how people sign in. High and elevated: can do so for some, or reset passwords. Medium: reads what others may not, or devices only.
 * Source: Okta help, "Standard administrator roles and permissions".
 */
const STANDARD: Readonly<Record<string, Weight>> = {
  SUPER_ADMIN: { privilege: 'admin', risk: 'critical' },
  ORG_ADMIN: { privilege: 'admin', risk: 'critical' },
  API_ACCESS_MANAGEMENT_ADMIN: { privilege: 'admin', risk: 'high' },
  APP_ADMIN: { privilege: 'admin', risk: 'high' },
  USER_ADMIN: { privilege: 'admin', risk: 'high' },
  WORKFLOWS_ADMIN: { privilege: 'admin', risk: 'high' },
  ACCESS_REQUESTS_ADMIN: { privilege: 'elevated', risk: 'high' },
  ACCESS_CERTIFICATIONS_ADMIN: { privilege: 'elevated', risk: 'high' },
  GROUP_MEMBERSHIP_ADMIN: { privilege: 'elevated', risk: 'high' },
  HELP_DESK_ADMIN: { privilege: 'elevated', risk: 'high' },
  MOBILE_ADMIN: { privilege: 'elevated', risk: 'medium' },
  READ_ONLY_ADMIN: { privilege: 'elevated', risk: 'medium' },
  REPORT_ADMIN: { privilege: 'elevated', risk: 'medium' },
}

/** A role nobody knew when this was written is taken for a strong one. */
export const standardRoleWeight = (type: string): Weight => STANDARD[type] ?? { privilege: 'admin', risk: 'high' }

/** A custom role is as strong as its strongest permission; `null`: its permissions could not be read. */
export function customRoleWeight(permissions: readonly string[] | null): Weight {
  if (permissions === null) return { privilege: 'admin', risk: 'high' }
  const changes = permissions.filter((permission) => !permission.endsWith('.read'))
  if (changes.length === 0) return { privilege: 'elevated', risk: 'medium' }
  const isBroad = changes.some((permission) => /\.(manage|create|run)$/.test(permission) || /credentials|appAssignment|groupMembership|lifecycle/.test(permission))
  return isBroad ? { privilege: 'admin', risk: 'high' } : { privilege: 'elevated', risk: 'high' }
}
