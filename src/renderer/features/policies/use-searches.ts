import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useEngine } from '../../api/engine.ts'

/** The value once it has stood still for a moment, so that typing does not ask at every letter. */
export const useSettled = <T>(value: T, milliseconds = 200): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}

/** What the inventory finds for a text; asked only while somebody types there. */
export const useInventorySearch = (text: string, of: 'identities' | 'entitlements' | 'accounts') => {
  const engine = useEngine()
  const settled = useSettled(text)
  const found = useQuery(engine.inventory.search.queryOptions({ input: { text: settled, of, limit: 20 }, placeholderData: keepPreviousData }))
  return { found: found.data, isSearching: found.isFetching || settled !== text }
}
