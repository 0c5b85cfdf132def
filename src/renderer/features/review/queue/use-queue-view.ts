import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { QueueItem } from '../review-types.ts'
import type { Changes } from './queue-changes.ts'
import { filterQueue, followsState, groupQueue, toRows, walkOf } from './queue-rows.ts'
import type { Grouping, QueueFilter, QueueRow, Walk } from './queue-rows.ts'

export interface QueueView {
  readonly filter: QueueFilter
  readonly grouping: Grouping
  readonly search: string
  readonly rows: readonly QueueRow[]
  /** The items shown, in the order the keys walk them. */
  readonly walk: Walk
  readonly setFilter: (filter: QueueFilter) => void
  readonly setGrouping: (grouping: Grouping) => void
  readonly setSearch: (search: string) => void
  readonly fold: (groupKey: string, isFolded: boolean) => void
  /** Folds or unfolds the group of an item. */
  readonly foldGroupOf: (itemId: number, isFolded: boolean) => void
  readonly showAll: () => void
}

/** What of the queue is shown, and how. Nothing of it is worked out anew for a decision, unless the filter asks what is decided. */
export const useQueueView = (items: readonly QueueItem[], changes: Changes): QueueView => {
  const [filter, setFilter] = useState<QueueFilter>('all')
  const [grouping, setGrouping] = useState<Grouping>('person')
  const [search, setSearch] = useState('')
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  // Typing stays quick on a long queue: the list may follow a moment later.
  const words = useDeferredValue(search)
  const counting = followsState(filter) ? changes : undefined
  const groups = useMemo(() => groupQueue(filterQueue(items, filter, words, counting), grouping), [items, filter, words, grouping, counting])
  const rows = useMemo(() => toRows(groups, folded), [groups, folded])
  const walk = useMemo(() => walkOf(groups), [groups])
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
    const item = walk.order[walk.placeOf.get(itemId) ?? -1]
    if (item !== undefined) fold(grouping === 'person' ? item.subjectKey : item.application, isFolded)
  }, [walk, grouping, fold])
  const showAll = useCallback(() => {
    setFilter('all')
    setSearch('')
  }, [])
  return { filter, grouping, search, rows, walk, setFilter, setGrouping, setSearch, fold, foldGroupOf, showAll }
}
