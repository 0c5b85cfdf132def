import { LiveSourceError, type Collection, type CollectionEnd, type LivePage } from '../live-connector.ts'
import { API_VERSION, type Answer, type Ask, type Graph } from './graph.ts'
import type { JsonObject } from './json.ts'
import { pageOf, readCursor, requestText, type AnsweredPage } from './links.ts'
import type { Family } from './pacing.ts'
import type { EntraCollection, Reading, Taken } from './reading.ts'

/** One list that is followed from its first page to its last. */
export interface Step {
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Where the source refuses this step alone, the reading goes on and says this. */
  readonly gapWhenRefused?: string
  /** Asked only where the step before was refused. */
  readonly isFallback?: true
}

export interface Listing {
  readonly name: string
  readonly title: string
  readonly isOptional: boolean
  readonly family?: Family
  /** Its last page carries a link to ask for changes with. */
  readonly isDelta: boolean
  readonly steps: readonly Step[]
  /** Settings that change what is made of the answers. */
  readonly variant?: string
  /** Where the source says how many there are. */
  readonly countPath: string | null
  readonly take: (entities: readonly JsonObject[], reading: Reading, at: { readonly step: number; readonly isChanges: boolean }) => Taken | Promise<Taken>
}

/** How far a listing is. `link` null = the step's first page is next. `delta`: where the changes after it begin. */
interface Place {
  readonly step: number
  readonly link: string | null
  readonly mode: 'full' | 'changes'
  readonly isDone: boolean
  readonly delta: string | null
  readonly total: number | null
  readonly seen: number
  /** What was asked for: changes since an older question do not answer a new one. */
  readonly question: string
}

const EVENTUAL = { ConsistencyLevel: 'eventual' }
const MOST_EMPTY_PAGES = 1_000

/** A collection that is read by following links. */
export function listing(of: Listing): EntraCollection {
  const about: Collection = { name: of.name, title: of.title, apiVersion: API_VERSION, isOptional: of.isOptional }
  return { about, read: (reading) => follow(of, reading) }
}

async function* follow(of: Listing, reading: Reading): AsyncGenerator<LivePage, CollectionEnd, void> {
  const { graph } = reading
  reading.signal.throwIfAborted()
  const question = `${of.variant ?? ''} ${of.steps.map(({ path }) => path).join(' ')}`
  let place: Place = reading.cursor === null
    ? { step: 0, link: null, mode: 'full', isDone: false, delta: null, total: await countOf(graph, of.countPath), seen: 0, question }
    : readCursor(reading.cursor, placeOf)
  if (place.question !== question) throw new LiveSourceError('expired-cursor', `What is asked for (${of.name}) has changed since the last reading.`)
  const followed = new Set<string>()
  let emptyPages = 0
  while (!place.isDone) {
    const step = of.steps[place.step]
    if (step === undefined) throw new LiveSourceError('expired-cursor', 'Where the last reading ended is not known any more.')
    const path = place.link ?? step.path
    followed.add(path)
    const got = await askPage(of, step, path, graph, followed)
    if (got === null) {
      place = after(of, place, null, null, 0, true)
      yield emptyPage(requestText('GET', path), place, step.gapWhenRefused ?? '')
      continue
    }
    const { answer, page, gaps } = got
    emptyPages = page.entities.length === 0 ? emptyPages + 1 : 0
    if (emptyPages > MOST_EMPTY_PAGES) throw new LiveSourceError('half-answer', `Microsoft Graph sent only empty pages for ${of.name}.`)
    const taken = await of.take(page.entities, reading, { step: place.step, isChanges: place.mode === 'changes' })
    place = after(of, place, page.next, page.delta, page.entities.length, false)
    yield {
      request: requestText('GET', path), raw: answer.text, changes: taken.changes, signIns: taken.signIns ?? [], records: page.entities.length,
      rejects: taken.rejects ?? [], retries: answer.retries + (taken.retries ?? 0), throttledMs: answer.throttledMs + (taken.throttledMs ?? 0),
      cursor: JSON.stringify(place), gaps: [...gaps, ...(taken.gaps ?? [])],
      progress: place.total === null || place.mode === 'changes' ? null : Math.min(1, place.total === 0 ? 1 : place.seen / place.total),
    }
    reading.signal.throwIfAborted()
  }
  const next: Place | null = place.delta === null ? null : { step: 0, link: place.delta, mode: 'changes', isDone: false, delta: null, total: null, seen: 0, question }
  return {
    mode: place.mode, nextCursor: next === null ? null : JSON.stringify(next), sourceCount: await countOf(graph, of.countPath), window: null,
  }
}

