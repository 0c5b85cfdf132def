import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { ApplyOutcome } from './remediation-types.ts'

export type Removing =
  | { readonly at: 'trying'; readonly step: string }
  | { readonly at: 'tried'; readonly outcomes: readonly ApplyOutcome[]; readonly error: unknown }
  | { readonly at: 'removing'; readonly step: string }
  | { readonly at: 'done'; readonly outcomes: readonly ApplyOutcome[] }
  | { readonly at: 'failed'; readonly error: unknown }

/** Asks the source first, then removes on approval; leaving stops what has not been sent yet. */
export const useRemoving = (ids: readonly number[]): { readonly state: Removing; readonly remove: (ids: readonly number[], passphrase: string) => void } => {
  const engine = useEngine()
  const queries = useQueryClient()
  const [state, setState] = useState<Removing>({ at: 'trying', step: '' })
  const stopper = useRef<AbortController | null>(null)

  // A mount that is undone and done again (as React may) stops the first question and asks anew: nothing is changed by asking.
  useEffect(() => {
    const controller = new AbortController()
    const tryFirst = async (): Promise<void> => {
      try {
        for await (const step of await engine.remediation.tryRemovals.call({ ids: [...ids] }, { signal: controller.signal })) {
          if (!controller.signal.aborted) setState(step.state === 'done' ? { at: 'tried', outcomes: step.result, error: null } : { at: 'trying', step: step.step })
        }
      } catch (error) {
        if (!controller.signal.aborted) setState({ at: 'failed', error })
      }
    }
    void tryFirst()
    return () => controller.abort()
  }, [engine, ids])
  useEffect(() => () => stopper.current?.abort(), [])

  const remove = async (chosen: readonly number[], passphrase: string): Promise<void> => {
    const tried = state.at === 'tried' ? state.outcomes : []
    const controller = new AbortController()
    stopper.current = controller
    setState({ at: 'removing', step: '' })
    try {
      for await (const step of await engine.remediation.applyRemovals.call({ ids: [...chosen], passphrase }, { signal: controller.signal })) {
        setState(step.state === 'done' ? { at: 'done', outcomes: step.result } : { at: 'removing', step: step.step })
      }
    } catch (error) {
      if (!controller.signal.aborted) setState({ at: 'tried', outcomes: tried, error })
    } finally {
      await queries.invalidateQueries({ queryKey: engine.remediation.key() })
    }
  }
  return { state, remove: (chosen, passphrase) => void remove(chosen, passphrase) }
}
