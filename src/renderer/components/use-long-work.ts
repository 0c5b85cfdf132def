import { useRef, useState } from 'react'

type Step<T> = { readonly state: 'working'; readonly step: string; readonly share: number | null } | { readonly state: 'done'; readonly result: T }

export type Standing =
  | { readonly state: 'idle' } | { readonly state: 'stopped' } | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly isStopping: boolean }

/** Runs one piece of long work, with its progress and a way to stop it. Leaving the screen does not stop it. */
export const useLongWork = <T>(onDone: (result: T) => void) => {
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
          onDone(step.result)
          return
        }
        setStanding({ state: 'working', step: step.step, share: step.share, isStopping: stop.signal.aborted })
      }
      setStanding({ state: stop.signal.aborted ? 'stopped' : 'idle' })
    } catch (error) {
      setStanding(stop.signal.aborted ? { state: 'stopped' } : { state: 'failed', error })
    }
  }
  const stop = (): void => {
    setStanding((now) => (now.state === 'working' ? { ...now, isStopping: true } : now))
    control.current?.abort()
  }
  return { standing, start, stop }
}
