import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import { tellHost } from '../../host.ts'
import { t } from '../../texts/texts.ts'

export type Training =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly step: string; readonly share: number | null }
  | { readonly at: 'stopped' }
  | { readonly at: 'failed'; readonly error: unknown }

/** Learns a model and follows its steps. Stopping, or leaving the screen, stops the engine's work too. */
export const useTraining = (onLearned: (model: number) => void): {
  readonly state: Training
  readonly start: () => void
  readonly stop: () => void
} => {
  const engine = useEngine()
  const queries = useQueryClient()
  const words = t.shell.workEnded.train
  const [state, setState] = useState<Training>({ at: 'idle' })
  const stopper = useRef<AbortController | null>(null)
  useEffect(() => () => stopper.current?.abort(), [])

  const run = async (): Promise<void> => {
    const controller = new AbortController()
    stopper.current = controller
    setState({ at: 'running', step: '', share: null })
    try {
      for await (const step of await engine.learning.train.call({}, { signal: controller.signal })) {
        if (step.state === 'working') setState({ at: 'running', step: step.step, share: step.share })
        else {
          setState({ at: 'idle' })
          tellHost({ kind: 'work-ended', title: words.title, text: words.done })
          await queries.invalidateQueries({ queryKey: engine.learning.key() })
          onLearned(step.result.id)
        }
      }
    } catch (error) {
      setState(controller.signal.aborted ? { at: 'stopped' } : { at: 'failed', error })
      if (!controller.signal.aborted) tellHost({ kind: 'work-ended', title: words.title, text: words.failed })
    }
  }
  return { state, start: () => void run(), stop: () => stopper.current?.abort() }
}
