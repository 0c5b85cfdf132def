import type { Reject } from '../../shared/model/source.ts'
import type { StagingFile } from './staging-file.ts'

export interface RejectStaging {
  readonly take: (rejects: readonly Reject[]) => void
  readonly totals: () => { readonly rows: number; readonly fields: number; readonly unread: number }
}

/**
 * Keeps every rejected row. `rows` counts rows of which nothing was taken, once each, `fields` the fields left out of others, `unread` those
 * of `rows` that may name somebody or something no other row does.
 */
export function rejectStaging({ sqlite }: StagingFile): RejectStaging {
  const insert = sqlite.prepare<[number, string | null, string, string, string, string]>(
    'INSERT INTO staged_reject (row_number, column_name, code, reason, effect, raw) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const count = sqlite
    .prepare<[], number>(`SELECT count(DISTINCT row_number) FROM staged_reject WHERE effect = 'row-rejected'`)
    .pluck(true)
  const unread = sqlite
    .prepare<[], number>(`SELECT count(DISTINCT row_number) FROM staged_reject WHERE effect = 'row-rejected' AND code <> 'duplicate-id'`)
    .pluck(true)
  let fields = 0
  return {
    take: (rejects) => {
      for (const { row, column, code, reason, effect, raw } of rejects) {
        insert.run(row, column, code, reason, effect, raw)
        if (effect === 'field-dropped') fields++
      }
    },
    totals: () => ({ rows: count.get() ?? 0, fields, unread: unread.get() ?? 0 }),
  }
}
