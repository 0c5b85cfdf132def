import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { QueueItem, ReviewItem } from './review-types.ts'

/** How many of the following items are fetched ahead, so that a decision never waits for the next one. */
const ahead = 4

export interface OpenItem {
  readonly item: ReviewItem | undefined
  readonly error: unknown
  readonly refetch: () => void
}

/** The open item with its evidence, and the next ones fetched in the background. */
export const useItem = (itemId: number | null, order: readonly QueueItem[]): OpenItem => {
  const engine = useEngine()
  const queries = useQueryClient()
  const query = useQuery(engine.review.item.queryOptions({ input: { itemId: itemId ?? 0 }, enabled: itemId !== null, staleTime: Infinity }))
  const isLoaded = query.data !== undefined
  useEffect(() => {
    if (!isLoaded) return
    const at = order.findIndex((line) => line.itemId === itemId)
    const following = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))].filter((line) => line.state === 'undecided').slice(0,
      ahead)
    const neighbours = [order[at + 1], order[at - 1]].filter((line) => line !== undefined)
    for (const line of [...following, ...neighbours]) {
      void queries.prefetchQuery(engine.review.item.queryOptions({ input: { itemId: line.itemId }, staleTime: Infinity }))
    }
  }, [itemId, isLoaded, order, engine, queries])
  return { item: itemId === null ? undefined : query.data, error: query.error, refetch: () => void query.refetch() }
}
