import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { useSettled } from '../../components/use-settled.ts'

/** What the inventory finds for a text; asked only while somebody types there. */
export const useInventorySearch = (text: string, of: 'identities' | 'entitlements' | 'accounts') => {
  const engine = useEngine()
  const settled = useSettled(text)
  const found = useQuery(engine.inventory.search.queryOptions({ input: { text: settled, of, limit: 20 }, placeholderData: keepPreviousData }))
  return { found: found.data, isSearching: found.isFetching || settled !== text }
}
