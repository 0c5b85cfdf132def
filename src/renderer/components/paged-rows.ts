import { useQueries, type UseQueryOptions } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'

interface Paged<Page, Row> {
  readonly pageSize: number
  /** The first page is already there and says how many there are. */
  readonly total: number
  readonly queryFor: (from: number) => UseQueryOptions<Page>
  readonly rowsOf: (page: Page) => readonly Row[]
}

/** Rows of a long list, fetched by the page as they come into sight. Pages once seen are kept by the query client for a while. */
export const usePagedRows = <Page, Row>({ pageSize, total, queryFor, rowsOf }: Paged<Page, Row>) => {
  const [sight, setSight] = useState({ first: 0, last: 0 })
  const onSight = useCallback((from: number, to: number): void => {
    const next = { first: Math.floor(from / pageSize), last: Math.floor(to / pageSize) }
    setSight((before) => (before.first === next.first && before.last === next.last ? before : next))
  }, [pageSize])
  const wanted = Array.from({ length: sight.last - sight.first + 1 }, (_, at) => sight.first + at).filter((page) => page === 0 || page * pageSize < total)
  const pages = useQueries({ queries: wanted.map((page) => queryFor(page * pageSize)) })
  const byPage = useMemo(() => new Map(wanted.map((page, at) => [page, pages[at]?.data])), [wanted, pages])
  const rowAt = (index: number): Row | undefined => {
    const page = byPage.get(Math.floor(index / pageSize)) as Page | undefined
    return page === undefined ? undefined : rowsOf(page)[index % pageSize]
  }
  return { rowAt, onSight }
}
