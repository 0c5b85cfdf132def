import type { DirectoryAccount, DirectoryEntitlement, MirrorChange, MirrorView } from '../live-connector.ts'
import { flagOf, listOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query } from './links.ts'
import { listing } from './listing.ts'
import { appRoleWeight, permissionWeight } from './risky-permissions.ts'
import { withId, type EntraCollection, type Reading, type Taken } from './reading.ts'
import { repeated } from './users.ts'

type Named = JsonObject & { readonly id: string }

const FIELDS = 'id,appId,displayName,accountEnabled,servicePrincipalType,appRoles,description'
/** Assigned to an application without any of its roles. */
const NO_ROLE = '00000000-0000-0000-0000-000000000000'

export const appRoleId = (app: string, role: string): string => `app-role:${app}/${role}`

/** Applications' own accounts, and the rights each application gives: its roles, and plain access. */
export function servicePrincipals(): EntraCollection {
  return listing({
    name: 'service-principals', title: 'Applications, their accounts and roles', isOptional: false, isDelta: true, countPath: '/servicePrincipals/$count',
    steps: [{ path: `/servicePrincipals/delta?${query({ $select: FIELDS })}` }],
    take: takeApps,
  })
}

async function takeApps(entities: readonly JsonObject[], reading: Reading, at: { readonly isChanges: boolean }): Promise<Taken> {
  const { named, rejects } = withId(entities, 'service principal')
  const changes: MirrorChange[] = []
  for (const app of named) {
    if (objectOf(app['@removed']) !== null) {
      changes.push({ drop: 'account', id: app.id }, ...(await rolesKnown(app.id, reading.mirror)).map((id) => ({ drop: 'entitlement' as const, id })))
      continue
    }
    changes.push({ put: 'account', record: accountOf(app) })
    const roles = entitlementsOf(app)
    if (at.isChanges && 'appRoles' in app) {
      const listed = new Set(roles.map((role) => role.entitlement))
      for (const id of await rolesKnown(app.id, reading.mirror)) if (!listed.has(id)) changes.push({ drop: 'entitlement', id })
    }
    changes.push(...roles.map((record) => ({ put: 'entitlement' as const, record })))
  }
  return { changes, rejects, gaps: repeated(named.map((app) => app.id), 'service principal') }
}

async function rolesKnown(app: string, mirror: MirrorView): Promise<readonly string[]> {
  const known: string[] = []
  for (let after: string | null = null; ;) {
    const some: readonly string[] = await mirror.entitlements(appRoleId(app, ''), after, 500)
    known.push(...some)
    after = some.at(-1) ?? null
    if (some.length < 500) return known
  }
}

function accountOf(app: Named): DirectoryAccount {
  const appId = textOf(app['appId'])
  return {
    account: app.id, login: appId, accountName: textOf(app['displayName']) ?? appId, email: null, employeeId: null, accountKind: 'service',
    isEnabled: flagOf(app['accountEnabled']),
  }
}

function entitlementsOf(app: Named): readonly DirectoryEntitlement[] {
  const application = textOf(app['displayName']) ?? textOf(app['appId']) ?? app.id
  const access: DirectoryEntitlement = {
    entitlement: appRoleId(app.id, NO_ROLE), name: `${application}: access`, description: textOf(app['description']), application,
    privilege: 'none', risk: 'low', owner: null, traits: [],
  }
  const roles = listOf(app['appRoles']).flatMap((one): readonly DirectoryEntitlement[] => {
    const role = objectOf(one)
    const id = textOf(role?.['id'])
    if (role === null || id === null) return []
    const value = textOf(role['value'])
    const name = textOf(role['displayName']) ?? value ?? id
    const isForPrograms = listOf(role['allowedMemberTypes']).includes('Application') && !listOf(role['allowedMemberTypes']).includes('User')
    const weight = isForPrograms ? permissionWeight(value ?? name) : appRoleWeight(value, name)
    return [{
      entitlement: appRoleId(app.id, id), name: `${application}: ${isForPrograms ? value ?? name : name}`, description: textOf(role['description']),
      application, ...weight, owner: null, traits: [],
    }]
  })
  return [access, ...roles]
}
