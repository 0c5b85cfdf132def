import { LiveSourceError, type CollectionEnd, type LivePage, type MirrorChange, type ReadCollection } from '../live-connector.ts'
import { oktaGroup, oktaUser, readAll } from './answers.ts'
import { canReadLog, targetsSince } from './deletions.ts'
import { beforeAll, begunParent, inOrder, mirrored, readEachParent, type Part } from './each-parent.ts'
import { readGroupRules, type GroupRules } from './group-rules.ts'
import type { Org } from './org.ts'
import { beginReading } from './position.ts'
import { GROUP } from './read-groups.ts'
import { ADDED_TO_GROUP, LOG_DAYS, membershipsGiven } from './system-log.ts'
import { livePage, walk } from './walk.ts'

/** So many groups are named in one question to the log. */
const GROUPS_AT_ONCE = 20

type GivenAt = Map<string, string>

/**
 * Who is in which group. Afterwards only the groups whose `lastMembershipUpdated` moved (additions and removals both move it), each of them
 * anew, with the days the log gives for their members; in a full reading the days are a collection of their own.
 */
export async function* readGroupMembers(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  const reading = beginReading(input, input.cursor, true)
  const rules = await readGroupRules(org)
  const givenAt: GivenAt = new Map()
  const parts = [memberPart(rules, givenAt)]
  if (reading.since === null) {
    yield* readEachParent(org, reading, GROUP, (after) => mirrored(input.mirror, GROUP, after), parts)
  } else {
    const hasLog = await canReadLog(org)
    const changed = await readChangedGroups(org, reading.since)
    const deleted = hasLog ? await targetsSince(org, reading.since, ['group.lifecycle.delete'], 'UserGroup') : new Set<string>()
    if (reading.at === null) yield livePage(org, changed.asked, reading.cursorAt(beforeAll(), org.openedAt()), {})
    const begun = begunParent(reading)
    if (begun !== null && hasLog) await withDays(org, [begun], givenAt)
    const ids = new Set([...changed.ids, ...deleted])
    const parents = (after: string | null): AsyncIterable<string> => (hasLog ? dated(org, ids, after, givenAt) : inOrder(ids, after))
    yield* readEachParent(org, reading, GROUP, parents, parts, deleted)
  }
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
      const changes: MirrorChange[] = []
      for (const user of taken) {
        const why = rules.explain(groupId, user)
        if (why.is === 'unknown' && !told.has(why.rule.id)) {
          told.add(why.rule.id)
          gaps.push(`Only Okta can evaluate the condition of the rule "${why.rule.name}": which members it put into its groups is not known.`)
        }
        const held = { entitlement: GROUP + groupId, holder: { of: 'account', id: user.id } } as const
        changes.push({ put: 'hold', record: { ...held, grantedAt: null, expiresAt: null, how: why.is === 'by-rule' ? `rule:${why.rule.id}` : null } })
        const at = givenAt.get(`${groupId} ${user.id}`)
        if (at !== undefined) changes.push({ put: 'granted-at', ...held, at })
      }
      // Their profiles are in the extract of the users; a membership is two ids.
      return { raw: JSON.stringify({ group: groupId, members: taken.map((user) => user.id) }), changes, rejects, gaps }
    },
  }
}

async function readChangedGroups(org: Org, since: string): Promise<{ readonly asked: string; readonly ids: ReadonlySet<string> }> {
  const ids = new Set<string>()
  let asked = ''
  const filter = `lastMembershipUpdated gt "${since}"`
  for await (const page of walk(org, 'okta.groups.read', (client) => client.groupApi.listGroups({ filter, limit: 200 }), null)) {
    for (const group of readAll(page.items, oktaGroup, 'a group').taken) ids.add(group.id)
    asked = page.asked
  }
  return { asked, ids }
}

/** The groups in order; before a batch of them goes out, the log has been asked when their members were added. */
async function* dated(org: Org, ids: ReadonlySet<string>, after: string | null, givenAt: GivenAt): AsyncGenerator<string, void, void> {
  let batch: string[] = []
  for await (const id of inOrder(ids, after)) {
    batch.push(id)
    if (batch.length < GROUPS_AT_ONCE) continue
    yield* await withDays(org, batch, givenAt)
    batch = []
  }
  yield* await withDays(org, batch, givenAt)
}

async function withDays(org: Org, groups: readonly string[], givenAt: GivenAt): Promise<readonly string[]> {
  if (groups.length === 0) return groups
  const until = org.openedAt()
  const since = new Date(Date.parse(until) - LOG_DAYS * 86_400_000).toISOString()
  const filter = `eventType eq "${ADDED_TO_GROUP}" and (${groups.map((id) => `target.id eq "${id}"`).join(' or ')})`
  const pages = walk(org, 'okta.logs.read', (client) => client.systemLogApi.listLogEvents({ since, until, filter, limit: 1000, sortOrder: 'ASCENDING' }), null)
  for await (const page of pages) for (const { group, account, at } of membershipsGiven(page.items)) givenAt.set(`${group} ${account}`, at)
  return groups
}

/**
 * The day somebody was added to a group, as far as the System Log reaches (90 days), then what was added since. Dates what the members'
 * listing put and says nothing about anybody else.
 */
export async function* readMembershipDays(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  const reading = beginReading(input, input.cursor, true)
  const until = org.openedAt()
  const since = reading.since ?? new Date(Date.parse(until) - LOG_DAYS * 86_400_000).toISOString()
  // No window: what is covered says how far back sign-ins are known, and this says nothing about sign-ins.
  const end: CollectionEnd = { mode: 'changes', nextCursor: reading.doneCursor(null, until), sourceCount: null, window: null }
  if (reading.at === 'end') return end
  const filter = `eventType eq "${ADDED_TO_GROUP}"`
  try {
    const pages = walk(org, 'okta.logs.read', (client) => client.systemLogApi.listLogEvents({ since, until, filter, limit: 1000, sortOrder: 'ASCENDING' }), reading.at)
    for await (const page of pages) {
      const changes = membershipsGiven(page.items).map(({ group, account, at }): MirrorChange =>
        ({ put: 'granted-at', entitlement: GROUP + group, holder: { of: 'account', id: account }, at }))
      yield livePage(org, page.asked, reading.cursorAt(page.next ?? 'end', until), { changes, records: page.items.length })
    }
  } catch (error) {
    if (error instanceof LiveSourceError && error.code === 'permission-missing') {
      throw new LiveSourceError('permission-missing', `${error.message} The day somebody was added to a group is not known.`)
    }
    throw error
  }
  return end
}
