import type { EntitlementTrait } from '../../../shared/model/live-source.ts'
import type { DirectoryEntitlement, Holder, MirrorChange } from '../live-connector.ts'
import { BATCH, batch } from './batch.ts'
import type { Graph } from './graph.ts'
import { listOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query } from './links.ts'
import { listing } from './listing.ts'
import { DIRECTORY, withId, type EntraCollection, type Reading, type Taken } from './reading.ts'

type Named = JsonObject & { readonly id: string }

const FIELDS = 'id,displayName,description,groupTypes,membershipRule,mailEnabled,securityEnabled,onPremisesSyncEnabled,isAssignableToRole,visibility,members'
/** As many ids as Graph takes in one `in (…)`. */
const IDS_AT_ONCE = 15

export const groupId = (id: string): string => `group:${id}`

/** Groups with their direct members, nested groups among them; in full the first time and by changes afterwards. */
export function groups(): EntraCollection {
  return listing({
    name: 'groups', title: 'Groups, their members and owners', isOptional: false, isDelta: true, countPath: '/groups/$count',
    steps: [{ path: `/groups/delta?${query({ $select: FIELDS })}` }],
    take: takeGroups,
  })
}

async function takeGroups(entities: readonly JsonObject[], reading: Reading): Promise<Taken> {
  const { named, rejects } = withId(entities, 'group')
  const standing = named.filter((group) => objectOf(group['@removed']) === null)
  // A change of members alone comes without the group's own properties; what is known of it stays then.
  const described = standing.filter((group) => 'displayName' in group)
  const owners = await ownersOf(described.map((group) => group.id), reading.graph)
  const changes: MirrorChange[] = []
  const others = new Map<string, number>()
  for (const group of named) {
    if (objectOf(group['@removed']) !== null) {
      changes.push({ drop: 'holds-of', entitlement: groupId(group.id) }, { drop: 'entitlement', id: groupId(group.id) })
      continue
    }
    if ('displayName' in group) changes.push({ put: 'entitlement', record: entitlementOf(group, owners.byGroup.get(group.id) ?? null) })
    changes.push(...membersOf(group, others))
  }
  const hidden = described.filter((group) => textOf(group['visibility']) === 'HiddenMembership')
  return {
    changes, rejects, retries: owners.retries, throttledMs: owners.throttledMs,
    gaps: [
      ...(owners.unread === 0 ? [] : ['Microsoft Graph refused to name the owners of some groups on this page.']),
      ...hidden.map((group) => `The group "${quotable(group)}" hides its members; reading them takes Member.Read.Hidden.`),
      ...[...others].map(([kind, count]) => `Left out of groups, because they are no accounts: ${count} of kind ${kind}.`),
    ],
  }
}

/** A name inside a sentence of ours: short, and nothing in it that moves a cursor. */
function quotable(group: Named): string {
  return (textOf(group['displayName']) ?? group.id).replaceAll(/\p{C}/gu, '').slice(0, 80)
}

/** By rule or synced is a fact of the group, in its traits: a page that goes on with a group's members does not repeat it. */
function membersOf(group: Named, others: Map<string, number>): readonly MirrorChange[] {
  const entitlement = groupId(group.id)
  return listOf(group['members@delta']).flatMap((one): readonly MirrorChange[] => {
    const member = objectOf(one)
    const id = textOf(member?.['id'])
    if (member === null || id === null) return []
    const type = textOf(member['@odata.type'])?.replace('#microsoft.graph.', '') ?? null
    const asAccount: Holder = { of: 'account', id }
    const asGroup: Holder = { of: 'entitlement', id: groupId(id) }
    if (objectOf(member['@removed']) !== null) {
      const gone = type === 'group' ? [asGroup] : type === 'user' || type === 'servicePrincipal' ? [asAccount] : [asAccount, asGroup]
      return gone.map((holder) => ({ drop: 'hold', entitlement, holder }))
    }
    if (type !== 'user' && type !== 'servicePrincipal' && type !== 'group') {
      others.set(type ?? 'unknown', (others.get(type ?? 'unknown') ?? 0) + 1)
      return []
    }
    const holder = type === 'group' ? asGroup : asAccount
    return [{ put: 'hold', record: { entitlement, holder, grantedAt: null, expiresAt: null, how: null } }]
  })
}

function entitlementOf(group: Named, owner: string | null): DirectoryEntitlement {
  const types = listOf(group['groupTypes'])
  const rule = types.includes('DynamicMembership') ? textOf(group['membershipRule']) : null
  const said = textOf(group['description'])
  const ruleText = rule === null ? null : `Members by rule: ${rule}`
  const isRoleAssignable = group['isAssignableToRole'] === true
  return {
    entitlement: groupId(group.id), name: textOf(group['displayName']) ?? group.id,
    description: [said, ruleText].filter((part) => part !== null).join(' · ') || null,
    application: DIRECTORY, privilege: isRoleAssignable ? 'elevated' : 'none', risk: isRoleAssignable ? 'high' : 'low', owner,
    traits: traitsOf(group, types),
  }
}

/** Mail-enabled means here: mastered by Exchange, so that Graph cannot change its members. Microsoft 365 groups are not. */
function traitsOf(group: JsonObject, types: readonly unknown[]): readonly EntitlementTrait[] {
  const traits: EntitlementTrait[] = []
  if (types.includes('DynamicMembership')) traits.push('dynamic')
  if (group['onPremisesSyncEnabled'] === true) traits.push('on-premises-synced')
  if (group['mailEnabled'] === true && !types.includes('Unified')) traits.push('mail-enabled')
  if (group['isAssignableToRole'] === true) traits.push('role-assignable')
  return traits
}

/** The first owner by name of each group: changes cannot carry owners, so they are asked for together, up to 300 groups a request. */
async function ownersOf(ids: readonly string[], graph: Graph): Promise<{ byGroup: ReadonlyMap<string, string>; unread: number; retries: number; throttledMs: number }> {
  const byGroup = new Map<string, string>()
  let unread = 0
  let retries = 0
  let throttledMs = 0
  const distinct = [...new Set(ids)]
  for (let start = 0; start < distinct.length; start += IDS_AT_ONCE * BATCH) {
    const part = distinct.slice(start, start + IDS_AT_ONCE * BATCH)
    const paths = Array.from({ length: Math.ceil(part.length / IDS_AT_ONCE) }, (_, index) => {
      const some = part.slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE)
      return `/groups?${query({ $filter: `id in (${some.map((id) => `'${id}'`).join(',')})`, $select: 'id', $expand: 'owners($select=id,userPrincipalName,mail)' })}`
    })
    const got = await batch(graph, paths, [400, 403])
    unread += got.answers.filter(({ status }) => status >= 400).length
    retries += got.retries
    throttledMs += got.throttledMs
    for (const { body } of got.answers) {
      for (const one of listOf(objectOf(body)?.['value'])) {
        const group = objectOf(one)
        const id = textOf(group?.['id'])
        const names = listOf(group?.['owners']).map((owner) => textOf(objectOf(owner)?.['mail']) ?? textOf(objectOf(owner)?.['userPrincipalName']))
        const first = names.filter((name) => name !== null).sort()[0]
        if (id !== null && first !== undefined) byGroup.set(id, first)
      }
    }
  }
  return { byGroup, unread, retries, throttledMs }
}
