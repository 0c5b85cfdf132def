import { setTimeout as sleep } from 'node:timers/promises'
import type { RunCollection } from '../../shared/model/live-source.ts'
import { LiveSourceError, type Collection, type CollectionEnd, type LiveConnector, type LiveInput, type LivePage } from '../connectors/live-connector.ts'
import {
  abandonCollection, advanceCollection, beginCollection, collectionState, endCollection, heldCount, nodeIds, savePageRecord, savePageRejects,
  type CollectionState, type PageRecord,
} from '../storage/mirror-collections.ts'
import { setState } from '../storage/mirror-file.ts'
import type { HalfOpenSpan } from '../storage/mirror-usage.ts'
import type { LiveReading } from './live-reading.ts'

/** A commit waits for no more than this: small pages share one, a slow source's single page does not wait for the next. */
const changesPerCommit = 5_000
const bytesPerCommit = 4_000_000
const patienceMilliseconds = 250

export interface CollectionInput {
  readonly reading: LiveReading
  readonly connector: LiveConnector
  readonly live: LiveInput
  readonly collection: Collection
  /** Its place in the reading order. */
  readonly position: number
  /** For a log: what the inventory has counted already. */
  readonly counted: readonly HalfOpenSpan[]
  readonly onPage: (records: number, share: number | null) => void
}

/**
 * Reads one collection into the mirror, from wherever it was left, and returns its record. Each page's changes, its raw answer and the
 * cursor behind it are committed together, so whatever throws here leaves everything read so far, and the next run goes on there.
 */
export async function readCollection(input: CollectionInput): Promise<RunCollection> {
  const { reading: { mirror }, collection } = input
  let state = collectionState(mirror, collection.name)
  const gaps = state.isReading && state.cursor !== null ? ['Goes on with pages an earlier run had begun to read.'] : []
  if (!state.isReading) state = beginCollection(mirror, collection.name, state.cursor === null)
  try {
    return await readPages(input, state, gaps)
  } catch (error) {
    if (!(error instanceof LiveSourceError) || error.code !== 'expired-cursor' || state.cursor === null) throw error
    return readPages(input, beginCollection(mirror, collection.name, true), [...gaps, `${error.message} Everything was listed anew.`])
  }
}

async function readPages(input: CollectionInput, state: CollectionState, gaps: readonly string[]): Promise<RunCollection> {
  const { reading, connector, live, collection } = input
  const { mirror } = reading
  const writer = pageWriter(input, state, gaps)
  const isCircle = circleCheck(state.cursor)
  const pages = connector.read({
    ...live, collection: collection.name, cursor: state.cursor,
    mirror: {
      entitlements: (prefix, after, limit) => Promise.resolve(nodeIds(mirror, 'entitlement', { prefix, after, limit })),
      accounts: (after, limit) => Promise.resolve(nodeIds(mirror, 'account', { prefix: '', after, limit })),
    },
  })
  try {
    for (;;) {
      const coming = pages.next()
      const next = (await soon(coming, writer.isWaiting())) ?? (await writer.commit(), await coming)
      if (next.done === true) return await writer.end(next.value)
      if (isCircle(next.value)) {
        await pages.return(nowhere)
        await writer.commit()
        abandonCollection(mirror, state.number)
        throw new LiveSourceError('half-answer', `${collection.title}: the source led in a circle, giving the same pages again and again. Reading it begins anew with the next sync.`)
      }
      writer.take(next.value)
      if (writer.isFull()) await writer.commit()
      live.signal.throwIfAborted()
    }
  } catch (error) {
    // What was read is kept, whatever stopped the reading.
    await writer.commit()
    throw error
  }
}

/** Pages in a row that are the very same: a source may say something twice, not for ever. */
const samePages = 3

/**
 * Says whether a page leads in a circle: back to a place that was left before, or nowhere, with the same answer each time. Several pages
 * behind one and the same place are fine: not every page can be gone on from.
 */
function circleCheck(start: string | null): (page: LivePage) => boolean {
  const left = new Set<string>()
  let at = start
  let last = ''
  let times = 0
  return ({ cursor, request, raw }) => {
    if (cursor !== at) {
      if (at !== null) left.add(at)
      at = cursor
    }
    const said = `${cursor}\n${request}\n${raw ?? ''}`
    times = said === last ? times + 1 : 1
    last = said
    return left.has(cursor) || (raw !== null && times > samePages)
  }
}

const nowhere: CollectionEnd = { mode: 'changes', nextCursor: null, sourceCount: null, window: null }

