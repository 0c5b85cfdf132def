import type { EntitlementTrait } from '../../../shared/model/live-source.ts'
import type { CollectionEnd, DirectoryEntitlement, LivePage, MirrorChange, ReadCollection } from '../live-connector.ts'
import { confersRole, oktaGroup, readAll, type OktaGroup } from './answers.ts'
import { canReadLog, walkTargets } from './deletions.ts'
import { readGroupRules, type GroupRules } from './group-rules.ts'
import type { Org } from './org.ts'
import { beginReading, stepAfter, stepOf } from './position.ts'
import { livePage, namedTwice, walk } from './walk.ts'

export const GROUP = 'group:'

/** What belongs to no application is used by signing in to Okta itself. */
export const OKTA_ITSELF = 'Okta'

/**
 * Groups of every type with the traits that decide how somebody can be taken out of them. Afterwards only those that changed, by
 * `lastUpdated`, and those the System Log says were deleted; everything again when the rules began or ceased to fill a group.
 */
export async function* readGroups(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  const knowsChanges = input.cursor !== null && await canReadLog(org)
  let reading = beginReading(input, input.cursor, knowsChanges)
  const rules = await readGroupRules(org)
  if (reading.mode === 'changes' && reading.note !== null && reading.note !== rules.fingerprint) reading = beginReading(input, input.cursor, false)
  const cursor = (at: string): string => reading.cursorAt(at, org.openedAt())
  const step = stepOf(reading)
  if (reading.at === null) yield livePage(org, rules.asked, cursor(JSON.stringify(step)), { raw: rules.body })
  if (step.of === 'listing') {
    const filter = reading.since === null ? {} : { filter: `lastUpdated gt "${reading.since}"` }
    const seen = new Set<string>()
    const pages = walk(org, 'okta.groups.read', (client) => client.groupApi.listGroups({ ...filter, expand: 'stats', limit: 200 }), step.next)
    for await (const page of pages) {
      const { taken, rejects } = readAll(page.items, oktaGroup, 'a group')
      yield livePage(org, page.asked, cursor(stepAfter('listing', page.next)), {
        raw: page.body,
        changes: taken.map((group) => ({ put: 'entitlement', record: groupEntitlement(group, rules) })),
        rejects,
        records: page.items.length,
        gaps: namedTwice(taken.map((group) => group.id), seen, 'groups'),
      })
    }
  }
  if (reading.since !== null && step.of !== 'end') {
    const deleted = walkTargets(org, reading.since, ['group.lifecycle.delete'], 'UserGroup', step.of === 'deleted' ? step.next : null)
    for await (const { page, ids } of deleted) {
      const changes = ids.map((id): MirrorChange => ({ drop: 'entitlement', id: GROUP + id }))
      yield livePage(org, page.asked, cursor(stepAfter('deleted', page.next)), { changes })
    }
  }
  return { mode: reading.mode, nextCursor: reading.doneCursor(rules.fingerprint, org.openedAt()), sourceCount: null, window: null }
}

/**
 * A group that confers an administrator role is privileged; what else a group opens shows in the applications assigned to it, so by itself
 * it is of low risk.
 */
export function groupEntitlement(group: OktaGroup, rules: GroupRules): DirectoryEntitlement {
  const isAdmin = confersRole(group) === true
  return {
    entitlement: GROUP + group.id,
    name: group.profile.name,
    description: group.profile.description ?? null,
    application: OKTA_ITSELF,
    privilege: isAdmin ? 'admin' : 'none',
    risk: isAdmin ? 'high' : 'low',
    owner: null,
    traits: groupTraits(group, rules),
  }
}

export function groupTraits(group: OktaGroup, rules: GroupRules): readonly EntitlementTrait[] {
  const traits: EntitlementTrait[] = []
  if (group.type === 'APP_GROUP') traits.push('managed-by-application')
  if (group.type === 'BUILT_IN') traits.push('built-in')
  if (rules.isTarget(group.id)) traits.push('assigned-by-rule')
  return traits
}
