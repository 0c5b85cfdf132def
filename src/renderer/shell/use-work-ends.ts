import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { KeptWork } from '../../shared/contract/work.ts'
import { useEngine } from '../api/engine.ts'
import { isNoQueue } from '../api/queue-key.ts'
import { isShown } from '../api/shown-work.ts'
import { useAnnounce } from '../components/announcer.tsx'
import { plainText } from '../components/plain-text.ts'
import { tellHost } from '../host.ts'
import { endWords } from './work-words.ts'

const busyMs = 1_000
const quietMs = 5_000

/**
 * Asks what long work the engine is at, whichever window began it. When some of it ends: tells so, aloud and through the desktop, and lets every screen
 * ask anew for what may have changed.
 */
export const useWorkEnds = (maySee: boolean): void => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const { data } = useQuery(engine.work.list.queryOptions({
    enabled: maySee, staleTime: 0, refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => (state.data?.some(({ standing }) => standing.state === 'working') === true ? busyMs : quietMs),
  }))
  const before = useRef<readonly KeptWork[]>([])
  useEffect(() => {
    if (data === undefined) return
    const ended = before.current.filter(({ name, standing }) => standing.state === 'working' && data.find((one) => one.name === name)?.standing.state !== 'working')
    before.current = data
    if (ended.length === 0) return
    for (const { name } of ended) {
      const now = data.find((one) => one.name === name)
      // What another person began is theirs to hear of; what somebody stopped they know.
      if (now === undefined || now.standing.state === 'stopped') continue
      const { title, text } = endWords(now)
      // A failure that is on the screen is said there, with what to do.
      if (now.standing.state !== 'failed' || !isShown(name)) announce(plainText(text))
      tellHost({ kind: 'work-ended', title, text: plainText(text) })
    }
    // What lies before a reviewer was frozen at the launch.
    void queries.invalidateQueries({ predicate: isNoQueue })
  }, [data, announce, engine, queries])
}
