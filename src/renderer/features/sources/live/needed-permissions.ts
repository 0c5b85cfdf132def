import { entraHrPermissions, entraPermissions } from '../../../../shared/model/entra-permissions.ts'
import { oktaReadPermissions } from '../../../../shared/model/okta-permissions.ts'
import type { LiveSourceKind, PermissionCheck } from '../../../../shared/model/live-source.ts'
import { t } from '../../../texts/texts.ts'

/** A permission before anybody knows whether it is granted. */
export type NeededPermission = Omit<PermissionCheck, 'isGranted'> & { readonly isGranted?: boolean; readonly more?: string }

/** What a kind of source is asked for, least first. */
export const neededPermissions = (kind: LiveSourceKind): readonly NeededPermission[] => {
  switch (kind) {
    case 'entra': return [...entraPermissions, ...entraHrPermissions]
    case 'okta':
      return oktaReadPermissions.map(({ scope, tokenRole, ...rest }) => ({ permission: scope, more: t.sources.permissions.tokenRole(tokenRole), ...rest }))
    case 'scim': return []
  }
}
