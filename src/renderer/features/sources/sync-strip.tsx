import { toFailure } from '../../api/failure.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import { DevicePrompt } from './live/device-prompt.tsx'
import { useSync } from './use-sync.ts'

/** How a source's reading stands, whichever window began it: progress with a stop, a code to type elsewhere, or how it ended. */
export const SyncStrip = ({ source, isRunning = false }: { readonly source: string; readonly isRunning?: boolean }) => {
  const { standing, stop, dismiss } = useSync(source)
  switch (standing.state) {
    case 'idle':
      return isRunning ? <p className="soft" role="status">{t.sources.elsewhere}</p> : null
    // The run's own record says the rest.
    case 'stopped':
      return null
    case 'working':
      return (
        <>
          <div className="sync-strip">
            <span className="sync-step soft">
              <DirectoryText>{standing.isStopping ? t.sources.stopping : standing.step === '' ? t.sources.starting : standing.step}</DirectoryText>
            </span>
            <progress className="work-bar" aria-label={t.sources.progress(source)} max={1} {...(standing.share === null ? {} : { value: standing.share })} />
            <button type="button" className="button small" disabled={standing.isStopping} aria-label={t.sources.stopLabel(source)} onClick={() => void stop()}>
              {t.sources.stop}
            </button>
          </div>
          {standing.prompt === null ? null : <DevicePrompt prompt={standing.prompt} />}
        </>
      )
    case 'done': {
      const run = standing.result
      return (
        <div className="tile-foot" role="status">
          <span>{run.state === 'complete' ? t.sources.done.complete(formatNumber(run.imported)) : t.sources.done[run.state]}</span>
          <span className="top-space" />
          <a className="button small" href={`#/sources/run/${run.id}`}>{t.sources.seeRun}</a>
          <button type="button" className="button quiet small" onClick={() => void dismiss()}>{t.sources.dismiss}</button>
        </div>
      )
    }
    case 'failed': {
      const failure = toFailure(standing.error)
      return (
        <div className="tile-foot" role="alert">
          <span className="tile-note outcome-revoke">
            <DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText>
          </span>
          <span className="top-space" />
          <button type="button" className="button quiet small" onClick={() => void dismiss()}>{t.sources.dismiss}</button>
        </div>
      )
    }
  }
}
