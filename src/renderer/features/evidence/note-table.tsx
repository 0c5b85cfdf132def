import type { ReactNode } from 'react'

export interface NoteColumn<T> {
  readonly title: string
  readonly of: (row: T) => ReactNode
  readonly isNumber?: boolean
}

/** A short table, or the sentence that says there is nothing yet. */
export const NoteTable = <T,>({ label, rows, columns, empty, keyOf }: {
  readonly label: string
  readonly rows: readonly T[]
  readonly columns: readonly NoteColumn<T>[]
  readonly empty: string
  readonly keyOf: (row: T) => number
}) => (rows.length === 0 ? <p className="faint">{empty}</p> : (
  // Wide tables scroll in their own box, which the keyboard has to reach.
  <div className="note-table-box" role="group" aria-label={label} tabIndex={0}>
    <table className="note-table">
      <thead>
        <tr>{columns.map(({ title, isNumber }) => <th key={title} scope="col" className={isNumber === true ? 'number' : undefined}>{title}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>{columns.map(({ title, of, isNumber }) => <td key={title} className={isNumber === true ? 'number' : undefined}>{of(row)}</td>)}</tr>
        ))}
      </tbody>
    </table>
  </div>
))
