import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { t } from '../texts/texts.ts'
import './virtual-table.css'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** A grid track: `minmax(0, 2fr)`, `8rem`. */
  readonly track: string
  readonly isNumber?: boolean
  readonly cell: (row: Row) => ReactNode
}

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly total: number
  /** Undefined while that row is on its way. */
  readonly rowAt: (index: number) => Row | undefined
  /** Rows in sight, so that they can be fetched. */
  readonly onSight?: (from: number, to: number) => void
  readonly rowHeight?: number
  /** Rows shown before it scrolls. */
  readonly most?: number
}

/**
 * A table of any length: only rows in sight are in the document, so their place and the whole number are told to assistive technology.
 * It scrolls by keyboard; what can be done with a row is inside its cells.
 */
export const VirtualTable = <Row,>({ label, columns, total, rowAt, onSight, rowHeight = 46, most = 12 }: TableProps<Row>) => {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 6 })
  const places = virtual.getVirtualItems()
  const first = places[0]?.index ?? 0
  const last = places.at(-1)?.index ?? 0
  useEffect(() => onSight?.(first, last), [onSight, first, last])
  const tracks: CSSProperties = { gridTemplateColumns: columns.map(({ track }) => track).join(' ') }
  return (
    <div className="virtual-table" role="table" aria-label={label} aria-rowcount={total + 1} aria-colcount={columns.length}>
      <div role="rowgroup">
        <div className="virtual-table-head" role="row" aria-rowindex={1} style={tracks}>
          {columns.map(({ key, title, isNumber }) => (
            <span key={key} role="columnheader" className={isNumber === true ? 'number' : undefined}>{title}</span>
          ))}
        </div>
      </div>
      <div className="virtual-table-body" role="rowgroup" ref={scroller} tabIndex={0} aria-label={label}
        style={{ height: Math.min(total, most) * rowHeight + (total > most ? rowHeight / 2 : 1) }}>
        <div className="virtual-table-canvas" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {places.map(({ index, key, start, size }) => {
            const row = rowAt(index)
            return (
              <div key={key} className="virtual-table-row" role="row" aria-rowindex={index + 2} style={{ ...tracks, height: size, transform: `translateY(${start}px)` }}>
                {row === undefined ? <span role="cell" className="faint">{t.loading}</span>
                  : columns.map((column) => (
                    <span key={column.key} role="cell" className={column.isNumber === true ? 'number' : undefined}>{column.cell(row)}</span>
                  ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
