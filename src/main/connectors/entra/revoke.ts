import { LiveSourceError, type RevokeAnswer, type RevokeInput } from '../live-connector.ts'
import type { Ask, Graph } from './graph.ts'
import { listOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query, requestText } from './links.ts'

type Refusal = Extract<RevokeAnswer, { readonly outcome: 'refused' }>

/** What will be sent to take the right away; null where the right is no longer there. */
type Plan = { readonly ask: Ask; readonly effect: string; readonly permission: string } | Refusal | null

export const GUID = /^[0-9a-f-]{36}$/i
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
export const EVENTUAL = { ConsistencyLevel: 'eventual' }

/**
 * Takes one right from one account: a group membership, an application assignment, a directory role held or eligible. Looks at the
 * source before it acts, so that what changed since the last reading is not overrun. Saying it twice is harmless.
 */
export async function revokeAccess(input: RevokeInput, open: () => Promise<Graph>): Promise<RevokeAnswer> {
  const { target, protectedObjects } = input
  if (protectedObjects.accounts.has(target.account) || protectedObjects.entitlements.has(target.entitlement)) {
    return refused('The account or the right is protected.', 'Take it off the list of protected objects first, if it really is to go.')
  }
  const before = standing(input)
  if (before !== null) return before
  let request = ''
  try {
    const graph = await open()
    const plan = await planOf(input, graph)
    if (plan === null) return { outcome: 'already-gone', request: 'GET only; nothing was sent to change anything', effect: 'The source no longer knows this right of this account.' }
    if ('outcome' in plan) return plan
    request = shown(plan.ask)
    if (input.isDryRun) return { outcome: 'would-remove', request, effect: plan.effect }
    const done = await graph.ask({ ...plan.ask, accept: [400, 403, 404] })
    if (done.status === 404 || (done.status === 400 && isGone(done.json))) return { outcome: 'already-gone', request, effect: plan.effect }
    if (done.status === 403) return { outcome: 'failed', request, reason: `The app may not do this; it takes ${plan.permission}.` }
    if (done.status === 400) return { outcome: 'failed', request, reason: 'Microsoft Graph refused to remove it.' }
    return { outcome: 'removed', request, effect: plan.effect }
  } catch (error) {
    input.signal.throwIfAborted()
    if (error instanceof LiveSourceError) return { outcome: 'failed', request, reason: error.message }
    throw error
  }
}

/** What can be said without asking the source. */
function standing({ target }: RevokeInput): Refusal | null {
  const isApp = target.entitlement.startsWith('app-role:')
  // A role taken on for a while says so in the path's place; it is still the account's own.
  if (target.path !== 'direct' && target.path !== 'activated') {
    return isApp
      ? refused('The account has this application through a group, not by itself.', 'Remove the account from that group, or the group from the application, which hits everybody in it.')
      : refused('The account holds this through another group, not by itself.', 'Remove the account from the group it is a direct member of.')
  }
  if (target.traits.includes('dynamic')) return dynamic()
  if (target.traits.includes('on-premises-synced')) return synced()
  if (target.traits.includes('mail-enabled')) return mailEnabled()
  return null
}

export function dynamic(): Refusal {
  return refused('A rule decides who is in this group.', 'Change the rule, or the attribute of the person that it looks at.')
}

export function synced(): Refusal {
  return refused('This group comes from the local Active Directory and is overwritten from there.', 'Remove the person from the group in Active Directory.')
}

export function mailEnabled(): Refusal {
  return refused('This is a distribution or mail-enabled security group, whose members Exchange keeps.', 'Remove the person in the Exchange admin centre.')
}

function planOf(input: RevokeInput, graph: Graph): Promise<Plan> {
  const { account, entitlement } = input.target
  const [kind = '', rest = ''] = split(entitlement, ':')
  if (GUID.test(account)) {
    if (kind === 'group' && GUID.test(rest)) return groupPlan(graph, account, rest)
    if (kind === 'app-role') return appRolePlan(graph, account, split(rest, '/'))
    if (kind === 'directory-role') return rolePlan(graph, account, rest)
  }
  return Promise.resolve(refused('Muster does not remove this kind of right.', kind.startsWith('consent')
    ? 'Withdraw the consent under Enterprise applications, Permissions.'
    : 'Remove it in the Microsoft Entra admin centre.'))
}

async function groupPlan(graph: Graph, account: string, group: string): Promise<Plan> {
  const fields = query({ $select: 'id,displayName,groupTypes,onPremisesSyncEnabled,mailEnabled,isAssignableToRole' })
  const known = await graph.ask({ path: `/groups/${group}?${fields}`, accept: [404] })
  const found = objectOf(known.json)
  if (known.status === 404 || found === null) return null
  const types = listOf(found['groupTypes'])
  if (types.includes('DynamicMembership')) return dynamic()
  if (found['onPremisesSyncEnabled'] === true) return synced()
  if (found['mailEnabled'] === true && !types.includes('Unified')) return mailEnabled()
  const member = query({ $filter: `id eq '${account}'`, $count: 'true', $select: 'id' })
  const members = await values(graph, `/groups/${group}/members?${member}`, EVENTUAL)
  if (!members.some((one) => one['id'] === account)) return null
  return {
    ask: { method: 'DELETE', path: `/groups/${group}/members/${account}/$ref` },
    permission: found['isAssignableToRole'] === true ? 'RoleManagement.ReadWrite.Directory' : 'GroupMember.ReadWrite.All',
    effect: `The account is no longer a direct member of "${textOf(found['displayName']) ?? group}". What it holds through other groups stays.`,
  }
}

