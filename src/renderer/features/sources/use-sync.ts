import { useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { followSync, stopSync } from '../../api/running-syncs.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { t } from '../../texts/texts.ts'

/** Starts reading a source. The engine goes on with it when this screen or window is left; what may have changed is asked anew when it ends. */
export const useSync = (): ((source: string, input?: { readonly file?: string; readonly asOf?: string }) => void) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  return (source, { file, asOf } = {}) => {
    announce(t.sources.progress(source))
    const input = { source, file: file ?? null, asOf: asOf ?? null }
    void followSync(source, () => engine.sources.sync.call(input), () => void queries.invalidateQueries())
  }
}

/** Stops reading a source, whoever started it. */
export const useStopSync = (): ((source: string) => void) => {
  const engine = useEngine()
  return (source) => void stopSync(source, () => engine.sources.stop.call({ source }))
}
