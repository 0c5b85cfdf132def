import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RenderedClaim } from '../../../../shared/model/narrative.ts'
import type { ModelFailure } from '../../../../shared/model/language-model.ts'
import { useEngine } from '../../../api/engine.ts'
import type { ReviewItem } from '../review-types.ts'

/** How a language model is getting on with the open item. `still` = there is nothing to tell. */
export type WordingState =
  | { readonly state: 'still' }
  | { readonly state: 'waiting'; readonly ahead: number }
  | { readonly state: 'writing'; readonly sentences: readonly RenderedClaim[] }
  | { readonly state: 'failed'; readonly failure: ModelFailure }

/** Somebody leafing through the queue does not start a model at every item. */
const settleMs = 400

/** Failures a reviewer need not hear about: no model is meant to be there, or they went on themselves. */
const silent: ReadonlySet<ModelFailure['code']> = new Set(['off', 'cancelled'])

const still: WordingState = { state: 'still' }

/**
 * Asks for a model's words for the open item, and for those of the next ones behind it. The fixed sentences stand until the words are
 * complete; leaving the item, or deciding on it, stops the model. Nothing here is ever waited for.
 */
export const useWording = (item: ReviewItem, following: readonly number[]) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const [now, setNow] = useState<WordingState>(still)
  const [attempt, setAttempt] = useState(0)
  const { itemId } = item
  const isWanted = item.decision === null && (item.wording === null || attempt > 0)
  const next = following.join(',')

  useEffect(() => {
    if (!isWanted) return undefined
    const stop = new AbortController()
    const listen = async (): Promise<void> => {
      let isOn = false
      const steps = await engine.languageModel.word.call({ itemId, again: attempt > 0 }, { signal: stop.signal })
      for await (const step of steps) {
        if (stop.signal.aborted) return
        if (step.state === 'failed') {
          setNow(silent.has(step.failure.code) ? still : step)
          return
        }
        if (!isOn && next !== '') {
          isOn = true
          void engine.languageModel.ahead.call({ itemIds: next.split(',').map(Number) }).catch(() => undefined)
        }
        if (step.state !== 'done') {
          setNow(step)
          continue
        }
        setNow(still)
        setAttempt(0)
        await queries.invalidateQueries({ queryKey: engine.review.item.queryKey({ input: { itemId } }) })
        if (step.wording.isDisagreeing) await queries.invalidateQueries({ queryKey: engine.review.queue.key() })
      }
    }
    const timer = setTimeout(() => {
      // The engine gone silent shows elsewhere; the words are an extra.
      listen().catch(() => { if (!stop.signal.aborted) setNow(still) })
    }, settleMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [itemId, isWanted, attempt, next, engine, queries])

  const again = (): void => {
    setNow(still)
    setAttempt((before) => before + 1)
  }
  return { now: isWanted ? now : still, again }
}
