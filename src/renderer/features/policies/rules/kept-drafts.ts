import { useState } from 'react'
import type { RuleDraft } from './rule-draft.ts'

/** Unsaved rules by id (`new` for one that has none yet). Kept while the app is open, so that looking elsewhere loses nothing. */
const kept = new Map<string, RuleDraft>()

export interface KeptDrafts {
  readonly of: (key: string) => RuleDraft | undefined
  readonly keep: (key: string, draft: RuleDraft) => void
  readonly drop: (key: string) => void
}

export const useKeptDrafts = (): KeptDrafts => {
  const [, drawAnew] = useState(0)
  return {
    of: (key) => kept.get(key),
    keep: (key, draft) => {
      kept.set(key, draft)
      drawAnew((round) => round + 1)
    },
    drop: (key) => {
      kept.delete(key)
      drawAnew((round) => round + 1)
    },
  }
}
