import { z } from 'zod'
import type { SignInRecord } from '../../core/inventory/records.ts'
import { LiveSourceError, type CollectionEnd, type LivePage, type ReadCollection } from '../live-connector.ts'
import { oktaEvent, readAll } from './answers.ts'
import type { OktaPage, Org } from './org.ts'
import { readJson } from './position.ts'
import { LOG_DAYS, SIGN_IN_FILTER, eventTime, signInOf } from './system-log.ts'
import { livePage } from './walk.ts'

const DAY_MS = 86_400_000
/** Asked for in spans of this length: a lost place costs little, and Okta answers short spans faster. */
const SPAN_MS = 7 * DAY_MS
/** Okta writes events down some minutes late; what is younger is left for the next reading, so that nothing slips in behind it. */
const SETTLED_MS = 15 * 60_000

const placeSchema = z.object({
  /** From here on the log is covered without holes. */
  coveredFrom: z.iso.datetime(),
  /** The span being read begins here; `to`, exclusive, is where this reading ends. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  next: z.string().nullable(),
  /** The last event taken and the ids at the same moment: where to go on if Okta forgets the next link. */
  last: z.object({ at: z.iso.datetime(), ids: z.array(z.string()) }).nullable(),
  isDone: z.boolean(),
})
type Place = z.infer<typeof placeSchema>

/**
 * Sign-ins of the last 90 days up to the settled horizon, then only what came since: half-open spans `[from, to)`, each followed to its
 * end, so that no event counts twice and none is missed. Answers are not kept: sums are, and the log holds addresses and places of people.
 */
export async function* readSignIns(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  let place = begin(input)
  let recent: ReadonlySet<string> = new Set()
  let waitingGaps = place.gaps
  const began = Date.parse(place.from)
  const followed = new Set<string>()
  while (place.from < place.to) {
    const until = new Date(Math.min(Date.parse(place.from) + SPAN_MS, Date.parse(place.to))).toISOString()
    const page = await ask(place.next)
    if (page === 'lost') {
      waitingGaps = [...waitingGaps, 'Okta no longer knew the next page of the log: the reading went on from the last event it had taken.']
      place = { ...place, next: null, gaps: [] }
      followed.clear()
      continue
    }
    const isRound = page.next !== null && followed.has(page.next)
    if (isRound && page.items.length > 0) {
      throw new LiveSourceError(
        'half-answer',
        `Okta's pages of ${page.asked} lead back to one that was read: the log has no end and was not taken further.`,
      )
    }
    if (page.next !== null) followed.add(page.next)
    const isEnd = page.next === null || isRound
    const taken = take(page, until)
    place = isEnd
      ? { ...place, from: until, next: null, last: null, gaps: [] }
      : { ...place, next: page.next, last: taken.last ?? place.last, gaps: [] }
    if (isEnd) followed.clear()
    recent = taken.ids
    const read = Math.max(Date.parse(taken.last?.at ?? place.from), Date.parse(place.from)) - began
    yield livePage(org, page.asked, cursorOf(place), {
      signIns: taken.signIns,
      rejects: taken.rejects,
      records: page.items.length,
      gaps: [...waitingGaps, ...taken.gaps],
      progress: Math.min(1, read / Math.max(1, Date.parse(place.to) - began)),
    })
    waitingGaps = []
  }
  const window = { from: place.coveredFrom, to: place.to }
  return { mode: 'window', nextCursor: cursorOf({ ...place, isDone: true }), sourceCount: null, window }

  async function ask(next: string | null): Promise<OktaPage | 'lost'> {
    const until = new Date(Math.min(Date.parse(place.from) + SPAN_MS, Date.parse(place.to))).toISOString()
    const since = place.last?.at ?? place.from
    try {
      return await org.page(
        'okta.logs.read',
        (client) => client.systemLogApi.listLogEvents({ since, until, filter: SIGN_IN_FILTER, limit: 1000, sortOrder: 'ASCENDING' }),
        next,
      )
    } catch (error) {
      if (next !== null && error instanceof LiveSourceError && error.code === 'expired-cursor') return 'lost'
      throw error
    }
  }

  /** The events of a page that belong to the span and were not taken before. */
  function take(page: OktaPage, until: string): {
    readonly signIns: readonly SignInRecord[]
    readonly rejects: LivePage['rejects']
    readonly ids: ReadonlySet<string>
    readonly last: Place['last']
    readonly gaps: readonly string[]
  } {
    const { taken, rejects } = readAll(page.items, oktaEvent, 'an event')
    const signIns: SignInRecord[] = []
    const ids = new Set<string>()
    let last = null as Place['last']
    let repeats = 0
    for (const event of taken) {
      const at = eventTime(event.published)
      if (at === null || at < place.from || at >= until) continue
      const id = `${event.uuid ?? ''} ${event.eventType}`
      const isBehind = place.next === null && place.last !== null && (at < place.last.at || (at === place.last.at && place.last.ids.includes(id)))
      if (isBehind) continue
      if (event.uuid != null && (ids.has(id) || recent.has(id))) {
        repeats += 1
        continue
      }
      ids.add(id)
      last = last?.at === at ? { at, ids: [...last.ids, id] } : { at, ids: [id] }
      const signIn = signInOf(event)
      if (signIn !== null) signIns.push(signIn)
    }
    const gaps = repeats === 0 ? [] : [`Okta told ${String(repeats)} events twice; each counts once.`]
    return { signIns, rejects, ids, last, gaps }
  }
}

function begin(input: ReadCollection): Place & { readonly gaps: readonly string[] } {
  const now = Date.parse(input.now())
  const to = new Date(now - SETTLED_MS).toISOString()
  const oldest = new Date(now - LOG_DAYS * DAY_MS).toISOString()
  if (input.cursor === null) return { coveredFrom: oldest, from: oldest, to, next: null, last: null, isDone: false, gaps: [] }
  const last = readJson(placeSchema, input.cursor)
  if (!last.isDone) return { ...last, gaps: [] }
  if (last.to >= oldest) return { coveredFrom: last.coveredFrom, from: last.to, to: to > last.to ? to : last.to, next: null, last: null, isDone: false, gaps: [] }
  const gap = `Okta keeps its log for ${String(LOG_DAYS)} days: what happened between ${last.to} and ${oldest} is gone.`
  return { coveredFrom: oldest, from: oldest, to, next: null, last: null, isDone: false, gaps: [gap] }
}

const cursorOf = ({ coveredFrom, from, to, next, last, isDone }: Place): string => JSON.stringify({ coveredFrom, from, to, next, last, isDone })
