import { useInfiniteQuery, keepPreviousData } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'

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
