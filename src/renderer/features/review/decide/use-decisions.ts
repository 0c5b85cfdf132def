import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import type { DecisionInput } from '../../../../shared/model/decision.ts'
import { useLineChange } from '../queue/use-queue.ts'
import type { QueueItem, ReviewItem } from '../review-types.ts'

/** A call that failed; the item is as it was before it. */
export type FailedCall =
  | { readonly kind: 'decide'; readonly input: DecisionInput; readonly item: QueueItem; readonly error: unknown }
  | { readonly kind: 'undo'; readonly item: QueueItem; readonly error: unknown }

export interface Decisions {
  /** Shows the decision at once; `onAnswer` gets the engine's own view of the item when it is recorded. */
  readonly decide: (item: QueueItem, input: DecisionInput, onAnswer: (item: ReviewItem) => void) => void
  readonly undo: (item: QueueItem, onAnswer: (item: ReviewItem) => void) => void
  readonly isSaving: boolean
  readonly failed: FailedCall | null
  readonly dismissFailure: () => void
}

/**
 * Decisions and their undoing. The screen moves on at once; the calls follow one after the other in the order they were made, and
 * one that fails puts its item back.
 */
export const useDecisions = (campaignId: number, onFailed: (item: QueueItem) => void): Decisions => {
  const engine = useEngine()
  const queries = useQueryClient()
  const [failed, setFailed] = useState<FailedCall | null>(null)
  const change = useLineChange(campaignId)
  const scope = { id: `decisions-${campaignId}` }

  const take = (line: QueueItem, item: ReviewItem): void => {
    queries.setQueryData(engine.review.item.queryKey({ input: { itemId: item.itemId } }), item)
    change(line, {
      state: item.decision?.outcome ?? 'undecided', isSignedOff: item.decision?.isSignedOff ?? false, advice: item.advice?.routed ?? null,
      modelDisagrees: item.otherOpinion !== null,
    })
    if (item.decision?.outcome === 'look-closer') void queries.invalidateQueries({ queryKey: engine.review.questions.key() })
  }
  const fail = (call: FailedCall): void => {
    change(call.item, { state: call.item.state })
    setFailed(call)
    onFailed(call.item)
  }

  const deciding = useMutation({
    mutationFn: ({ input }: { item: QueueItem; input: DecisionInput }) => engine.review.decide.call(input),
    scope,
    onMutate: ({ item, input }) => {
      setFailed(null)
      change(item, { state: input.outcome })
    },
    onSuccess: (answer, { item }) => take(item, answer.item),
    onError: (error, { item, input }) => fail({ kind: 'decide', input, item, error }),
  })
  const undoing = useMutation({
    mutationFn: (item: QueueItem) => engine.review.undo.call({ itemId: item.itemId }),
    scope,
    onMutate: (item) => {
      setFailed(null)
      change(item, { state: 'undecided' })
    },
    onSuccess: (answer, item) => take(item, answer.item),
    onError: (error, item) => fail({ kind: 'undo', item, error }),
  })

  return {
    decide: (item, input, onAnswer) => {
      deciding.mutateAsync({ item, input }).then((answer) => onAnswer(answer.item), () => undefined)
    },
    undo: (item, onAnswer) => {
      undoing.mutateAsync(item).then((answer) => onAnswer(answer.item), () => undefined)
    },
    isSaving: deciding.isPending || undoing.isPending,
    failed,
    dismissFailure: () => setFailed(null),
  }
}
