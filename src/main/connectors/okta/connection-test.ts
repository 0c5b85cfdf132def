import type { Client } from '@okta/okta-sdk-nodejs'
import type { ConnectionTest, PermissionCheck, RemovalCheck } from '../../../shared/model/live-source.ts'
import { oktaReadPermissions, oktaRemovalPermissions, type OktaReadScope, type OktaRemovalScope } from '../../../shared/model/okta-permissions.ts'
import { LiveSourceError, type LiveInput } from '../live-connector.ts'
import { oktaRole, oktaUser } from './answers.ts'
import { oktaConfigOf, openOrg, type OktaOptions, type Org } from './org.ts'

/** The cheapest question that takes each permission. */
const questions: Readonly<Record<OktaReadScope, (client: Client) => Promise<unknown>>> = {
  'okta.users.read': async (client) => (await client.userApi.listUsers({ limit: 1 })).getNextPage(),
  'okta.groups.read': async (client) => (await client.groupApi.listGroups({ limit: 1 })).getNextPage(),
  'okta.apps.read': async (client) => (await client.applicationApi.listApplications({ limit: 1 })).getNextPage(),
  'okta.roles.read': (client) => client.roleAssignmentApi.listUsersWithRoleAssignments({ limit: 1 }),
  'okta.logs.read': async (client) => (await client.systemLogApi.listLogEvents({ limit: 1 })).getNextPage(),
}

/** One cheap request per permission. What makes asking pointless (address, token, network) is told in `notes`, never thrown. */
export async function testOkta(input: LiveInput, options: OktaOptions): Promise<ConnectionTest> {
  const permissions: PermissionCheck[] = []
  try {
    const config = oktaConfigOf(input)
    const org = await openOrg(input, options)
    for (const { scope, why, without, isRequired } of oktaReadPermissions) {
      const isGranted = await isAnswered(() => org.ask(scope, questions[scope]))
      permissions.push({ permission: scope, why, without, isRequired, isGranted })
    }
    const missing = oktaReadPermissions.filter((_, index) => permissions[index]?.isGranted === false)
    const notes = missing.map(({ scope, without, tokenRole }) => config.signIn === 'token'
      ? `The token's owner may not use ${scope}; at least the role ${tokenRole} can. ${without}`
      : `Grant the scope ${scope} to the service app (Okta API Scopes), and a role that may see it all. ${without}`)
    const removals = config.signIn === 'private-key' ? await removalsByScope(org) : await removalsByRole(org)
    const answer = { isConnected: true, account: `${await nameOf()} at ${org.host}`, permissions, removals }
    return { ...answer, notes: config.readsUsage ? notes : [...notes, 'Sign-ins are not read: that is switched off for this source.'] }

    async function nameOf(): Promise<string> {
      if (config.signIn === 'private-key') return `service app ${config.clientId ?? ''}`
      if (permissions[0]?.isGranted !== true) return 'a token whose owner may not read users'
      const me = oktaUser.safeParse((await org.ask('okta.users.read', (client) => client.userApi.getUser({ userId: 'me' }), [403, 404])).json)
      return me.success && typeof me.data.profile['login'] === 'string' ? `token of ${me.data.profile['login']}` : 'API token'
    }
  } catch (error) {
    if (!(error instanceof LiveSourceError)) throw error
    return { isConnected: false, account: null, permissions, removals: [], notes: [error.message] }
  }
}

async function isAnswered(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (error instanceof LiveSourceError && error.code === 'permission-missing') return false
    throw error
  }
}

/** A question each scope for removing answers too; only ever questions. */
const harmless: Readonly<Record<OktaRemovalScope, (client: Client) => Promise<unknown>>> = {
  'okta.groups.manage': questions['okta.groups.read'], 'okta.apps.manage': questions['okta.apps.read'], 'okta.roles.manage': questions['okta.roles.read'],
}

/** A service app is given a token for a scope only if the scope was granted. */
async function removalsByScope(org: Org): Promise<RemovalCheck[]> {
  const removals: RemovalCheck[] = []
  for (const { scope, removes, why, without } of oktaRemovalPermissions) {
    removals.push({ removes, permission: scope, why, without, isGranted: await isAnswered(() => org.ask(scope, harmless[scope])) })
  }
  return removals
}

/** A token may what its owner may; the owner's roles say so, where they can be read. What a custom role allows is not looked into. */
async function removalsByRole(org: Org): Promise<RemovalCheck[]> {
  const roles = await ownRoles(org)
  return oktaRemovalPermissions.map(({ scope, removes, why, without, tokenRole, roleTypes }) => {
    const mayDo = roles?.some((role) => roleTypes.some((one) => one === role)) ?? false
    return { removes, permission: `${scope} (${tokenRole})`, why, without, isGranted: mayDo ? true : roles === null || roles.includes('CUSTOM') ? null : false }
  })
}

async function ownRoles(org: Org): Promise<readonly string[] | null> {
  const me = await org.ask('okta.users.read', (client) => client.userApi.getUser({ userId: 'me' }), [403, 404])
  const user = oktaUser.safeParse(me.json)
  if (me.status !== 200 || !user.success) return null
  const held = await org.ask('okta.roles.read', async (client) => (await client.roleAssignmentApi.listAssignedRolesForUser({ userId: user.data.id })).getNextPage(), [403, 404])
  if (held.status !== 200 || !Array.isArray(held.json)) return null
  return held.json.flatMap((one: unknown) => {
    const role = oktaRole.safeParse(one)
    return role.success ? [role.data.type] : []
  })
}
