import { LiveSourceError, type CollectionEnd, type LivePage, type MirrorChange, type ReadCollection } from '../live-connector.ts'
import { oktaGroup, oktaUser, readAll } from './answers.ts'
import { mirrored, readEachParent, type Part } from './each-parent.ts'
import { readGroupRules, type GroupRules } from './group-rules.ts'
import type { Org } from './org.ts'
import { beginReading } from './position.ts'
import { GROUP } from './read-groups.ts'
import { LOG_DAYS, membershipsGiven } from './system-log.ts'
import { livePage, walk } from './walk.ts'

/** More additions than this in the log's 90 days are not kept in memory; the oldest ones then go without their day. */
const MOST_ADDITIONS = 1_000_000

type GivenAt = ReadonlyMap<string, string>

/**
 * Who is in which group. The day somebody was added comes from the System Log as far as it reaches. Afterwards only the groups whose
 * `lastMembershipUpdated` moved, each of them anew: additions and removals both move it.
 */
export async function* readGroupMembers(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  const reading = beginReading(input, input.cursor, true)
  const here = (): string => reading.cursorAt(reading.at, org.openedAt())
  const rules = yield* readGroupRules(org, here)
  const changed = reading.since === null ? null : yield* readChangedGroups(org, reading.since, here)
  const givenAt = changed?.length === 0 ? new Map<string, string>() : yield* readAdditions(org, here)
  const parents = changed === null
    ? (after: string | null) => mirrored(input.mirror, GROUP, after)
    : (after: string | null) => inOrder(changed, after)
  yield* readEachParent(org, reading, GROUP, parents, [memberPart(rules, givenAt)])
  return { mode: reading.mode, nextCursor: reading.doneCursor(null, org.openedAt()), sourceCount: null, window: null }
}

function memberPart(rules: GroupRules, givenAt: GivenAt): Part {
  const told = new Set<string>()
  return {
    scope: 'okta.groups.read',
    open: (client, groupId) => client.groupApi.listGroupUsers({ groupId, limit: 1000 }),
    read(groupId, page) {
      const { taken, rejects } = readAll(page.items, oktaUser, 'a member')
      const gaps: string[] = []
      const changes = taken.map((user): MirrorChange => {
        const why = rules.explain(groupId, user)
        if (why.is === 'unknown' && !told.has(why.rule.id)) {
          told.add(why.rule.id)
          gaps.push(`Only Okta can evaluate the condition of the rule "${why.rule.name}": which members it put into its groups is not known.`)
        }
        return {
          put: 'hold',
          record: {
            entitlement: GROUP + groupId,
            holder: { of: 'account', id: user.id },
            grantedAt: givenAt.get(`${groupId} ${user.id}`) ?? null,
            expiresAt: null,
            how: why.is === 'by-rule' ? `rule:${why.rule.id}` : null,
          },
        }
      })
      // Their profiles are in the extract of the users; a membership is two ids.
      return { raw: JSON.stringify({ group: groupId, members: taken.map((user) => user.id) }), changes, rejects, gaps }
    },
  }
}

async function* readChangedGroups(org: Org, since: string, cursor: () => string): AsyncGenerator<LivePage, readonly string[], void> {
  const ids = new Set<string>()
  const filter = `lastMembershipUpdated gt "${since}"`
  for await (const page of walk(org, 'okta.groups.read', (client) => client.groupApi.listGroups({ filter, limit: 200 }), null)) {
    for (const group of readAll(page.items, oktaGroup, 'a group').taken) ids.add(group.id)
    yield livePage(org, page.asked, cursor(), {})
  }
  return [...ids].sort()
}

/** When somebody was added to a group, as far as the log reaches; the latest addition counts. */
async function* readAdditions(org: Org, cursor: () => string): AsyncGenerator<LivePage, GivenAt, void> {
  const givenAt = new Map<string, string>()
  const until = org.openedAt()
  const since = new Date(Date.parse(until) - LOG_DAYS * 86_400_000).toISOString()
  const filter = 'eventType eq "group.user_membership.add"'
  const pages = walk(org, 'okta.logs.read', (client) => client.systemLogApi.listLogEvents({ since, until, filter, limit: 1000, sortOrder: 'ASCENDING' }), null)
  try {
    for await (const page of pages) {
      for (const { group, account, at } of membershipsGiven(page.items)) {
        const key = `${group} ${account}`
        givenAt.delete(key)
        givenAt.set(key, at)
      }
      for (const key of givenAt.keys()) {
        if (givenAt.size <= MOST_ADDITIONS) break
        givenAt.delete(key)
      }
      yield livePage(org, page.asked, cursor(), {})
    }
  } catch (error) {
    if (!(error instanceof LiveSourceError) || error.code !== 'permission-missing') throw error
    const gaps = ['The System Log may not be read: the day somebody was added to a group is not known.']
    yield livePage(org, 'GET /api/v1/logs', cursor(), { gaps })
  }
  return givenAt
}

export async function* inOrder(ids: readonly string[], after: string | null): AsyncGenerator<string, void, void> {
  for (const id of ids) if (after === null || id > after) yield await Promise.resolve(id)
}

