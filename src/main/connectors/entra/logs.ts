import { LiveSourceError, type CollectionEnd, type LivePage } from '../live-connector.ts'
import { API_VERSION } from './graph.ts'
import { momentOf, type JsonObject } from './json.ts'
import { pageOf, query, readCursor, requestText } from './links.ts'
import { grantedAtOf, signInOf } from './log-entries.ts'
import { rejectOf, type EntraCollection, type Reading, type Taken } from './reading.ts'

const HOUR_MS = 3_600_000
const KEPT_MS = 30 * 24 * HOUR_MS
/** Events can arrive hours late: what is younger than this is left for the next run, which then finds all of it. */
const UNSETTLED_MS = 3 * HOUR_MS
const SHORTEST_MS = HOUR_MS / 4
const LONGEST_MS = 24 * HOUR_MS
/** A window that takes more pages than this makes the next ones shorter; links into a short window break less. */
const MANY_PAGES = 5

/** Everything before `from` is read, in half-open windows up to `until`. `link` goes on inside the window from `from` to `to`. */
interface Place {
  readonly start: string
  readonly from: string
  readonly to: string
  readonly until: string
  readonly spanMs: number
  readonly link: string | null
  readonly pages: number
  /** Entries of this window taken so far, and how many to pass over when it has to be asked again from its beginning. */
  readonly taken: number
  readonly skip: number
  /** The first event found since coverage began: it cannot begin earlier than what the source still had. */
  readonly first: string | null
  /** A reading before this one covered what lies before `start`. */
  readonly isContinued: boolean
  /** The reading has ended; whoever takes this up begins the next one. */
  readonly isClosed: boolean
}

interface Log {
  readonly name: string
  readonly title: string
  readonly path: string
  readonly time: string
  readonly filter: string | null
  readonly take: (entries: readonly JsonObject[]) => Taken
}

/** Interactive sign-ins: v1.0 of Graph lists no others; `account-activity` knows of the rest. */
export function signIns(): EntraCollection {
  return windowed({
    name: 'sign-ins', title: 'Sign-ins of people', path: '/auditLogs/signIns', time: 'createdDateTime', filter: null,
    take: (entries) => {
      const read = entries.map((entry) => signInOf(entry))
      const rejects = read.flatMap((one, index) => (one === null ? [rejectOf(index, entries[index] ?? {}, 'A sign-in names no account or no time.')] : []))
      return { changes: [], signIns: read.filter((one) => one !== null), rejects }
    },
  })
}

/** Since when memberships and roles are held, as far as the directory's log goes back. */
export function directoryAudits(): EntraCollection {
  return windowed({
    name: 'directory-audits', title: 'When people were added to groups and roles', path: '/auditLogs/directoryAudits', time: 'activityDateTime',
    filter: '(activityDisplayName eq \'Add member to group\' or activityDisplayName eq \'Add member to role\')',
    take: (entries) => ({ changes: entries.flatMap((entry) => grantedAtOf(entry)) }),
  })
}

function windowed(log: Log): EntraCollection {
  return {
    about: { name: log.name, title: log.title, apiVersion: API_VERSION, isOptional: true },
    read: (reading) => readWindows(log, reading),
  }
}

