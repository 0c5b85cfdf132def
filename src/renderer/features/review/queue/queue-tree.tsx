import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual'
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { Ref } from 'react'
import { t } from '../../../texts/texts.ts'
import { GroupLine, ItemLine } from './queue-lines.tsx'
import { lineNow } from './queue-changes.ts'
import type { Changes } from './queue-changes.ts'
import type { Grouping, QueueRow } from './queue-rows.ts'

export interface QueueTreeHandle { readonly focus: () => void }

interface TreeProps {
  readonly rows: readonly QueueRow[]
  readonly changes: Changes
  readonly grouping: Grouping
  readonly selectedId: number | null
  readonly onSelect: (itemId: number) => void
  readonly onFold: (groupKey: string, isFolded: boolean) => void
  /** Folds or unfolds the group the selected item is in. */
  readonly onFoldSelected: (isFolded: boolean) => void
  readonly handle: Ref<QueueTreeHandle>
}

const heights = { group: 34, item: 46 } as const
/** Keeps a line's element when lines come or go above it. */
const keyOf = (row: QueueRow | undefined, at: number): string | number =>
  row === undefined ? at : row.kind === 'group' ? `g${row.group.key}` : row.item.itemId
const rowId = (row: QueueRow): string => (row.kind === 'group' ? `queue-g-${row.position}` : `queue-i-${row.item.itemId}`)

/**
 * The queue as a tree: groups with their items. Only what is in sight is in the document, so level, position and size are told to
 * assistive technology on every line. The selected line is always drawn, because the focus points to it.
 */
export const QueueTree = ({ rows, changes, grouping, selectedId, onSelect, onFold, onFoldSelected, handle }: TreeProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const selectedAt = useMemo(() => {
    const at = rows.findIndex((row) => row.kind === 'item' && row.item.itemId === selectedId)
    // Its group is folded: then the group's line stands for it.
    return at >= 0 ? at : rows.findIndex((row) => row.kind === 'group' && row.group.items.some((item) => item.itemId === selectedId))
  }, [rows, selectedId])
  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus() }), [])

  // The same function as long as the rows are the same: another one has every line measured anew, for what it is decides its height.
  const getItemKey = useCallback((at: number) => keyOf(rows[at], at), [rows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => heights[rows[at]?.kind ?? 'item'],
    getItemKey,
    overscan: 8,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range)
      return selectedAt < 0 || drawn.includes(selectedAt) ? drawn : [...drawn, selectedAt].toSorted((a, b) => a - b)
    },
  })
  // A line that leaves the sight comes back a third from the edge it came from: what is next is in sight as well, and the list stands still
  // for the next few decisions. Worked out from what is known already: asking the document would have all of it laid out within the key press.
  useEffect(() => {
    const place = virtual.measurementsCache[selectedAt]
    const seen = virtual.scrollRect?.height ?? 0
    if (place === undefined || seen === 0 || scroller.current === null) return
    const top = virtual.scrollOffset ?? 0
    if (top > Math.max(0, place.start - heights.group)) scroller.current.scrollTop = place.end - (seen * 2) / 3
    else if (top < place.end + heights.item - seen) scroller.current.scrollTop = place.start - seen / 3
  }, [selectedAt, virtual])

  const selectedRow = rows[selectedAt]
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault()
      onFoldSelected(event.key === 'ArrowLeft')
    } else if (event.key === 'Home' || event.key === 'End') {
      const edge = event.key === 'Home' ? rows.find((row) => row.kind === 'item') : rows.findLast((row) => row.kind === 'item')
      if (edge === undefined) return
      event.preventDefault()
      onSelect(edge.item.itemId)
    }
  }

  return (
    <div
      ref={scroller} className="queue-tree" role="tree" aria-label={t.review.queue.tree} tabIndex={0} onKeyDown={onKeyDown}
      aria-activedescendant={selectedRow === undefined ? undefined : rowId(selectedRow)}
    >
      <div className="queue-canvas" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((place) => {
          const row = rows[place.index]
          if (row === undefined) return null
          const style = { transform: `translateY(${place.start}px)`, height: place.size }
          return row.kind === 'group' ? (
            <GroupLine key={place.key} id={rowId(row)} row={row} grouping={grouping} style={style} isActive={place.index === selectedAt} changes={changes}
              onFold={onFold} />
          ) : (
            <ItemLine key={place.key} id={rowId(row)} row={row} item={lineNow(row.item, changes)} grouping={grouping} style={style}
              isSelected={row.item.itemId === selectedId} onSelect={onSelect} />
          )
        })}
      </div>
    </div>
  )
}