async function appRolePlan(graph: Graph, account: string, [app = '', role = '']: readonly string[]): Promise<Plan> {
  if (!GUID.test(app) || !GUID.test(role)) return null
  const filter = query({ $filter: `resourceId eq ${app}` })
  const asPerson = await graph.ask({ path: `/users/${account}/appRoleAssignments?${filter}`, accept: [404] })
  const assignments = asPerson.status === 404
    ? await values(graph, `/servicePrincipals/${account}/appRoleAssignments?${filter}`)
    : entitiesOf(asPerson.json)
  const matching = assignments.filter((one) => one['resourceId'] === app && one['appRoleId'] === role)
  const own = matching.find((one) => one['principalId'] === account)
  const id = textOf(own?.['id'])
  if (id === null) {
    return matching.length === 0 ? null : refused(
      'The account has this application through a group, not by itself.',
      `Remove the account from the group "${textOf(matching[0]?.['principalDisplayName']) ?? 'assigned to the application'}".`,
    )
  }
  return {
    ask: { method: 'DELETE', path: `/servicePrincipals/${app}/appRoleAssignedTo/${id}` }, permission: 'AppRoleAssignment.ReadWrite.All',
    effect: `The account is no longer assigned to "${textOf(own?.['resourceDisplayName']) ?? app}" in this role. Assignments through groups stay.`,
  }
}

async function rolePlan(graph: Graph, account: string, rest: string): Promise<Plan> {
  const isEligible = rest.endsWith('#eligible')
  const [role = '', scope = '/'] = split(isEligible ? rest.slice(0, -'#eligible'.length) : rest, '@')
  if (!GUID.test(role)) return null
  const kind = isEligible ? 'roleEligibilityScheduleInstances' : 'roleAssignments'
  const held = await values(graph, `/roleManagement/directory/${kind}?${query({ $filter: `principalId eq '${account}'` })}`)
  const own = held.find((one) => one['roleDefinitionId'] === role && (textOf(one['directoryScopeId']) ?? '/') === scope
    && one['principalId'] === account && (textOf(one['memberType']) ?? 'Direct') === 'Direct')
  if (own === undefined) return null
  const permission = 'RoleManagement.ReadWrite.Directory'
  if (!isEligible) {
    if (role === GLOBAL_ADMINISTRATOR && scope === '/' && await isLastOf(graph, role)) {
      return refused('This is the last account that holds Global Administrator; without one nobody can administer the tenant.', 'Give the role to another account first.')
    }
    const id = textOf(own['id'])
    return id === null ? null : {
      ask: { method: 'DELETE', path: `/roleManagement/directory/roleAssignments/${id}` }, permission,
      effect: 'The account no longer holds this directory role. A right to take it on when needed stays.',
    }
  }
  const body = {
    action: 'adminRemove', principalId: account, roleDefinitionId: role, directoryScopeId: scope,
    justification: 'Removed after an access review.',
  }
  return {
    ask: { method: 'POST', path: '/roleManagement/directory/roleEligibilityScheduleRequests', body }, permission,
    effect: 'The account may no longer take this directory role on. A role it has already taken on ends when its time is up.',
  }
}

async function isLastOf(graph: Graph, role: string): Promise<boolean> {
  const held = await values(graph, `/roleManagement/directory/roleAssignments?${query({ $filter: `roleDefinitionId eq '${role}'` })}`)
  return held.filter((one) => (textOf(one['directoryScopeId']) ?? '/') === '/').length <= 1
}

export async function values(graph: Graph, path: string, headers?: Readonly<Record<string, string>>): Promise<readonly JsonObject[]> {
  const answer = await graph.ask({ path, accept: [404], ...(headers === undefined ? {} : { headers }) })
  return answer.status === 404 ? [] : entitiesOf(answer.json)
}

function entitiesOf(body: unknown): readonly JsonObject[] {
  return listOf(objectOf(body)?.['value']).map((one) => objectOf(one) ?? {})
}

/** Eligibility requests answer 400 with this code where there is nothing to remove. */
function isGone(body: unknown): boolean {
  return /RoleAssignmentDoesNotExist|DoesNotExist|NotFound/i.test(textOf(objectOf(objectOf(body)?.['error'])?.['code']) ?? '')
}

export function shown(ask: Ask): string {
  const text = requestText(ask.method ?? 'GET', ask.path)
  return ask.body === undefined ? text : `${text} ${JSON.stringify(ask.body)}`
}

export function refused(reason: string, instead: string): Refusal {
  return { outcome: 'refused', reason, instead }
}

export function split(text: string, at: string): readonly [string] | readonly [string, string] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)]
}
