import { useInfiniteQuery, keepPreviousData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'

/** The value once it has stood still for a moment. */
export const useSettled = <T>(value: T, ms: number): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}

export type Group = 'identities' | 'accounts' | 'entitlements'
export const groups: readonly Group[] = ['identities', 'accounts', 'entitlements']

const pageSize = 20

/** One group of what a text finds, by the page. The old results stay until the new ones are there. */
export const useGroup = (text: string, of: Group) => {
  const engine = useEngine()
  return useInfiniteQuery(engine.inventory.search.infiniteOptions({
    input: (from: number) => ({ text, of, from, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.more[of] ? pages.length * pageSize : undefined),
    placeholderData: keepPreviousData,
  }))
}
