import { QueryClient } from '@tanstack/react-query'
import { isWorthRetrying } from './failure.ts'

/** The engine is on this machine: "offline" never means unreachable, so calls are made whatever the browser thinks of the network. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: (failures, error) => failures < 1 && isWorthRetrying(error),
        retryDelay: 300,
        staleTime: 5_000,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
