import type { Client } from '@okta/okta-sdk-nodejs'
import type { OktaScope } from '../../../shared/model/okta-permissions.ts'
import { LiveSourceError, type RevokeAnswer, type RevokeInput } from '../live-connector.ts'
import { oktaAppUser, oktaGroup, oktaRole, oktaUser, readAll } from './answers.ts'
import { readGroupRules } from './group-rules.ts'
import { openOrg, type OktaOptions, type Org } from './org.ts'
import { ADMIN_ROLE, adminRoleId } from './read-admin-roles.ts'
import { APP } from './read-apps.ts'
import { GROUP, groupTraits } from './read-groups.ts'
import { walk } from './walk.ts'

/** What would be sent, once nothing speaks against it. */
interface Removal {
  readonly request: string
  readonly effect: string
  readonly scope: OktaScope
  readonly send: (client: Client) => Promise<unknown>
}

type Plan = RevokeAnswer | { readonly outcome: 'can-be-sent'; readonly removal: Removal }

/**
 * Takes one right away: a group membership, a direct application assignment, an administrator role. What the source says now decides, not
 * what the last reading said. Refuses what would come back by itself or is not the account's own, and says what would work instead.
 */
export async function revokeInOkta(input: RevokeInput, options: OktaOptions): Promise<RevokeAnswer> {
  const { target } = input
  const refusal = refusedAtOnce(input)
  if (refusal !== null) return refusal
  let request = `look at ${target.entitlement}`
  try {
    const org = await openOrg(input, options)
    const plan = await planFor(org, target.account, target.entitlement)
    if (plan.outcome !== 'can-be-sent') return plan
    request = plan.removal.request
    if (input.isDryRun) return { outcome: 'would-remove', request, effect: plan.removal.effect }
    org.takeCounts()
    const answer = await org.ask(plan.removal.scope, plan.removal.send, [404])
    // After a lost answer the second try may find nothing left: that was the first one's doing.
    if (answer.status === 404 && org.takeCounts().retries === 0) return { outcome: 'already-gone', request, effect: 'Nothing was changed: Okta no longer knows this.' }
    return { outcome: 'removed', request, effect: plan.removal.effect }
  } catch (error) {
    if (!(error instanceof LiveSourceError)) throw error
    return { outcome: 'failed', request, reason: error.message }
  }
}

function refusedAtOnce({ target, protectedObjects }: RevokeInput): RevokeAnswer | null {
  if (protectedObjects.accounts.has(target.account)) {
    return refused(
      'This account is protected.',
      'Take it off the list of protected objects first, with the approval your organisation asks for.',
    )
  }
  if (protectedObjects.entitlements.has(target.entitlement)) {
    return refused(
      'This entitlement is protected.',
      'Take it off the list of protected objects first, with the approval your organisation asks for.',
    )
  }
  if (target.path !== 'direct') {
    return refused(
      'The account does not hold this itself, but through something else.',
      `Take the account out of what it comes through (${target.path}).`,
    )
  }
  return null
}

async function planFor(org: Org, account: string, entitlement: string): Promise<Plan> {
  if (entitlement.startsWith(GROUP)) return planGroup(org, account, entitlement.slice(GROUP.length))
  if (entitlement.startsWith(APP)) return planApp(org, account, entitlement.slice(APP.length))
  if (entitlement.startsWith(ADMIN_ROLE)) return planRole(org, account, entitlement)
  return refused('This is no kind of access that can be removed in Okta.', 'Remove it by hand where it is given.')
}

