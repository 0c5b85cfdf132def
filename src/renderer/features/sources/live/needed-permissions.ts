import { entraHrPermissions, entraPermissions, entraRemovalPermissions } from '../../../../shared/model/entra-permissions.ts'
import { oktaReadPermissions, oktaRemovalPermissions } from '../../../../shared/model/okta-permissions.ts'
import type { LiveSourceKind, PermissionCheck, RemovalCheck } from '../../../../shared/model/live-source.ts'
import { t } from '../../../texts/texts.ts'

/** A permission before anybody knows whether it is granted. */
export type NeededPermission = Omit<PermissionCheck, 'isGranted'> & { readonly isGranted?: boolean | null; readonly more?: string }

/** What a kind of source is asked for, least first. */
export const neededPermissions = (kind: LiveSourceKind): readonly NeededPermission[] => {
  switch (kind) {
    case 'entra': return [...entraPermissions, ...entraHrPermissions]
    case 'okta':
      return oktaReadPermissions.map(({ scope, tokenRole, ...rest }) => ({ permission: scope, more: t.sources.permissions.tokenRole(tokenRole), ...rest }))
    case 'scim': return []
  }
}

/** What removing access from here would take besides. */
export const removalPermissions = (kind: LiveSourceKind): readonly NeededPermission[] => {
  switch (kind) {
    case 'entra': return entraRemovalPermissions.map(({ permission, why, without }) => ({ permission, why, without, isRequired: false }))
    case 'okta':
      return oktaRemovalPermissions.map(({ scope, tokenRole, why, without }) => ({ permission: scope, more: t.sources.permissions.tokenRole(tokenRole), why, without, isRequired: false }))
    case 'scim': return []
  }
}

export const checkedRemovals = (removals: readonly RemovalCheck[]): readonly NeededPermission[] => removals.map((one) => ({ ...one, isRequired: false }))
