import type { Client } from '@okta/okta-sdk-nodejs'
import type { OktaScope } from '../../../shared/model/okta-permissions.ts'
import { LiveSourceError, type GiveBackAnswer, type RevokeInput } from '../live-connector.ts'
import { oktaAppUser, oktaGroup } from './answers.ts'
import { readGroupRules } from './group-rules.ts'
import { openOrg, type OktaOptions, type Org } from './org.ts'
import { APP } from './read-apps.ts'
import { GROUP, groupTraits } from './read-groups.ts'
import { isMember } from './revoke.ts'

type Plan = GiveBackAnswer | {
  readonly outcome: 'can-be-sent'; readonly request: string; readonly effect: string; readonly scope: OktaScope; readonly send: (client: Client) => Promise<unknown>
}

/**
 * Gives one right back: a group membership, or a direct application assignment. What the source says now decides. An administrator role is
 * given by a person: the power to give those is more than undoing a mistake is worth.
 */
export async function giveBackInOkta(input: RevokeInput, options: OktaOptions): Promise<GiveBackAnswer> {
  const { target, protectedObjects } = input
  if (protectedObjects.accounts.has(target.account) || protectedObjects.entitlements.has(target.entitlement)) {
    return refused('The account or the right is protected.', 'Give it by hand in the Okta admin console.')
  }
  let request = `look at ${target.entitlement}`
  try {
    const org = await openOrg(input, options)
    const plan = await planFor(org, target.account, target.entitlement)
    if (plan.outcome !== 'can-be-sent') return plan
    request = plan.request
    if (input.isDryRun) return { outcome: 'would-give', request, effect: plan.effect }
    const answer = await org.ask(plan.scope, plan.send, [404])
    return answer.status === 404 ? { outcome: 'failed', request, reason: 'Okta no longer knows this user, group or application.' } : { outcome: 'given', request, effect: plan.effect }
  } catch (error) {
    if (!(error instanceof LiveSourceError)) throw error
    return { outcome: 'failed', request, reason: error.message }
  }
}

async function planFor(org: Org, userId: string, entitlement: string): Promise<Plan> {
  if (entitlement.startsWith(GROUP)) return planGroup(org, userId, entitlement.slice(GROUP.length))
  if (entitlement.startsWith(APP)) return planApp(org, userId, entitlement.slice(APP.length))
  return refused('Muster does not give this kind of access in Okta.', 'Give it in the Okta admin console.')
}

async function planGroup(org: Org, userId: string, groupId: string): Promise<Plan> {
  const request = `PUT /api/v1/groups/${groupId}/users/${userId}`
  const found = await org.ask('okta.groups.read', (client) => client.groupApi.getGroup({ groupId }), [404])
  const group = oktaGroup.safeParse(found.json)
  if (found.status === 404 || !group.success) return refused('The group no longer exists.', 'Give what it opened in another way.')
  const { name } = group.data.profile
  const traits = groupTraits(group.data, await readGroupRules(org))
  if (traits.includes('managed-by-application')) return refused(`The members of "${name}" are managed by the application or directory it was imported from.`, 'Add the membership there.')
  if (traits.includes('built-in')) return refused(`"${name}" is built into Okta.`, 'Everybody with an account is in it.')
  const roles = await org.ask('okta.roles.read', async (client) => (await client.roleAssignmentApi.listGroupAssignedRoles({ groupId })).getNextPage(), [403, 404])
  if (Array.isArray(roles.json) && roles.json.length > 0) return refused(`Administrator roles hang on "${name}"; Muster does not give those.`, 'Add the user in the Okta admin console.')
  if (await isMember(org, userId, groupId)) return { outcome: 'already-held', request, effect: 'The user is in this group already.' }
  return {
    outcome: 'can-be-sent', request, scope: 'okta.groups.manage', effect: `The user is in the group "${name}" again, with the applications and roles that come with it.`,
    send: (client) => client.groupApi.assignUserToGroup({ groupId, userId }),
  }
}

async function planApp(org: Org, userId: string, appId: string): Promise<Plan> {
  const request = `POST /api/v1/apps/${appId}/users`
  const found = await org.ask('okta.apps.read', (client) => client.applicationApi.getApplicationUser({ appId, userId }), [404])
  const assignment = oktaAppUser.safeParse(found.json)
  if (found.status !== 404 && assignment.success && assignment.data.scope !== 'GROUP') return { outcome: 'already-held', request, effect: 'The user is assigned to this application already.' }
  return {
    outcome: 'can-be-sent', request, scope: 'okta.apps.manage', effect: 'The user is assigned to the application directly again. What the application itself had deleted does not come back.',
    send: (client) => client.applicationApi.assignUserToApplication({ appId, appUser: { id: userId, scope: 'USER' } }),
  }
}

const refused = (reason: string, instead: string): Extract<GiveBackAnswer, { readonly outcome: 'refused' }> => ({ outcome: 'refused', reason, instead })
