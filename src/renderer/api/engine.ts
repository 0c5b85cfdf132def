import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { createContext, useContext } from 'react'
import type { Client } from './client.ts'

export const engineQueries = (client: Client) => createTanstackQueryUtils(client)

export type Engine = ReturnType<typeof engineQueries>

export const EngineContext = createContext<Engine | null>(null)

/** Queries and mutations for every procedure of the contract. */
export const useEngine = (): Engine => {
  const engine = useContext(EngineContext)
  if (engine === null) throw new Error('A screen was drawn outside the engine context')
  return engine
}
