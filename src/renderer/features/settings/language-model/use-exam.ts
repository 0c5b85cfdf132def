import { useEffect, useRef, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { tellHost } from '../../../host.ts'
import { t } from '../../../texts/texts.ts'

export interface RunningExam {
  readonly model: string
  readonly step: string
  readonly share: number | null
}

const words = t.shell.workEnded.exam

/** Runs one exam at a time, and stops it when the screen is left. */
export const useExam = (onEnd: () => Promise<void>) => {
  const engine = useEngine()
  const announce = useAnnounce()
  const [running, setRunning] = useState<RunningExam | null>(null)
  const [error, setError] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  const sit = async (model: string, signal: AbortSignal): Promise<void> => {
    for await (const step of await engine.languageModel.exam.call({ model }, { signal })) {
      if (step.state === 'working') setRunning({ model, step: step.step, share: step.share })
      else {
        announce(step.result.isPassed ? t.settings.languageModel.announcePassed(model) : t.settings.languageModel.announceFailed(model))
        tellHost({ kind: 'work-ended', title: words.title, text: step.result.isPassed ? words.passed(model) : words.notPassed(model) })
      }
    }
  }
  const start = (model: string): void => {
    const controller = new AbortController()
    stop.current = controller
    setError(null)
    setRunning({ model, step: t.settings.languageModel.starting, share: null })
    void sit(model, controller.signal)
      .catch((caught: unknown) => {
        if (controller.signal.aborted) return
        setError(caught)
        tellHost({ kind: 'work-ended', title: words.title, text: words.failed(model) })
      })
      .finally(() => {
        setRunning(null)
        void onEnd()
      })
  }
  return { running, error, start, stop: () => stop.current?.abort(), dismiss: () => setError(null) }
}
