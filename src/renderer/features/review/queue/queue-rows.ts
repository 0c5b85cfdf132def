import type { QueueItem } from '../review-types.ts'

export type Grouping = 'person' | 'application'
export type QueueFilter = 'all' | 'undecided' | 'flagged' | 'decided'
export const queueFilters: readonly QueueFilter[] = ['all', 'undecided', 'flagged', 'decided']

export interface QueueGroup {
  readonly key: string
  readonly name: string
  readonly items: readonly QueueItem[]
}

/** One line of the drawn list. Positions count from 1 within the line's own level, as assistive technology expects. */
export type QueueRow =
  | { readonly kind: 'group'; readonly group: QueueGroup; readonly undecided: number; readonly isOpen: boolean; readonly position: number;
    readonly size: number }
  | { readonly kind: 'item'; readonly item: QueueItem; readonly groupKey: string; readonly position: number; readonly size: number }

const matches = (item: QueueItem, filter: QueueFilter): boolean => {
  if (filter === 'undecided') return item.state === 'undecided'
  if (filter === 'decided') return item.state !== 'undecided'
  if (filter === 'flagged') return item.isFlagged || item.modelDisagrees
  return true
}

const searchable = (item: QueueItem): string =>
  [item.subjectName, item.entitlementName, item.application, item.subjectTitle ?? '', item.subjectDepartment ?? ''].join(' ').toLocaleLowerCase()

/** Every word typed must occur somewhere in the line. */
export const filterQueue = (items: readonly QueueItem[], filter: QueueFilter, search: string): readonly QueueItem[] => {
  const words = search.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '')
  return items.filter((item) => {
    if (!matches(item, filter)) return false
    if (words.length === 0) return true
    const text = searchable(item)
    return words.every((word) => text.includes(word))
  })
}

/**
 * Groups in the order of their riskiest item. The engine's order is kept as it is, riskiest first: sorting by what is visible here
 * would give hidden advice away by its place.
 */
export const groupQueue = (items: readonly QueueItem[], grouping: Grouping): readonly QueueGroup[] => {
  const groups = new Map<string, { key: string; name: string; items: QueueItem[] }>()
  for (const item of items) {
    const key = grouping === 'person' ? item.subjectKey : item.application
    const group = groups.get(key)
    if (group !== undefined) group.items.push(item)
    else groups.set(key, { key, name: grouping === 'person' ? item.subjectName : item.application, items: [item] })
  }
  return [...groups.values()]
}

/** Counts for the filter's buttons, over the whole queue. */
export const countByFilter = (items: readonly QueueItem[]): Record<QueueFilter, number> => ({
  all: items.length,
  undecided: items.filter((item) => item.state === 'undecided').length,
  flagged: items.filter((item) => item.isFlagged || item.modelDisagrees).length,
  decided: items.filter((item) => item.state !== 'undecided').length,
})

export const toRows = (groups: readonly QueueGroup[], folded: ReadonlySet<string>): readonly QueueRow[] =>
  groups.flatMap((group, index): readonly QueueRow[] => {
    const isOpen = !folded.has(group.key)
    const undecided = group.items.filter((item) => item.state === 'undecided').length
    const head: QueueRow = { kind: 'group', group, undecided, isOpen, position: index + 1, size: groups.length }
    if (!isOpen) return [head]
    const size = group.items.length
    return [head, ...group.items.map((item, at): QueueRow => ({ kind: 'item', item, groupKey: group.key, position: at + 1, size }))]
  })

/** Items in the order they are walked through, folded groups included: folding hides, it does not skip. */
export const walkOrder = (groups: readonly QueueGroup[]): readonly QueueItem[] => groups.flatMap((group) => group.items)

/** The item one step away, or null at the end. An unknown start begins at the first. */
export const stepFrom = (order: readonly QueueItem[], itemId: number | null, step: 1 | -1): QueueItem | null => {
  const at = order.findIndex((item) => item.itemId === itemId)
  if (at < 0) return order[0] ?? null
  return order[at + step] ?? null
}

/** The next undecided item after `itemId`, going round to the start once; null when everything is decided. */
export const nextUndecided = (order: readonly QueueItem[], itemId: number | null): QueueItem | null => {
  const at = order.findIndex((item) => item.itemId === itemId)
  const round = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0))]
  return round.find((item) => item.state === 'undecided' && item.itemId !== itemId) ?? null
}

/** How many items a language model may word ahead. */
const wordedAhead = 5

/** The undecided items that come after this one, for whatever is prepared in advance. */
export const followingOf = (order: readonly QueueItem[], itemId: number | null): readonly number[] => {
  const at = order.findIndex((item) => item.itemId === itemId)
  const round = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0))]
  return round.filter((item) => item.state === 'undecided').slice(0, wordedAhead).map((item) => item.itemId)
}
