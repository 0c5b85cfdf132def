import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { useLinesChange } from '../queue/use-queue.ts'

interface UndoneTogether {
  readonly id: number
  readonly undone: readonly number[]
}

/** Takes back in one go what was decided in one go. Waits its turn behind the decisions on their way. */
export const useUndoTogether = (campaignId: number, onUndone: (answer: UndoneTogether) => void, onFailed: (id: number, error: unknown) => void) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const change = useLinesChange(campaignId)
  return useMutation({
    mutationFn: (id: number) => engine.review.undoTogether.call({ campaign: campaignId, id }),
    scope: { id: `decisions-${campaignId}` },
    onSuccess: ({ undone }, id) => {
      change(undone, { state: 'undecided' })
      // Items decided then are asked for anew when they are opened.
      void queries.invalidateQueries({ queryKey: engine.review.item.key() })
      onUndone({ id, undone })
    },
    onError: (error, id) => onFailed(id, error),
  })
}
