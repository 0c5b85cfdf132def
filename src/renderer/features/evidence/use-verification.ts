import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { WorkResult } from '../../../shared/contract/work.ts'
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

/**
 * Checks a bundle as long work the engine keeps. Begins at once, unless it goes on already, or `takesNews` and an end of it was not looked at yet:
 * then that is what somebody comes for.
 */
export const useVerification = (bundle: string, { against, takesNews = false }: { readonly against?: Against; readonly takesNews?: boolean } = {}): Checking => {
  const engine = useEngine()
  // What was found stays on the screen, whatever becomes of the engine's own note of it.
  const [found, setFound] = useState<WorkResult<'verify'>>()
  const { standing, begin, stop, isKnown, isNews } = useKeptWork({ kind: 'verify', of: bundle, subject: nameOf(bundle), remembers: true, onDone: setFound })
  const ask = (): void => void begin((signal) => engine.evidence.verifySteps.call({ bundle, ...against }, { signal }))
  // What the engine is at may be known, unknown and known again while a list is on its way.
  const hasBegun = useRef(false)
  const beginOnce = useEffectEvent(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    if (standing.state !== 'working' && !(takesNews && isNews)) ask()
  })
  useEffect(() => {
    if (isKnown) beginOnce()
  }, [isKnown])
  return {
    isFetching: standing.state === 'working' || (standing.state === 'idle' && found === undefined), isError: standing.state === 'failed', error: standing.state === 'failed' ? standing.error : null,
    data: standing.state === 'done' ? standing.result : standing.state === 'idle' ? found : undefined, refetch: ask, work: { standing, stop: () => void stop() },
  }
}

const nameOf = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '')
