import { setState, mirrorState, type Mirror } from './mirror-file.ts'
import type { AccountContent } from './snapshot-hash.ts'

// The mirror and the store are two files, so a crash can fall between the store's commit and the mirror's. Before the store takes a reading
// over, the mirror says which one; whoever opens it next compares that with what the store knows and finishes, or forgets, the other half.

/** Names a reading for good: a restored store may give the same run number to another one. */
export function readingMark(run: { readonly id: number; readonly startedAt: string }): string {
  return `${run.id}@${run.startedAt}`
}

/**
 * `known`: the last reading of this source the store took over; null = none. Returns false when the mirror belongs to another history (a
 * backup was restored, a reading of the store is unknown here): its cursors would skip what the store never saw, so it must be read anew.
 */
export function reconcileMirror(mirror: Mirror, known: string | null): boolean {
  const { merged, merging } = mirrorState(mirror)
  if (merging !== null && merging === known) {
    finishMerge(mirror, merging, new Map())
    return true
  }
  if (merged !== known) return false
  if (merging !== null) setState(mirror, { merging: null })
  return true
}

/** Says which reading the store is about to take over. What is known of the touched accounts' content is void from here on. */
export function beginMerge(mirror: Mirror, mark: string, touched: readonly string[] | null): void {
  const { sqlite } = mirror
  sqlite.transaction(() => {
    setState(mirror, { merging: mark })
    if (touched === null) sqlite.exec('DELETE FROM account_content')
    else {
      const drop = sqlite.prepare(`DELETE FROM account_content WHERE n = (SELECT n FROM node WHERE of_kind = 'account' AND id = ?)`)
      for (const id of touched) drop.run(id)
    }
  })()
}

/** The store took the reading over: nothing is touched any more, and the logs that were complete have been counted. */
export function finishMerge(mirror: Mirror, mark: string, computed: ReadonlyMap<string, AccountContent>): void {
  const { sqlite } = mirror
  const insert = sqlite.prepare(
    `INSERT OR REPLACE INTO account_content (n, grants, hash) SELECT n, ?, ? FROM node WHERE of_kind = 'account' AND id = ?`,
  )
  sqlite.transaction(() => {
    for (const [account, { grants, hash }] of computed) insert.run(grants, hash, account)
    sqlite.exec(
      `DELETE FROM touched;
       DELETE FROM usage_sum WHERE collection IN (SELECT number FROM collection WHERE is_reading = 0);
       UPDATE collection SET window_from = NULL, window_to = NULL WHERE is_reading = 0;
       UPDATE collection SET completed_at = NULL, completed_by = NULL`,
    )
    setState(mirror, { merged: mark, merging: null })
  })()
}

/** The content hashes of the accounts that are as the store last took them over. */
export function knownContent({ sqlite }: Mirror): ReadonlyMap<string, AccountContent> {
  const rows = sqlite.prepare<[], { id: string } & AccountContent>('SELECT node.id, grants, hash FROM account_content JOIN node USING (n)').all()
  return new Map(rows.map(({ id, grants, hash }) => [id, { grants, hash }]))
}