/** The next page if it comes at once, or if nothing waits to be saved meanwhile. */
async function soon<T>(coming: Promise<T>, isWaiting: boolean): Promise<T | null> {
  if (!isWaiting) return coming
  const stop = new AbortController()
  try {
    return await Promise.race([coming, sleep(patienceMilliseconds, null, { signal: stop.signal }).catch(() => null)])
  } finally {
    stop.abort()
  }
}

interface PageWriter {
  readonly take: (page: LivePage) => void
  readonly isWaiting: () => boolean
  readonly isFull: () => boolean
  readonly commit: () => Promise<void>
  readonly end: (end: CollectionEnd) => Promise<RunCollection>
}

function pageWriter(input: CollectionInput, state: CollectionState, gaps: readonly string[]): PageWriter {
  const { reading, live, collection, counted } = input
  const { mirror, mark } = reading
  const { isWhole } = state
  const speaker = { collection: state.number, generation: state.generation }
  // A collection that goes from parent to parent asks thousands of times: the first few say how.
  const queries = new Set<string>()
  let record: PageRecord = {
    name: collection.name, mode: isWhole ? 'full' : 'changes', query: '', apiVersion: collection.apiVersion, pages: 0, records: 0, sourceCount: null,
    heldCount: null, retries: 0, throttledMs: 0, rejects: 0, gaps: [...gaps], from: null, to: null, isComplete: false, repeated: 0,
  }
  let waiting: LivePage[] = []
  let size = 0
  let bytes = 0

  /** The record with one page more. */
  function recorded(before: PageRecord, page: LivePage): PageRecord {
    queries.add(queries.size < 3 || queries.has(page.request) ? page.request : moreQueries)
    const rejected = new Set(page.rejects.filter(({ effect }) => effect === 'row-rejected').map(({ row }) => row)).size
    return {
      ...before, query: [...queries].join('\n'), pages: before.pages + 1,
      records: before.records + page.records, retries: before.retries + page.retries, throttledMs: before.throttledMs + page.throttledMs,
      rejects: before.rejects + rejected, gaps: [...new Set([...before.gaps, ...page.gaps])],
    }
  }

  async function commit(): Promise<void> {
    const pages = waiting
    const last = pages.at(-1)
    if (last === undefined) return
    const texts = pages.flatMap((page) =>
      page.raw === null ? [] : [{ collection: collection.name, request: page.request, at: live.now(), body: page.raw }])
    const storedBytes = await reading.extract.append(texts)
    let after = record
    try {
      mirror.sqlite.transaction(() => {
        for (const page of pages) {
          after = recorded(after, page)
          const { repeated } = reading.changes.apply(speaker, page.changes)
          const again = reading.usage.take(state.number, page.signIns, counted)
          // In answers to "what changed since" the same entity several times is how it should be.
          after = { ...after, repeated: after.repeated + again.repeated + (isWhole ? repeated : 0) }
          savePageRejects(mirror, mark, page.rejects)
        }
        advanceCollection(mirror, state.number, last.cursor)
        if (storedBytes > 0) setState(mirror, { extract: `${storedBytes} ${reading.extract.file}` })
        savePageRecord(mirror, mark, input.position, after)
      })()
    } catch (error) {
      reading.changes.forget()
      throw error
    }
    record = after
    waiting = []
    size = 0
    bytes = 0
  }

  async function end({ mode, nextCursor, sourceCount, window }: CollectionEnd): Promise<RunCollection> {
    await commit()
    mirror.sqlite.transaction(() => {
      if (mode === 'full') reading.changes.dropUnnamed(speaker)
      endCollection(mirror, state.number, { nextCursor, at: live.now(), reader: mark, window })
      const covered = collectionState(mirror, collection.name).window
      const gapsNow = record.repeated > 0 && mode === 'full' ? [...record.gaps, record.repeated === 1 ? 'The source named one thing twice; its last word stands.' : `The source named something twice ${record.repeated} times; its last word stands.`] : record.gaps
      record = {
        ...record, mode, sourceCount, heldCount: heldCount(mirror, state.number), gaps: gapsNow, from: covered?.from ?? null, to: covered?.to ?? null,
        isComplete: true,
      }
      savePageRecord(mirror, mark, input.position, record)
    })()
    return record
  }

  return {
    take: (page) => {
      waiting.push(page)
      size += page.changes.length + page.signIns.length
      bytes += page.raw?.length ?? 0
      input.onPage(record.records + waiting.reduce((sum, { records }) => sum + records, 0), page.progress)
    },
    isWaiting: () => waiting.length > 0,
    isFull: () => size >= changesPerCommit || bytes >= bytesPerCommit,
    commit, end,
  }
}

const moreQueries = '… and more of the same form; every one is in the raw extract.'
