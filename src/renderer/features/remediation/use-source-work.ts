import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useEngine, type Engine } from '../../api/engine.ts'
import type { ApplyOutcome, GiveBackOutcome } from './remediation-types.ts'

/** What is done through the source's connection: taking rights away, or giving wrongly removed ones back. */
export type SourceWork = 'remove' | 'give-back'
export type SourceOutcome = ApplyOutcome | GiveBackOutcome

export type Working =
  | { readonly at: 'trying'; readonly step: string }
  | { readonly at: 'tried'; readonly outcomes: readonly SourceOutcome[]; readonly error: unknown }
  | { readonly at: 'doing'; readonly step: string }
  | { readonly at: 'done'; readonly outcomes: readonly SourceOutcome[] }
  | { readonly at: 'failed'; readonly error: unknown }

type Steps = AsyncIterable<{ readonly state: 'working'; readonly step: string } | { readonly state: 'done'; readonly result: SourceOutcome[] }>
type Stop = { readonly signal: AbortSignal }

const asking = (engine: Engine, work: SourceWork, ids: number[], stop: Stop): Promise<Steps> =>
  (work === 'remove' ? engine.remediation.tryRemovals.call({ ids }, stop) : engine.remediation.tryGiveBack.call({ ids }, stop))

const acting = (engine: Engine, work: SourceWork, ids: number[], passphrase: string, stop: Stop): Promise<Steps> =>
  (work === 'remove' ? engine.remediation.applyRemovals.call({ ids, passphrase }, stop) : engine.remediation.giveBack.call({ ids, passphrase }, stop))

/** Asks the source first, then acts on approval; leaving stops what has not been sent yet. */
export const useSourceWork = (work: SourceWork, ids: readonly number[]): { readonly state: Working; readonly approve: (ids: readonly number[], passphrase: string) => void } => {
  const engine = useEngine()
  const queries = useQueryClient()
  const [state, setState] = useState<Working>({ at: 'trying', step: '' })
  const stopper = useRef<AbortController | null>(null)

  // A mount that is undone and done again (as React may) stops the first question and asks anew: nothing is changed by asking.
  useEffect(() => {
    const controller = new AbortController()
    const tryFirst = async (): Promise<void> => {
      try {
        for await (const step of await asking(engine, work, [...ids], { signal: controller.signal })) {
          if (!controller.signal.aborted) setState(step.state === 'done' ? { at: 'tried', outcomes: step.result, error: null } : { at: 'trying', step: step.step })
        }
      } catch (error) {
        if (!controller.signal.aborted) setState({ at: 'failed', error })
      }
    }
    void tryFirst()
    return () => controller.abort()
  }, [engine, work, ids])
  useEffect(() => () => stopper.current?.abort(), [])

  const approve = async (chosen: readonly number[], passphrase: string): Promise<void> => {
    const tried = state.at === 'tried' ? state.outcomes : []
    const controller = new AbortController()
    stopper.current = controller
    setState({ at: 'doing', step: '' })
    try {
      for await (const step of await acting(engine, work, [...chosen], passphrase, { signal: controller.signal })) {
        setState(step.state === 'done' ? { at: 'done', outcomes: step.result } : { at: 'doing', step: step.step })
      }
    } catch (error) {
      if (!controller.signal.aborted) setState({ at: 'tried', outcomes: tried, error })
    } finally {
      await queries.invalidateQueries({ queryKey: engine.remediation.key() })
    }
  }
  return { state, approve: (chosen, passphrase) => void approve(chosen, passphrase) }
}
