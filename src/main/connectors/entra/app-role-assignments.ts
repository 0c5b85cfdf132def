import { LiveSourceError, type CollectionEnd, type Holder, type LivePage, type MirrorChange } from '../live-connector.ts'
import { directMembersOnly } from '../../core/inventory/records.ts'
import { BATCH, batch } from './batch.ts'
import { API_VERSION } from './graph.ts'
import { groupId } from './groups.ts'
import { listOf, dayOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query, readCursor, requestText } from './links.ts'
import type { EntraCollection, Reading } from './reading.ts'
import { appRoleId } from './service-principals.ts'

/** `after`: the last application whose first page was asked for. `open`: continuations of applications with many assignments. */
interface Place {
  readonly after: string | null
  readonly open: readonly string[]
}

const PREFIX = 'app-role:'
const FIRST_PAGE = query({ $top: '999' })

/**
 * Who is assigned to which application, in which role: people, groups and programs. Graph has no list of all of them, so it is asked
 * per application, twenty applications in one request. Nested groups get nothing through an assigned group: that is Entra's rule.
 */
export function appRoleAssignments(): EntraCollection {
  return {
    about: { name: 'app-role-assignments', title: 'Who may use which application, and in which role', apiVersion: API_VERSION, isOptional: false },
    read: readAssignments,
  }
}

async function* readAssignments(reading: Reading): AsyncGenerator<LivePage, CollectionEnd, void> {
  reading.signal.throwIfAborted()
  let place: Place = reading.cursor === null ? { after: null, open: [] } : readCursor(reading.cursor, placeOf)
  for (;;) {
    const apps = await nextApps(reading, place.after, BATCH - Math.min(BATCH, place.open.length))
    const paths = [...place.open.slice(0, BATCH), ...apps.map((app) => `/servicePrincipals/${app}/appRoleAssignedTo?${FIRST_PAGE}`)]
    if (paths.length === 0) return { mode: 'full', nextCursor: null, sourceCount: null, window: null }
    // 404: the application went while we were reading; what is no longer named goes from the mirror anyway.
    const got = await batch(reading.graph, paths, [404])
    const further = got.answers.map(({ body }) => textOf(objectOf(body)?.['@odata.nextLink']))
    if (further.some((link) => link !== null && place.open.includes(link))) {
      throw new LiveSourceError('half-answer', 'Microsoft Graph repeated a continuation it had given before (app-role-assignments).')
    }
    const assignments = got.answers.flatMap(({ body }) => listOf(objectOf(body)?.['value'])).map((one) => objectOf(one) ?? {})
    const unread = got.answers.filter(({ status, body }) => status === 200 && !Array.isArray(objectOf(body)?.['value'])).length
    if (unread > 0) throw new LiveSourceError('half-answer', 'Microsoft Graph answered with something else than a list (app-role-assignments).')
    place = { after: apps.at(-1) ?? place.after, open: [...place.open.slice(BATCH), ...further.filter((link) => link !== null)] }
    yield {
      request: `POST /${API_VERSION}/$batch: ${paths.map((path) => requestText('GET', path)).join(', ')}`, raw: got.text,
      changes: assignments.flatMap(holdOf), signIns: [], records: assignments.length, rejects: [], retries: got.retries,
      throttledMs: got.throttledMs, cursor: JSON.stringify(place), gaps: [], progress: null,
    }
    reading.signal.throwIfAborted()
  }
}

/** Applications in order, from their rights in the mirror; `0` is the character behind the slash, so a whole application is skipped. */
async function nextApps(reading: Reading, after: string | null, count: number): Promise<readonly string[]> {
  const apps: string[] = []
  for (let last = after; apps.length < count;) {
    const [found] = await reading.mirror.entitlements(PREFIX, last === null ? null : `${PREFIX}${last}0`, 1)
    const app = found?.slice(PREFIX.length).split('/')[0]
    if (app === undefined) return apps
    apps.push(app)
    last = app
  }
  return apps
}

function holdOf(assignment: JsonObject): readonly MirrorChange[] {
  const app = textOf(assignment['resourceId'])
  const role = textOf(assignment['appRoleId'])
  const principal = textOf(assignment['principalId'])
  if (app === null || role === null || principal === null) return []
  const isGroup = textOf(assignment['principalType']) === 'Group'
  const holder: Holder = isGroup ? { of: 'entitlement', id: groupId(principal) } : { of: 'account', id: principal }
  return [{
    put: 'hold', record: {
      entitlement: appRoleId(app, role), holder, grantedAt: dayOf(assignment['createdDateTime']), expiresAt: null,
      how: isGroup ? directMembersOnly : null,
    },
  }]
}

function placeOf(value: JsonObject): Place | null {
  const { after, open } = value
  if ((after !== null && typeof after !== 'string') || !Array.isArray(open)) return null
  return { after, open: open.filter((link): link is string => typeof link === 'string') }
}
