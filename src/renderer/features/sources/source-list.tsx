import { useQuery } from '@tanstack/react-query'
import { Database, Plus, RefreshCw } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { daysBetween, formatDay, formatDays, formatNumber } from '../../components/format.ts'
import { toHash } from '../../components/hash-route.ts'
import { RunBadge, SourceSign, staleAfterDays } from '../../components/source-sign.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { isIncoming } from '../../../shared/model/incoming.ts'
import { engineSentence } from '../../texts/engine-sentences.ts'
import { t } from '../../texts/texts.ts'
import type { SourceCard } from './source-types.ts'
import { SyncStrip } from './sync-strip.tsx'
import { useRead, useSync } from './use-sync.ts'

/** A file that came through the browser is gone after it was read: reading again begins with choosing the new one. */
const needsFile = (source: SourceCard): boolean => source.config.from === 'file' && isIncoming(source.config.file)

const Tile = ({ source, asOf, isOfficer }: { readonly source: SourceCard; readonly asOf: string; readonly isOfficer: boolean }) => {
  const read = useRead()
  const { standing } = useSync(source.name)
  const run = source.lastRun
  const isReading = standing.state === 'working' || run?.state === 'running'
  const taken = source.lastTaken
  const age = taken === null ? 0 : daysBetween(taken.asOf, asOf)
  // A failure that was just watched stands below in full.
  const reasons = run === null || run.state === 'complete' || standing.state === 'failed' ? [] : run.notes.slice(0, run.state === 'held' ? 2 : 1)
  const page = toHash('sources', 'of', source.name)
  return (
    <li className="source-tile sheet">
      <div className="tile-head">
        <SourceSign kind={source.kind} size={20} />
        <h2><a href={page}><DirectoryText>{source.name}</DirectoryText></a></h2>
        <RunBadge state={run?.state ?? null} />
        <span className="faint tile-kind">{t.sources.kinds[source.kind]}</span>
      </div>
      <div className="tile-facts numbers">
        {taken === null ? <p className="soft">{run === null ? t.sources.never : t.sources.nothingTaken}</p> : (
          <>
            <p>
              {t.today.read(formatDay(taken.asOf))}
              {age >= staleAfterDays ? <strong className="outcome-look-closer">{`, ${t.sources.old(formatDays(age))}`}</strong> : null}
            </p>
            <p className="soft">{t.today.rows(formatNumber(taken.imported), formatNumber(taken.rejected))}</p>
            <p className="faint">{t.sources.runs(source.runs, formatNumber(source.runs))}</p>
          </>
        )}
        {reasons.map((note) => <p key={note} className="tile-note"><SentenceText>{engineSentence(note)}</SentenceText></p>)}
      </div>
      <SyncStrip source={source.name} isRunning={run?.state === 'running'} />
      {isReading ? null : (
        <div className="tile-foot">
          {isOfficer ? (needsFile(source)
            ? <a className="button small" href={page}>{t.sources.file.choose}</a>
            : (
              <button type="button" className="button small" aria-label={t.sources.syncLabel(source.name)} onClick={() => read(source.name)}>
                <RefreshCw size={14} aria-hidden="true" />
                {t.sources.sync}
              </button>
            )) : null}
          <span className="top-space" />
          {run === null || (standing.state !== 'idle' && standing.state !== 'stopped') ? null : <a href={`#/sources/run/${run.id}`} aria-label={t.sources.openRunLabel(source.name)}>{t.sources.openRun}</a>}
        </div>
      )}
    </li>
  )
}

/** Every connected source: what it last brought, how old that is, and what is being read right now. */
export const SourceList = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const isOfficer = session.person.roles.includes('officer')
  const sources = useQuery(engine.sources.list.queryOptions({
    refetchInterval: ({ state }) => (state.data?.some(({ lastRun }) => lastRun?.state === 'running') === true ? 2_000 : false),
  }))
  const addLink = (
    <a className="button primary" href="#/sources/add">
      <Plus size={15} aria-hidden="true" />
      {t.sources.add}
    </a>
  )
  if (sources.data?.length === 0) {
    return (
      <EmptyView title={t.sources.none} text={isOfficer ? t.sources.noneText : t.sources.noneForAuditor} sign={<Database size={20} aria-hidden="true" />}>
        {isOfficer ? addLink : null}
      </EmptyView>
    )
  }
  return (
    <div className="page">
      <div className="page-inner">
        <div className="page-title with-actions">
          <h1>{t.sources.title}</h1>
          <span className="top-space" />
          {isOfficer ? addLink : null}
        </div>
        {sources.isError ? <FailureView error={sources.error} isInline onRetry={() => void sources.refetch()} /> : null}
        {sources.isPending ? <Skeleton lines={6} /> : null}
        <ul className="source-grid">
          {sources.data?.map((source) => <Tile key={source.id} source={source} asOf={session.asOf} isOfficer={isOfficer} />)}
        </ul>
      </div>
    </div>
  )
}
