import { useRef, useState } from 'react'
import { tellHost } from '../host.ts'

type Step<T> = { readonly state: 'working'; readonly step: string; readonly share: number | null } | { readonly state: 'done'; readonly result: T }

export type Standing =
  | { readonly state: 'idle' } | { readonly state: 'stopped' } | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly isStopping: boolean }

/** What the desktop tells somebody who has turned to another window meanwhile. */
interface EndWords { readonly title: string; readonly done: string; readonly failed: string }

/** Runs one piece of long work, with its progress and a way to stop it. Leaving the screen does not stop it. */
export const useLongWork = <T>(onDone: (result: T) => void, words?: EndWords) => {
  const tell = (text: string): void => {
    if (words !== undefined) tellHost({ kind: 'work-ended', title: words.title, text })
  }
  const [standing, setStanding] = useState<Standing>({ state: 'idle' })
  const control = useRef<AbortController | null>(null)
  const start = async (call: (signal: AbortSignal) => Promise<AsyncIterable<Step<T>>>): Promise<void> => {
    const stop = new AbortController()
    control.current = stop
    setStanding({ state: 'working', step: '', share: null, isStopping: false })
    try {
      for await (const step of await call(stop.signal)) {
        if (step.state === 'done') {
          setStanding({ state: 'idle' })
          tell(words?.done ?? '')
          onDone(step.result)
          return
        }
        setStanding({ state: 'working', step: step.step, share: step.share, isStopping: stop.signal.aborted })
      }
      setStanding({ state: stop.signal.aborted ? 'stopped' : 'idle' })
    } catch (error) {
      setStanding(stop.signal.aborted ? { state: 'stopped' } : { state: 'failed', error })
      if (!stop.signal.aborted) tell(words?.failed ?? '')
    }
  }
  const stop = (): void => {
    setStanding((now) => (now.state === 'working' ? { ...now, isStopping: true } : now))
    control.current?.abort()
  }
  return { standing, start, stop }
}
