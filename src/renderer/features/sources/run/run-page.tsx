import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { BackLink } from '../../../components/back-link.tsx'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatDay, formatMoment, formatNumber, formatSeconds } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import { RunBadge } from '../../../components/source-sign.tsx'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { Run } from '../../../../shared/model/source.ts'
import { engineSentence } from '../../../texts/engine-sentences.ts'
import { t } from '../../../texts/texts.ts'
import { HeldNotice } from '../one/held-notice.tsx'
import { Collections } from './collections.tsx'
import { RejectTable } from './reject-table.tsx'

const words = t.sources.run

const Facts = ({ run }: { readonly run: Run }) => {
  const { facts } = words
  const took = run.finishedAt === null ? null : Date.parse(run.finishedAt) - Date.parse(run.startedAt)
  const lines: readonly (readonly [string, string | null])[] = [
    [facts.asOf, formatDay(run.asOf)], [facts.started, formatMoment(run.startedAt)], [facts.took, took === null ? null : words.seconds(formatSeconds(took))],
    [facts.by, run.actor], [facts.query, run.query], [facts.snapshot, run.snapshotId === null ? null : formatNumber(run.snapshotId)],
    [facts.file, run.file?.name ?? null], [facts.hash, run.file?.sha256 ?? null], [facts.size, run.file === null ? null : words.bytes(formatNumber(run.file.bytes))],
    [facts.kept, run.file?.storedAs ?? null], [facts.protectedColumns, run.protectedColumns.length === 0 ? null : run.protectedColumns.join(', ')],
  ]
  const isHash = (label: string): boolean => label === facts.hash || label === facts.kept
  return (
    <dl className="source-facts">
      {lines.map(([label, value]) => (value === null ? null : (
        <div key={label}><dt>{label}</dt><dd className={isHash(label) ? 'mono small' : undefined}><DirectoryText>{value}</DirectoryText></dd></div>
      )))}
    </dl>
  )
}

const Term = ({ n, label, tone }: { readonly n: number; readonly label: string; readonly tone?: string }) => (
  <span className="term">
    <span className={tone === undefined ? 'figure' : `figure ${tone}`}>{formatNumber(n)}</span>
    <span className="faint">{label}</span>
  </span>
)

/** Read = taken + rejected + said again; what is left over must be nothing. */
const Totals = ({ run }: { readonly run: Run }) => {
  const difference = run.rowsRead - run.imported - run.rejected - run.merged
  const sign = (text: string) => <span className="sign" aria-hidden="true">{text}</span>
  const { equation } = words
  const isTaken = run.state === 'complete'
  return (
    <section className="section">
      <h2>{words.totals}</h2>
      <p className="soft">{words.totalsText}{isTaken || run.state === 'running' ? '' : ` ${run.state === 'held' ? words.notYetTaken : words.notTaken}`}</p>
      <div className="equation sheet">
        <Term n={run.rowsRead} label={equation.read} />{sign('=')}
        <Term n={run.imported} label={isTaken ? equation.imported : equation.usable} />{sign('+')}
        <Term n={run.rejected} label={equation.rejected} />{sign('+')}
        <Term n={run.merged} label={equation.merged} />{sign('+')}
        <Term n={difference} label={equation.difference} tone={difference === 0 ? 'outcome-keep' : 'outcome-revoke'} />
      </div>
      {run.fieldsDropped === 0 ? null : <p className="soft">{words.fieldsDropped(run.fieldsDropped, formatNumber(run.fieldsDropped))}</p>}
    </section>
  )
}

/** One reading with everything an auditor needs to ask the same again and to add it up. */
export const RunPage = ({ runId, isOfficer }: { readonly runId: number; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const found = useQuery(engine.sources.run.queryOptions({ input: { run: runId }, refetchInterval: ({ state }) => (state.data?.run.state === 'running' ? 2_000 : false) }))
  if (found.isError) return <FailureView error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <div className="page"><div className="page-inner"><Skeleton lines={10} /></div></div>
  const { run, collections } = found.data
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href={toHash('sources', 'of', run.sourceName)}>{run.sourceName}</BackLink>
          <div className="page-title with-actions">
            <h1><SentenceText>{words.title(formatNumber(run.id), run.sourceName)}</SentenceText></h1>
            <RunBadge state={run.state} />
          </div>
        </div>
        {run.state === 'held' ? <HeldNotice run={run} isOfficer={isOfficer} /> : null}
        <Facts run={run} />
        <Totals run={run} />
        {run.notes.length === 0 || run.state === 'held' ? null : (
          <section className="section">
            <h2>{words.notes}</h2>
            <ul className="plain-notes">{run.notes.map((note) => <li key={note}><SentenceText>{engineSentence(note)}</SentenceText></li>)}</ul>
          </section>
        )}
        {collections.length === 0 ? null : <Collections collections={collections} />}
        <RejectTable runId={run.id} />
      </div>
    </div>
  )
}
