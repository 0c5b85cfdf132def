import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { BackLink } from '../../../components/back-link.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { daysBetween, formatDay, formatDays } from '../../../components/format.ts'
import { RunBadge, SourceSign, staleAfterDays } from '../../../components/source-sign.tsx'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { ConnectionCheck } from '../live/connection-check.tsx'
import type { SourceCard } from '../source-types.ts'
import { SyncStrip } from '../sync-strip.tsx'
import { useRead, useSync } from '../use-sync.ts'
import { ChangeMapping } from './change-mapping.tsx'
import { ChangeFile, ChangeLive } from './change-settings.tsx'
import { HeldNotice } from './held-notice.tsx'
import { ReadFile } from './read-file.tsx'
import { RemoveSource } from './remove-source.tsx'
import { RunTable } from './run-table.tsx'
import { Settings } from './settings.tsx'

type Open = 'settings' | 'mapping' | 'remove' | 'file' | null

const Actions = ({ source, onOpen }: { readonly source: SourceCard; readonly onOpen: (what: Open) => void }) => {
  const read = useRead()
  const isBusy = useSync(source.name).standing.state === 'working' || source.lastRun?.state === 'running'
  const isFile = source.config.from === 'file'
  return (
    <>
      <button type="button" className="button" onClick={() => onOpen('remove')}>{t.sources.page.remove}</button>
      {isFile ? <button type="button" className="button" onClick={() => onOpen('mapping')}>{t.sources.page.changeMapping}</button> : null}
      <button type="button" className="button" onClick={() => onOpen('settings')}>{t.sources.page.change}</button>
      <button type="button" className="button primary" disabled={isBusy} onClick={() => (isFile ? onOpen('file') : read(source.name))}>
        <RefreshCw size={15} aria-hidden="true" />
        {t.sources.sync}
      </button>
    </>
  )
}

/** One source: how fresh it is, what it was told, every reading of it, and what can be done with it. */
export const SourcePage = ({ name, session }: { readonly name: string; readonly session: Session }) => {
  const engine = useEngine()
  const isOfficer = session.person.roles.includes('officer')
  const [open, setOpen] = useState<Open>(null)
  const sources = useQuery(engine.sources.list.queryOptions({
    refetchInterval: ({ state }) => (state.data?.some(({ lastRun }) => lastRun?.state === 'running') === true ? 2_000 : false),
  }))
  if (sources.isError) return <FailureView error={sources.error} onRetry={() => void sources.refetch()} />
  if (sources.data === undefined) return <div className="page"><div className="page-inner"><Skeleton lines={8} /></div></div>
  const source = sources.data.find((one) => one.name === name)
  if (source === undefined) return <EmptyView title={t.failureTitle.NOT_FOUND} text={t.failureAdvice.NOT_FOUND}><a className="button" href="#/sources">{t.sources.back}</a></EmptyView>
  const { lastRun, lastTaken, heldRun } = source
  const age = lastTaken === null ? 0 : daysBetween(lastTaken.asOf, session.asOf)
  const close = (): void => setOpen(null)
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href="#/sources">{t.sources.back}</BackLink>
          <div className="page-title with-actions">
            <SourceSign kind={source.kind} size={22} />
            <h1><DirectoryText>{source.name}</DirectoryText></h1>
            <span className="faint">{t.sources.kinds[source.kind]}</span>
            <RunBadge state={lastRun?.state ?? null} />
            {age >= staleAfterDays ? <span className="badge warm">{t.sources.old(formatDays(age))}</span> : null}
            {lastTaken === null ? null : <span className="faint">{t.sources.asOf(formatDay(lastTaken.asOf))}</span>}
            <span className="top-space" />
            {isOfficer ? <Actions source={source} onOpen={setOpen} /> : null}
          </div>
        </div>
        <SyncStrip source={source.name} isRunning={lastRun?.state === 'running'} />
        {heldRun === null ? null : <HeldNotice run={heldRun} isOfficer={isOfficer} />}
        <div className="two-columns">
          <RunTable source={source.name} />
          <div className="section">
            <Settings source={source} />
            {isOfficer && source.config.from !== 'file' ? <><h2>{t.sources.page.connection}</h2><ConnectionCheck source={source.name} startsAtOnce={false} /></> : null}
          </div>
        </div>
      </div>
      {open === 'remove' ? <RemoveSource source={source} onClose={close} /> : null}
      {open === 'file' ? <ReadFile source={source} asOf={session.asOf} onClose={close} /> : null}
      {open === 'mapping' ? <ChangeMapping source={source} onClose={close} /> : null}
      {open === 'settings' ? (source.config.from === 'file' ? <ChangeFile source={source} onClose={close} /> : <ChangeLive source={source} onClose={close} />) : null}
    </div>
  )
}
