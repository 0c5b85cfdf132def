import type { QueueItem } from '../review-types.ts'
import { lineNow, noChanges } from './queue-changes.ts'
import type { Changes } from './queue-changes.ts'

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
  | { readonly kind: 'group'; readonly group: QueueGroup; readonly isOpen: boolean; readonly position: number; readonly size: number }
  | { readonly kind: 'item'; readonly item: QueueItem; readonly groupKey: string; readonly position: number; readonly size: number }

/** Whether a decision can move a line in or out of the filter. */
export const followsState = (filter: QueueFilter): boolean => filter !== 'all'

const matches = (item: QueueItem, filter: QueueFilter): boolean => {
  if (filter === 'undecided') return item.state === 'undecided'
  if (filter === 'decided') return item.state !== 'undecided'
  if (filter === 'flagged') return item.isFlagged || item.modelDisagrees
  return true
}

const searchable = (item: QueueItem): string =>
  [item.subjectName, item.entitlementName, item.application, item.subjectTitle ?? '', item.subjectDepartment ?? ''].join(' ').toLocaleLowerCase()

/** Every word typed must occur somewhere in the line. */
export const filterQueue = (items: readonly QueueItem[], filter: QueueFilter, search: string, changes: Changes = noChanges): readonly QueueItem[] => {
  const words = search.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '')
  if (filter === 'all' && words.length === 0) return items
  return items.filter((item) => {
    if (!matches(lineNow(item, changes), filter)) return false
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

/** How many of a group are undecided. */
export const undecidedIn = (group: QueueGroup, changes: Changes): number => {
  let undecided = 0
  for (const item of group.items) if (lineNow(item, changes).state === 'undecided') undecided += 1
  return undecided
}

const isStandingOut = (item: QueueItem): boolean => item.isFlagged || item.modelDisagrees

export const countFlagged = (items: readonly QueueItem[]): number => {
  let flagged = 0
  for (const item of items) if (isStandingOut(item)) flagged += 1
  return flagged
}

/** The same once the changes are counted in: a choice shows a flag that was hidden. */
export const flaggedNow = (before: number, byId: ReadonlyMap<number, QueueItem>, changes: Changes): number => {
  let flagged = before
  for (const [itemId, line] of changes) {
    const loaded = byId.get(itemId)
    if (loaded !== undefined) flagged += Number(isStandingOut(line)) - Number(isStandingOut(loaded))
  }
  return flagged
}

export const toRows = (groups: readonly QueueGroup[], folded: ReadonlySet<string>): readonly QueueRow[] => {
  const rows: QueueRow[] = []
  for (const [index, group] of groups.entries()) {
    const isOpen = !folded.has(group.key)
    rows.push({ kind: 'group', group, isOpen, position: index + 1, size: groups.length })
    if (!isOpen) continue
    for (const [at, item] of group.items.entries()) rows.push({ kind: 'item', item, groupKey: group.key, position: at + 1, size: group.items.length })
  }
  return rows
}

/** The items in the order they are walked through, and each one's place in it; folded groups included: folding hides, it does not skip. */
export interface Walk {
  readonly order: readonly QueueItem[]
  readonly placeOf: ReadonlyMap<number, number>
}

export const walkOf = (groups: readonly QueueGroup[]): Walk => {
  const order: QueueItem[] = []
  const placeOf = new Map<number, number>()
  for (const { items } of groups) {
    for (const item of items) {
      placeOf.set(item.itemId, order.length)
      order.push(item)
    }
  }
  return { order, placeOf }
}

/** The item one step away, or null at the end. An unknown start begins at the first. */
export const stepFrom = ({ order, placeOf }: Walk, itemId: number | null, step: 1 | -1): QueueItem | null => {
  const at = itemId === null ? undefined : placeOf.get(itemId)
  return (at === undefined ? order[0] : order[at + step]) ?? null
}

/** The next `most` undecided items after `itemId`, going round to the start once. */
export const undecidedAfter = ({ order, placeOf }: Walk, itemId: number | null, changes: Changes, most: number): readonly QueueItem[] => {
  const start = itemId === null ? -1 : (placeOf.get(itemId) ?? -1)
  const found: QueueItem[] = []
  for (let step = 1; step <= order.length && found.length < most; step += 1) {
    const item = order[(start + step) % order.length]
    if (item !== undefined && item.itemId !== itemId && lineNow(item, changes).state === 'undecided') found.push(item)
  }
  return found
}

/** The next undecided item; null when everything else is decided. */
export const nextUndecided = (walk: Walk, itemId: number | null, changes: Changes): QueueItem | null => undecidedAfter(walk, itemId, changes, 1)[0] ?? null
