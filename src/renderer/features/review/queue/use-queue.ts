import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useEngine } from '../../../api/engine.ts'
import type { Engine } from '../../../api/engine.ts'
import type { QueryClient } from '@tanstack/react-query'
import type { Queue, QueueItem } from '../review-types.ts'
import { noChanges, withChange, withChanges, withoutItems } from './queue-changes.ts'

/** Enough to fill any screen, little enough to be there at once. */
const firstPage = 400
/** A page is a moment's work for the engine, so that decisions never wait long behind one. */
const nextPages = 2_500

/** Under the contract's own key, so that whoever says that queues have changed means this one, too. */
export const queueKey = (engine: Engine, campaign: number): readonly unknown[] =>
  [...engine.review.queue.queryKey({ input: { campaign } }), 'by page']

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

/** Lets whatever a person waits for go first: the item they open, the decision they took. */
const whenCalm = async (queries: QueryClient, signal: AbortSignal): Promise<void> => {
  await pause(20)
  for (let waited = 0; waited < 80 && !signal.aborted && (queries.isFetching() > 0 || queries.isMutating() > 0); waited += 1) await pause(25)
}

const readOn = async (engine: Engine, campaign: number, from: readonly QueueItem[], signal: AbortSignal, turn: () => Promise<void> = async () => undefined): Promise<readonly QueueItem[]> => {
  const items = [...from]
  for (;;) {
    await turn()
    const page = await engine.review.queue.call({ campaign, after: items.at(-1)?.n ?? 0, limit: nextPages }, { signal })
    for (const item of page.items) items.push(item)
    if (page.items.length < nextPages) return items
  }
}

/** The queue: its riskiest items at once, the rest in the background. */
export const useQueue = (campaign: number) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const key = useMemo(() => queueKey(engine, campaign), [engine, campaign])
  const query = useQuery({
    queryKey: key, staleTime: Infinity, structuralSharing: false,
    queryFn: async ({ signal }): Promise<Queue> => {
      const first = await engine.review.queue.call({ campaign, limit: firstPage }, { signal })
      const isWhole = first.items.length < firstPage
      // Asked for again, or nothing to do on the first page: nobody should look at a part of the queue then.
      const mustBeWhole = queries.getQueryData<Queue>(key)?.isWhole === true || !first.items.some((item) => item.state === 'undecided')
      const items = isWhole || !mustBeWhole ? first.items : await readOn(engine, campaign, first.items, signal)
      return { ...first, items, isWhole: isWhole || mustBeWhole, changes: noChanges }
    },
  })
  const { data } = query
  const loaded = data?.isWhole === false ? data.items : null

  useEffect(() => {
    if (loaded === null) return undefined
    const stop = new AbortController()
    const readRest = async (): Promise<void> => {
      const items = await readOn(engine, campaign, loaded, stop.signal, () => whenCalm(queries, stop.signal))
      queries.setQueryData<Queue>(key, (queue) => (queue?.items === loaded ? { ...queue, items, isWhole: true } : queue))
    }
    // What is there can be worked on; the rest is asked for again when the screen opens next.
    readRest().catch(() => undefined)
    return () => stop.abort()
  }, [loaded, campaign, key, engine, queries])
  return query
}

/** Notes what became of many lines at once, by number. Those not read yet may just be on their way as they were, so all is asked for again then. */
export const useLinesChange = (campaignId: number): ((items: readonly number[], change: Partial<QueueItem>) => void) => {
  const engine = useEngine()
  const queries = useQueryClient()
  return (items, change) => {
    const key = queueKey(engine, campaignId)
    const queue = queries.getQueryData<Queue>(key)
    if (queue === undefined) return
    const wanted = new Set(items)
    const lines = queue.items.filter(({ itemId }) => wanted.has(itemId))
    if (lines.length < wanted.size) void queries.invalidateQueries({ queryKey: key })
    else queries.setQueryData<Queue>(key, { ...queue, changes: withChanges(queue.changes, lines, change) })
  }
}

/** Takes lines out that lie before somebody else now. What is still being read goes on behind the last line that is there. */
export const useLinesLeave = (campaignId: number): ((items: readonly number[]) => void) => {
  const engine = useEngine()
  const queries = useQueryClient()
  return (items) => {
    queries.setQueryData<Queue>(queueKey(engine, campaignId), (queue) => (queue === undefined ? queue : withoutItems(queue, new Set(items))))
  }
}

/** Notes what became of a line; the engine's queue says the same once it is asked again. */
export const useLineChange = (campaign: number): ((item: QueueItem, change: Partial<QueueItem>) => void) => {
  const engine = useEngine()
  const queries = useQueryClient()
  return (item, change) => {
    queries.setQueryData<Queue>(queueKey(engine, campaign), (queue) =>
      (queue === undefined ? queue : { ...queue, changes: withChange(queue.changes, item, change) }))
  }
}
