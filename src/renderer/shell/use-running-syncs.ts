import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useEngine } from '../api/engine.ts'
import { followSync } from '../api/running-syncs.ts'

const askAgainMs = 5_000

/** Follows every reading the engine is at: those of a window that was closed or loaded anew, and those another window began. */
export const useRunningSyncs = (maySee: boolean): void => {
  const engine = useEngine()
  const queries = useQueryClient()
  const { data, dataUpdatedAt } = useQuery(engine.sources.reading.queryOptions({ enabled: maySee, refetchInterval: askAgainMs, staleTime: 0 }))
  useEffect(() => {
    for (const source of data ?? []) {
      void followSync(source, () => engine.sources.follow.call({ source }), () => void queries.invalidateQueries())
    }
  }, [data, dataUpdatedAt, engine, queries])
}
