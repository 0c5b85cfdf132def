import type { CollectionEnd, DirectoryEntitlement, LivePage, MirrorChange, ReadCollection } from '../live-connector.ts'
import { oktaApp, oktaAppGroup, oktaAppUser, readAll, type OktaApp } from './answers.ts'
import { canReadLog, targetsSince } from './deletions.ts'
import { beforeAll, inOrder, mirrored, readEachParent, type Part } from './each-parent.ts'
import type { Org } from './org.ts'
import { beginReading, stepAfter, stepOf } from './position.ts'
import { GROUP } from './read-groups.ts'
import { livePage, namedTwice, walk } from './walk.ts'

export const APP = 'app:'

/** Okta's own name for its administrators' console, whatever an organisation calls it. */
const ADMIN_CONSOLE = 'saasure'

/** Applications, always all of them: there are few, and Okta cannot be asked which changed. */
export async function* readApps(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  const reading = beginReading(input, input.cursor, false)
  const seen = new Set<string>()
  const step = stepOf(reading)
  if (step.of !== 'listing') return { mode: 'full', nextCursor: null, sourceCount: null, window: null }
  const pages = walk(org, 'okta.apps.read', (client) => client.applicationApi.listApplications({ includeNonDeleted: true, limit: 200 }), step.next)
  for await (const page of pages) {
    const { taken, rejects } = readAll(page.items, oktaApp, 'an application')
    yield livePage(org, page.asked, reading.cursorAt(stepAfter('listing', page.next), org.openedAt()), {
      // Applications' settings may hold addresses and keys of other systems; what is reviewed is enough to keep.
      raw: JSON.stringify(taken),
      changes: taken.map((app) => ({ put: 'entitlement', record: appEntitlement(app) })),
      rejects,
      records: page.items.length,
      gaps: namedTwice(taken.map((app) => app.id), seen, 'applications'),
    })
  }
  return { mode: 'full', nextCursor: null, sourceCount: null, window: null }
}

/** Assignments change only with these events in the log. */
const ASSIGNMENT_EVENTS = [
  'application.user_membership.add', 'application.user_membership.remove', 'application.user_membership.update',
  'group.application_assignment.add', 'group.application_assignment.remove', 'group.application_assignment.update',
  'application.lifecycle.create', 'application.lifecycle.delete',
]

/**
 * Who is assigned to which application: users directly (`scope` USER), groups as a whole. A user assigned through a group (`scope` GROUP)
 * holds it through that group and is not said twice. Afterwards only the applications whose assignments the System Log mentions; all of
 * them after a group was deleted, because the log does not say which applications it was assigned to.
 */
export async function* readAppAssignments(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  let reading = beginReading(input, input.cursor, input.cursor !== null && await canReadLog(org))
  if (reading.since !== null && reading.at === null && (await targetsSince(org, reading.since, ['group.lifecycle.delete'], 'UserGroup')).size > 0) {
    reading = beginReading(input, input.cursor, false)
  }
  const { since } = reading
  const changed = since === null ? null : await targetsSince(org, since, ASSIGNMENT_EVENTS, 'AppInstance')
  const deleted = since === null ? undefined : await targetsSince(org, since, ['application.lifecycle.delete'], 'AppInstance')
  if (changed !== null && reading.at === null) {
    yield livePage(org, `GET /api/v1/logs?since=${since ?? ''} (assignments to ${String(changed.size)} applications changed)`, reading.cursorAt(beforeAll(), org.openedAt()), {})
  }
  const parents = changed === null
    ? (after: string | null) => mirrored(input.mirror, APP, after)
    : (after: string | null) => inOrder(changed, after)
  yield* readEachParent(org, reading, APP, parents, [users, groups], deleted)
  return { mode: reading.mode, nextCursor: reading.doneCursor(null, org.openedAt()), sourceCount: null, window: null }
}

const users: Part = {
  scope: 'okta.apps.read',
  open: (client, appId) => client.applicationApi.listApplicationUsers({ appId, limit: 500 }),
  read(appId, page) {
    const { taken, rejects } = readAll(page.items, oktaAppUser, 'an application user')
    const direct = taken.filter((user) => user.scope !== 'GROUP')
    const changes = direct.map((user): MirrorChange => ({
      put: 'hold',
      record: {
        entitlement: APP + appId,
        holder: { of: 'account', id: user.id },
        grantedAt: user.created?.slice(0, 'YYYY-MM-DD'.length) ?? null,
        expiresAt: null,
        how: null,
      },
    }))
    return { raw: JSON.stringify({ application: appId, users: taken }), changes, rejects }
  },
}

const groups: Part = {
  scope: 'okta.apps.read',
  open: (client, appId) => client.applicationApi.listApplicationGroupAssignments({ appId, limit: 200 }),
  read(appId, page) {
    const { taken, rejects } = readAll(page.items, oktaAppGroup, 'an application group')
    const changes = taken.map((group): MirrorChange => ({
      put: 'hold',
      record: { entitlement: APP + appId, holder: { of: 'entitlement', id: GROUP + group.id }, grantedAt: null, expiresAt: null, how: null },
    }))
    return { raw: JSON.stringify({ application: appId, groups: taken }), changes, rejects }
  },
}

/** Access to an application is of low risk by itself, except to the administrators' console; an inactive one says so. */
function appEntitlement(app: OktaApp): DirectoryEntitlement {
  const isConsole = app.name === ADMIN_CONSOLE
  return {
    entitlement: APP + app.id,
    name: app.label,
    description: app.status === 'ACTIVE' ? null : 'This application is inactive in Okta.',
    application: app.label,
    privilege: isConsole ? 'elevated' : 'none',
    risk: isConsole ? 'high' : 'low',
    owner: null,
    traits: [],
  }
}
