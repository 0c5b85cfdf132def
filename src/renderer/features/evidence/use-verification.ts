import { useEffect, useEffectEvent } from 'react'
import { useEngine } from '../../api/engine.ts'
import { useKeptWork } from '../../api/kept-work.ts'
import type { Checking } from './verification-result.tsx'

/** What it is checked against besides this workspace's own: paths of files the engine can read. */
export interface Against {
  readonly root: string | null
  readonly seen: string[]
  readonly tsa: string | null
  readonly lists: string[]
}

/** Checks a bundle as long work the engine keeps. Begins at once, unless it goes on already or an end of it was not looked at yet. */
export const useVerification = (bundle: string, against?: Against): Checking => {
  const engine = useEngine()
  const { standing, begin, stop, isKnown, isNews } = useKeptWork({ kind: 'verify', of: bundle, subject: nameOf(bundle), remembers: true })
  const ask = (): void => void begin((signal) => engine.evidence.verifySteps.call({ bundle, ...against }, { signal }))
  const beginOnce = useEffectEvent(() => {
    // Somebody named what to check against: then no other answer will do.
    if (standing.state !== 'working' && (!isNews || against !== undefined)) ask()
  })
  useEffect(() => {
    if (isKnown) beginOnce()
  }, [isKnown])
  return {
    isFetching: standing.state === 'working' || standing.state === 'idle', isError: standing.state === 'failed', error: standing.state === 'failed' ? standing.error : null,
    data: standing.state === 'done' ? standing.result : undefined, refetch: ask, work: { standing, stop: () => void stop() },
  }
}

const nameOf = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '')
