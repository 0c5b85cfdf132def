import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { Walk } from './queue/queue-rows.ts'
import type { ReviewItem } from './review-types.ts'

/** How many of the following items are fetched ahead, so that a decision never waits for the next one. */
const ahead = 4

export interface OpenItem {
  readonly item: ReviewItem | undefined
  readonly error: unknown
  readonly refetch: () => void
}

/** The open item with its evidence, and the next ones fetched in the background. */
export const useItem = (itemId: number | null, walk: Walk, following: readonly number[]): OpenItem => {
  const engine = useEngine()
  const queries = useQueryClient()
  const query = useQuery(engine.review.item.queryOptions({ input: { itemId: itemId ?? 0 }, enabled: itemId !== null, staleTime: Infinity }))
  const isLoaded = query.data !== undefined
  useEffect(() => {
    if (!isLoaded) return
    const at = itemId === null ? -1 : (walk.placeOf.get(itemId) ?? -1)
    const neighbours = [walk.order[at + 1], walk.order[at - 1]].filter((line) => line !== undefined)
    for (const next of new Set([...following.slice(0, ahead), ...neighbours.map((line) => line.itemId)])) {
      void queries.prefetchQuery(engine.review.item.queryOptions({ input: { itemId: next }, staleTime: Infinity }))
    }
  }, [itemId, isLoaded, walk, following, engine, queries])
  return { item: itemId === null ? undefined : query.data, error: query.error, refetch: () => void query.refetch() }
}
