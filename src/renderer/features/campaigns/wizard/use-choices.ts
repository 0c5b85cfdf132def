import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import type { Choices } from './scope-fields.tsx'

const none: Choices = { sources: [], applications: [], departments: [] }

/** What a set of grants can be narrowed to; nothing while it is being asked. */
export const useChoices = (asOf: string): Choices => {
  const engine = useEngine()
  return useQuery(engine.campaigns.choices.queryOptions({ input: { asOf } })).data ?? none
}
