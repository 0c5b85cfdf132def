import { useBeginWork } from '../../api/begin-work.ts'
import { useEngine } from '../../api/engine.ts'
import { useKeptWork } from '../../api/kept-work.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { t } from '../../texts/texts.ts'

/** The reading of one source: how it stands or last ended, whoever began it, and the way to stop it. */
export const useSync = (source: string) => useKeptWork({ kind: 'sync', of: source, subject: source, remembers: true })

/** Begins to read a source. The engine goes on with it when this screen or window is left. */
export const useRead = (): ((source: string, input?: { readonly file?: string; readonly asOf?: string }) => void) => {
  const engine = useEngine()
  const beginWork = useBeginWork()
  const announce = useAnnounce()
  return (source, { file, asOf } = {}) => {
    announce(t.sources.progress(source))
    void beginWork({ kind: 'sync', of: source, subject: source }, (signal) => engine.sources.sync.call({ source, file: file ?? null, asOf: asOf ?? null }, { signal }))
  }
}
