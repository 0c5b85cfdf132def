import { useQuery } from '@tanstack/react-query'
import { Cloud, CloudCog, Contact, FileKey2, LogIn } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { CommandLine } from '../../components/command-line.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { daysBetween, formatDay, formatDays, formatNumber } from '../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

const signs = { 'csv-entitlements': FileKey2, 'csv-sign-ins': LogIn, hr: Contact, entra: Cloud, okta: CloudCog, scim: Contact } as const
const tone =
  { running: 'badge calm', complete: 'badge good', held: 'badge warm', failed: 'badge hot', cancelled: 'badge',
    discarded: 'badge' } as const
/** From this many days on a picture of access is called old. */
const staleAfterDays = 7

/** Each source with what it last brought and how old that is. */
export const SourceFreshness = ({ asOf }: { readonly asOf: string }) => {
  const engine = useEngine()
  const sources = useQuery(engine.sources.list.queryOptions())
  return (
    <section className="section">
      <h2>{t.today.sources}</h2>
      {sources.isError ? <FailureView error={sources.error} isInline onRetry={() => void sources.refetch()} /> : null}
      {sources.isPending ? <Skeleton lines={3} /> : null}
      {sources.data?.length === 0 ? (
        <EmptyView isInline title={t.today.noSources} text={t.today.noSourcesText}>
          <CommandLine command="npx muster source add --help" />
          <CommandLine command="npx muster sync" />
        </EmptyView>
      ) : null}
      <ul className="source-cards">
        {sources.data?.map((source) => {
          const Sign = signs[source.kind]
          const run = source.lastRun
          const age = run === null ? 0 : daysBetween(run.asOf, asOf)
          return (
            <li key={source.id} className="source-card sheet">
              <Sign size={18} strokeWidth={1.75} aria-hidden="true" />
              <div>
                <h3>
                  <DirectoryText>{source.name}</DirectoryText>
                </h3>
                <p className="faint">{t.today.kind[source.kind]}</p>
              </div>
              {run === null ? <span className="badge">{t.today.never}</span>
                : <span className={tone[run.state]}>{t.today.runState[run.state]}</span>}
              {run === null ? null : (
                <p className="source-line soft numbers">
                  {t.today.read(formatDay(run.asOf))}
                  {age >= staleAfterDays ? <strong className="outcome-look-closer">{`, ${t.today.stale(formatDays(age))}`}</strong> : null}
                  <br />
                  {t.today.rows(formatNumber(run.imported), formatNumber(run.rejected))}
                </p>
              )}
              {run?.notes.map((note) => (
                <p key={note} className="source-line">
                  <DirectoryText>{note}</DirectoryText>
                </p>
              ))}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
