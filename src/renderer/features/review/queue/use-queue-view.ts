import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { QueueItem } from '../review-types.ts'
import { countByFilter, filterQueue, groupQueue, toRows, walkOrder } from './queue-rows.ts'
import type { Grouping, QueueFilter, QueueRow } from './queue-rows.ts'

export interface QueueView {
  readonly filter: QueueFilter
  readonly grouping: Grouping
  readonly search: string
  readonly rows: readonly QueueRow[]
  /** The items shown, in the order the keys walk them. */
  readonly order: readonly QueueItem[]
  readonly counts: Record<QueueFilter, number>
  readonly setFilter: (filter: QueueFilter) => void
  readonly setGrouping: (grouping: Grouping) => void
  readonly setSearch: (search: string) => void
  readonly fold: (groupKey: string, isFolded: boolean) => void
  /** Folds or unfolds the group of an item. */
  readonly foldGroupOf: (itemId: number, isFolded: boolean) => void
  readonly showAll: () => void
}

/** What of the queue is shown, and how. */
export const useQueueView = (items: readonly QueueItem[]): QueueView => {
  const [filter, setFilter] = useState<QueueFilter>('all')
  const [grouping, setGrouping] = useState<Grouping>('person')
  const [search, setSearch] = useState('')
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  // Typing stays quick on a long queue: the list may follow a moment later.
  const words = useDeferredValue(search)
  const groups = useMemo(() => groupQueue(filterQueue(items, filter, words), grouping), [items, filter, words, grouping])
  const rows = useMemo(() => toRows(groups, folded), [groups, folded])
  const order = useMemo(() => walkOrder(groups), [groups])
  const counts = useMemo(() => countByFilter(items), [items])
  const fold = useCallback((groupKey: string, isFolded: boolean) => {
    setFolded((before) => {
      if (before.has(groupKey) === isFolded) return before
      const after = new Set(before)
      if (isFolded) after.add(groupKey)
      else after.delete(groupKey)
      return after
    })
  }, [])
  const foldGroupOf = useCallback((itemId: number, isFolded: boolean) => {
    const group = groups.find((one) => one.items.some((item) => item.itemId === itemId))
    if (group !== undefined) fold(group.key, isFolded)
  }, [groups, fold])
  const showAll = useCallback(() => {
    setFilter('all')
    setSearch('')
  }, [])
  return { filter, grouping, search, rows, order, counts, setFilter, setGrouping, setSearch, fold, foldGroupOf, showAll }
}