/** Null where the source refuses a step that may be missing. Asks a second time where the answer is no list or leads in a circle. */
async function askPage(of: Listing, step: Step, path: string, graph: Graph, followed: ReadonlySet<string>): Promise<{ answer: Answer; page: AnsweredPage; gaps: readonly string[] } | null> {
  const ask: Ask = {
    path, ...(of.family === undefined ? {} : { family: of.family }), ...(step.headers === undefined ? {} : { headers: step.headers }),
  }
  try {
    const first = await graph.ask(ask)
    const page = pageOf(first, graph.origin)
    const fault = faultOf(of, page, followed)
    if (page !== null && fault === null) return { answer: first, page, gaps: [] }
    const again = await graph.ask(ask)
    const second = pageOf(again, graph.origin)
    if (second === null || faultOf(of, second, followed) !== null) {
      throw new LiveSourceError('half-answer', `Microsoft Graph ${fault ?? 'answered with something else than a list'} (${of.name}), twice.`)
    }
    return {
      answer: { ...again, retries: again.retries + first.retries + 1, throttledMs: again.throttledMs + first.throttledMs },
      page: second, gaps: [`Microsoft Graph ${fault ?? 'answered with something else than a list'}; asked again, it went on.`],
    }
  } catch (error) {
    const isRefused = error instanceof LiveSourceError && error.code === 'permission-missing'
    if (isRefused && step.gapWhenRefused !== undefined) return null
    throw error
  }
}

function faultOf(of: Listing, page: AnsweredPage | null, followed: ReadonlySet<string>): string | null {
  if (page === null) return 'answered with something else than a list'
  if (page.next !== null && followed.has(page.next)) return 'repeated a continuation it had given before'
  if (of.isDelta && page.next === null && page.delta === null) return 'ended a list of changes without saying where it ends'
  return null
}

function after(of: Listing, place: Place, next: string | null, delta: string | null, records: number, isRefused: boolean): Place {
  const seen = place.seen + records
  if (next !== null) return { ...place, link: next, seen }
  const isNext = (step: Step, index: number): boolean => index > place.step && (isRefused || step.isFallback !== true)
  const following = of.steps.findIndex(isNext)
  const isLast = following < 0
  return { ...place, step: isLast ? place.step : following, link: null, isDone: isLast, delta: of.isDelta ? delta : null, seen }
}

function emptyPage(request: string, place: Place, gap: string): LivePage {
  return {
    request, raw: null, changes: [], signIns: [], records: 0, rejects: [], retries: 0, throttledMs: 0, cursor: JSON.stringify(place),
    gaps: [gap], progress: null,
  }
}

/** How many the source says there are; null where it does not say. */
async function countOf(graph: Graph, path: string | null): Promise<number | null> {
  if (path === null) return null
  const answer = await graph.ask({ path, headers: EVENTUAL, accept: [400, 403, 404, 501] })
  return answer.status === 200 && typeof answer.json === 'number' && Number.isInteger(answer.json) ? answer.json : null
}

function placeOf(value: JsonObject): Place | null {
  const { step, link, mode, isDone, delta, total, seen, question } = value
  const isText = (one: unknown): one is string | null => one === null || typeof one === 'string'
  const isNumber = (one: unknown): one is number | null => one === null || typeof one === 'number'
  if (typeof step !== 'number' || !isText(link) || (mode !== 'full' && mode !== 'changes')) return null
  if (typeof isDone !== 'boolean' || !isText(delta) || !isNumber(total) || typeof seen !== 'number' || typeof question !== 'string') return null
  return { step, link, mode, isDone, delta, total, seen, question }
}