async function* readWindows(log: Log, reading: Reading): AsyncGenerator<LivePage, CollectionEnd, void> {
  const { graph } = reading
  reading.signal.throwIfAborted()
  let place = beginning(reading)
  let gaps: readonly string[] = []
  while (place.from < place.until) {
    const path = place.link ?? `${log.path}?${query({ $filter: filterOf(log, place), $top: '1000' })}`
    const answer = await graph.ask({ path, family: 'reports', ...(place.link === null ? {} : { accept: [400, 404, 410] }) })
    if (answer.status >= 400) {
      // A settled window answers the same each time, so what was taken of it can be counted off.
      place = { ...place, link: null, skip: place.taken, pages: 0 }
      gaps = [`A continuation was no longer valid; the window from ${place.from} was asked again, passing over the ${place.taken} entries already taken.`]
      continue
    }
    const page = pageOf(answer, graph.origin)
    if (page === null) throw new LiveSourceError('half-answer', `Microsoft Graph answered with something else than a list (${log.name}).`)
    if (page.next !== null && page.next === path) {
      throw new LiveSourceError('half-answer', `Microsoft Graph repeated a continuation it had given before (${log.name}).`)
    }
    const taken = log.take(page.entities.slice(place.skip))
    // Windows ascend, so only the first one with anything in it can say where the log begins.
    const first = place.first === null || place.first >= place.from ? firstOf(place.first, page.entities, log.time) : place.first
    place = after(place, page.next, page.entities.length, first)
    const done = Date.parse(place.from) - Date.parse(place.start)
    yield {
      request: requestText('GET', path), raw: answer.text, changes: taken.changes, signIns: taken.signIns ?? [], records: page.entities.length,
      rejects: taken.rejects ?? [], retries: answer.retries, throttledMs: answer.throttledMs, cursor: JSON.stringify(place), gaps,
      progress: Math.min(1, done / Math.max(1, Date.parse(place.until) - Date.parse(place.start))),
    }
    gaps = []
    reading.signal.throwIfAborted()
  }
  const next: Place = { ...place, isClosed: true }
  // On a first reading nobody can tell an empty log from one that does not reach back so far: coverage begins with what was found.
  const from = place.isContinued ? place.start : place.first ?? place.until
  return { mode: 'window', nextCursor: JSON.stringify(next), sourceCount: null, window: { from, to: place.until } }
}

function beginning(reading: Reading): Place {
  const now = Date.parse(reading.now())
  const settled = new Date(Math.floor((now - UNSETTLED_MS) / 60_000) * 60_000).toISOString()
  const oldest = new Date(Date.parse(settled) - KEPT_MS).toISOString()
  const fresh = { until: settled, link: null, pages: 0, taken: 0, skip: 0, isClosed: false }
  if (reading.cursor === null) return opened({ ...fresh, start: oldest, from: oldest, to: oldest, spanMs: LONGEST_MS, first: null, isContinued: false })
  const place = readCursor(reading.cursor, placeOf)
  // Cut off in the middle: the horizon stays where it was. Complete: a new span begins where the last one ended.
  if (!place.isClosed) return place
  const start = place.until < oldest ? oldest : place.until
  const until = settled < start ? start : settled
  const isContinued = place.until >= oldest
  return opened({ ...fresh, start, from: start, to: start, until, spanMs: place.spanMs, first: isContinued ? place.first : null, isContinued })
}

function after(place: Place, next: string | null, entries: number, first: string | null): Place {
  const pages = place.pages + 1
  const counted = { taken: place.taken + Math.max(0, entries - place.skip), skip: Math.max(0, place.skip - entries), pages, first }
  if (next !== null) return { ...place, ...counted, link: next }
  const spanMs = pages > MANY_PAGES ? Math.max(SHORTEST_MS, place.spanMs / 2) : pages === 1 ? Math.min(LONGEST_MS, place.spanMs * 2) : place.spanMs
  return opened({ ...place, from: place.to, spanMs, link: null, pages: 0, taken: 0, skip: 0, first })
}

function opened(place: Place): Place {
  const to = new Date(Date.parse(place.from) + place.spanMs).toISOString()
  return { ...place, to: to < place.until ? to : place.until }
}

/** Half-open, so that no event belongs to two windows. */
function filterOf(log: Log, place: Place): string {
  const span = `${log.time} ge ${place.from} and ${log.time} lt ${place.to}`
  return log.filter === null ? span : `${span} and ${log.filter}`
}

function firstOf(known: string | null, entries: readonly JsonObject[], field: string): string | null {
  return entries.reduce<string | null>((first, entry) => {
    const at = momentOf(entry[field])
    return at !== null && (first === null || at < first) ? at : first
  }, known)
}

function placeOf(value: JsonObject): Place | null {
  const { start, from, to, until, spanMs, link, pages, taken, skip, first, isContinued, isClosed } = value
  if ([start, from, to, until].some((time) => momentOf(time) === null)) return null
  if ([spanMs, pages, taken, skip].some((count) => typeof count !== 'number') || typeof isContinued !== 'boolean' || typeof isClosed !== 'boolean') return null
  if ((link !== null && typeof link !== 'string') || (first !== null && typeof first !== 'string')) return null
  return { start, from, to, until, spanMs, link, pages, taken, skip, first, isContinued, isClosed } as Place
}