async function planGroup(org: Org, userId: string, groupId: string): Promise<Plan> {
  const request = `DELETE /api/v1/groups/${groupId}/users/${userId}`
  const found = await org.ask('okta.groups.read', (client) => client.groupApi.getGroup({ groupId }), [404])
  const group = oktaGroup.safeParse(found.json)
  if (found.status === 404 || !group.success) return { outcome: 'already-gone', request, effect: 'Nothing to do: Okta no longer knows this group.' }
  const rules = await readGroupRules(org)
  const traits = groupTraits(group.data, rules)
  if (traits.includes('managed-by-application')) {
    return refused(
      `The members of "${group.data.profile.name}" are managed by the application or directory it was imported from.`,
      'Remove the membership there; Okta takes it over at the next import.',
    )
  }
  if (traits.includes('built-in')) {
    return refused(
      `"${group.data.profile.name}" is built into Okta: everybody in it is so by having an account.`,
      'Deactivate the account if it is no longer needed.',
    )
  }
  const asked = await org.ask('okta.users.read', (client) => client.userApi.getUser({ userId }), [404])
  const user = oktaUser.safeParse(asked.json)
  if (asked.status === 404 || !user.success) return { outcome: 'already-gone', request, effect: 'Nothing to do: Okta no longer knows this user.' }
  if (!await isMember(org, userId, groupId)) return { outcome: 'already-gone', request, effect: 'Nothing to do: the user is not in this group.' }
  const why = rules.explain(groupId, user.data)
  if (why.is !== 'not-by-rule') {
    const expression = (why.rule.conditions?.expression?.value ?? '').replace(/\s+/g, ' ')
    const reason = why.is === 'by-rule'
      ? `The rule "${why.rule.name}" puts this user into the group.`
      : `The rule "${why.rule.name}" fills this group, and only Okta can tell whether it put this user there.`
    return refused(reason, `Change what the rule looks at (${expression}), or add the user to the people the rule leaves out.`)
  }
  return {
    outcome: 'can-be-sent',
    removal: {
      request,
      effect: `The user leaves the group "${group.data.profile.name}" and loses the applications and roles that come with it.`,
      scope: 'okta.groups.manage',
      send: (client) => client.groupApi.unassignUserFromGroup({ groupId, userId }),
    },
  }
}

async function planApp(org: Org, userId: string, appId: string): Promise<Plan> {
  const request = `DELETE /api/v1/apps/${appId}/users/${userId}`
  const found = await org.ask('okta.apps.read', (client) => client.applicationApi.getApplicationUser({ appId, userId }), [404])
  const assignment = oktaAppUser.safeParse(found.json)
  if (found.status === 404 || !assignment.success) return { outcome: 'already-gone', request, effect: 'Nothing to do: the user is not assigned to this application.' }
  if (assignment.data.scope === 'GROUP') {
    return refused(
      'The user has this application through a group.',
      'Take the user out of that group, or take the application away from the group.',
    )
  }
  return {
    outcome: 'can-be-sent',
    removal: {
      request,
      effect: 'The user loses the direct assignment. Where the application is provisioned from Okta, the account there is deactivated; its profile in Okta cannot be brought back. ' +
        'A group that is assigned too may go on giving access.',
      scope: 'okta.apps.manage',
      send: (client) => client.applicationApi.unassignUserFromApplication({ appId, userId }),
    },
  }
}

async function planRole(org: Org, userId: string, entitlement: string): Promise<Plan> {
  const listed = await org.ask('okta.roles.read', async (client) => (await client.roleAssignmentApi.listAssignedRolesForUser({ userId })).getNextPage(), [404])
  const assigned = Array.isArray(listed.json) ? readAll(listed.json, oktaRole, 'an administrator role').taken : []
  const roles = assigned.filter((role) => adminRoleId(role) === entitlement)
  const own = roles.find((role) => role.assignmentType !== 'GROUP')
  const request = `DELETE /api/v1/users/${userId}/roles/${own?.id ?? ''}`
  if (own === undefined) {
    if (roles.length > 0) {return refused(
      'The user has this administrator role through a group.',
      'Take the user out of that group, or take the role away from the group.',
    )}
    return { outcome: 'already-gone', request: listed.asked, effect: 'Nothing to do: the user does not have this administrator role.' }
  }
  return {
    outcome: 'can-be-sent',
    removal: {
      request,
      effect: `The user loses the administrator role "${own.label ?? own.type}".`,
      scope: 'okta.roles.manage',
      send: (client) => client.roleAssignmentApi.unassignRoleFromUser({ userId, roleId: own.id }),
    },
  }
}

export async function isMember(org: Org, userId: string, groupId: string): Promise<boolean> {
  for await (const page of walk(org, 'okta.users.read', (client) => client.userApi.listUserGroups({ userId }), null)) {
    if (readAll(page.items, oktaGroup, 'a group').taken.some((group) => group.id === groupId)) return true
  }
  return false
}

const refused = (reason: string, instead: string): RevokeAnswer => ({ outcome: 'refused', reason, instead })
