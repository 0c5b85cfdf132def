import { LiveSourceError, type GiveBackAnswer, type RevokeInput } from '../live-connector.ts'
import type { Ask, Graph } from './graph.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { query } from './links.ts'
import { dynamic, EVENTUAL, GUID, mailEnabled, refused, shown, split, synced, values } from './revoke.ts'

type Plan = { readonly ask: Ask; readonly effect: string; readonly permission: string } | GiveBackAnswer

/**
 * Gives one right back to one account: a group membership or an application assignment. Looks at the source first. A directory role, or a
 * group that carries one, is given by a person: the power to give those is more than undoing a mistake is worth.
 */
export async function giveBackInEntra(input: RevokeInput, open: () => Promise<Graph>): Promise<GiveBackAnswer> {
  const { target, protectedObjects } = input
  if (protectedObjects.accounts.has(target.account) || protectedObjects.entitlements.has(target.entitlement)) {
    return refused('The account or the right is protected.', 'Give it by hand in the Microsoft Entra admin centre.')
  }
  let request = ''
  try {
    const graph = await open()
    const plan = await planOf(input, graph)
    if ('outcome' in plan) return plan
    request = shown(plan.ask)
    if (input.isDryRun) return { outcome: 'would-give', request, effect: plan.effect }
    const done = await graph.ask({ ...plan.ask, accept: [400, 403, 404] })
    if (done.status === 400 && isHeld(done.json)) return { outcome: 'already-held', request, effect: 'The account holds it already.' }
    if (done.status === 403) return { outcome: 'failed', request, reason: `The app may not do this; it takes ${plan.permission}.` }
    if (done.status >= 400) return { outcome: 'failed', request, reason: 'Microsoft Graph refused to give it.' }
    return { outcome: 'given', request, effect: plan.effect }
  } catch (error) {
    input.signal.throwIfAborted()
    if (error instanceof LiveSourceError) return { outcome: 'failed', request, reason: error.message }
    throw error
  }
}

function planOf(input: RevokeInput, graph: Graph): Promise<Plan> {
  const { account, entitlement } = input.target
  const [kind = '', rest = ''] = split(entitlement, ':')
  if (GUID.test(account)) {
    if (kind === 'group' && GUID.test(rest)) return groupPlan(graph, account, rest)
    if (kind === 'app-role') return appRolePlan(graph, account, split(rest, '/'))
  }
  return Promise.resolve(refused('Muster does not give this kind of right.', 'Give it in the Microsoft Entra admin centre.'))
}

async function groupPlan(graph: Graph, account: string, group: string): Promise<Plan> {
  const fields = query({ $select: 'id,displayName,groupTypes,onPremisesSyncEnabled,mailEnabled,isAssignableToRole' })
  const known = await graph.ask({ path: `/groups/${group}?${fields}`, accept: [404] })
  const found = objectOf(known.json)
  if (known.status === 404 || found === null) return refused('The group no longer exists.', 'Give what it opened in another way.')
  const types = listOf(found['groupTypes'])
  if (types.includes('DynamicMembership')) return dynamic()
  if (found['onPremisesSyncEnabled'] === true) return synced()
  if (found['mailEnabled'] === true && !types.includes('Unified')) return mailEnabled()
  if (found['isAssignableToRole'] === true) return refused('Directory roles can hang on this group; Muster does not give those.', 'Add the account in the Microsoft Entra admin centre.')
  const member = query({ $filter: `id eq '${account}'`, $count: 'true', $select: 'id' })
  const name = textOf(found['displayName']) ?? group
  if ((await values(graph, `/groups/${group}/members?${member}`, EVENTUAL)).some((one) => one['id'] === account)) return held(`The account is a member of "${name}" already.`)
  return {
    ask: { method: 'POST', path: `/groups/${group}/members/$ref`, body: { '@odata.id': `${graph.origin}/v1.0/directoryObjects/${account}` } },
    permission: 'GroupMember.ReadWrite.All', effect: `The account is a direct member of "${name}" again, with everything that comes with it.`,
  }
}

async function appRolePlan(graph: Graph, account: string, [app = '', role = '']: readonly string[]): Promise<Plan> {
  if (!GUID.test(app) || !GUID.test(role)) return refused('Muster does not give this kind of right.', 'Give it in the Microsoft Entra admin centre.')
  const assigned = await values(graph, `/users/${account}/appRoleAssignments?${query({ $filter: `resourceId eq ${app}` })}`)
  if (assigned.some((one) => one['resourceId'] === app && one['appRoleId'] === role && one['principalId'] === account)) return held('The account is assigned to the application already.')
  return {
    ask: { method: 'POST', path: `/servicePrincipals/${app}/appRoleAssignedTo`, body: { principalId: account, resourceId: app, appRoleId: role } },
    permission: 'AppRoleAssignment.ReadWrite.All', effect: 'The account is assigned to the application in this role again.',
  }
}

const held = (effect: string): Plan => ({ outcome: 'already-held', request: 'GET only; nothing was sent to change anything', effect })

function isHeld(body: unknown): boolean {
  return /already exist/i.test(textOf(objectOf(objectOf(body)?.['error'])?.['message']) ?? '')
}
