import { useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { startSync } from '../../api/running-syncs.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { t } from '../../texts/texts.ts'

/** Starts reading a source. It goes on when this screen is left; everything that may have changed is asked anew when it ends. */
export const useSync = (): ((source: string, input?: { readonly file?: string; readonly asOf?: string }) => void) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  return (source, { file, asOf } = {}) => {
    announce(t.sources.progress(source))
    const input = { source, file: file ?? null, asOf: asOf ?? null }
    void startSync(source, (signal) => engine.sources.sync.call(input, { signal }), () => void queries.invalidateQueries())
  }
}
