import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { CommandLine } from '../../components/command-line.tsx'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { SealDialog } from '../../components/seal-dialog.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { BundleTimeLine } from './bundle-time.tsx'
import { CampaignNotes } from './campaign-notes.tsx'
import { TimeDialog } from './time-dialog.tsx'
import { useVerification } from './use-verification.ts'
import { VerificationResult } from './verification-result.tsx'
import { VerifyAny } from './verify-any.tsx'
import './evidence.css'

const BundleVerification = ({ path }: { readonly path: string }) => {
  const check = useVerification(path)
  return (
    <VerificationResult
      result={check} valid={{ title: t.evidence.valid, text: t.evidence.validText }}
      invalid={{ title: t.evidence.invalid, text: t.evidence.invalidText }}
    />
  )
}

const LogCheck = () => {
  const engine = useEngine()
  const [isAsked, setAsked] = useState(false)
  const check = useQuery(engine.evidence.checkLog.queryOptions({ enabled: isAsked, staleTime: 0, gcTime: 0 }))
  return (
    <section className="section">
      <h2>{t.evidence.log}</h2>
      <p className="soft">{t.evidence.logText}</p>
      {isAsked ? (
        <VerificationResult
          result={check} valid={{ title: t.evidence.logValid, text: t.evidence.validText }}
          invalid={{ title: t.evidence.logInvalid, text: t.evidence.logInvalidText }}
        />
      ) : (
        <p>
          <button type="button" className="button" onClick={() => setAsked(true)}>
            {t.evidence.checkLog}
          </button>
        </p>
      )}
    </section>
  )
}

/** Sealed bundles, and whether they still are what was sealed. */
export const EvidenceScreen = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const bundles = useQuery(engine.evidence.bundles.queryOptions())
  const [verifying, setVerifying] = useState<ReadonlySet<string>>(new Set())
  const [amending, setAmending] = useState<{ readonly campaign: number; readonly name: string } | null>(null)
  const [proving, setProving] = useState<{ readonly name: string; readonly version: number; readonly path: string } | null>(null)
  const isOfficer = session.person.roles.includes('officer')
  const latest = new Map<number, number>()
  for (const { campaign, version } of bundles.data ?? []) latest.set(campaign, Math.max(version, latest.get(campaign) ?? 0))
  return (
    <div className="page">
      <div className="page-inner">
        <h1>{t.evidence.title}</h1>
        <section className="section">
          <h2>{t.evidence.bundles}</h2>
          {bundles.isError ? <FailureView error={bundles.error} isInline onRetry={() => void bundles.refetch()} /> : null}
          {bundles.isPending ? <Skeleton lines={5} /> : null}
          {bundles.data?.length === 0 ? (
            <EmptyView isInline title={t.evidence.none} text={t.evidence.noneText}>
              <a className="button" href="#/campaigns">{t.evidence.toCampaigns}</a>
              <CommandLine command="npx muster seal --campaign ID" />
            </EmptyView>
          ) : null}
          <ul className="bundles">
            {bundles.data?.map((bundle) => (
              <li key={bundle.path} className="bundle sheet">
                <div className="bundle-head">
                  <h3><DirectoryText>{bundle.name}</DirectoryText></h3>
                  <span className="badge">{t.evidence.version(formatNumber(bundle.version))}</span>
                  <span className={bundle.exceptions === 0 ? 'badge good' : 'badge warm'}>
                    {t.evidence.exceptions(bundle.exceptions, formatNumber(bundle.exceptions))}</span>
                  {latest.get(bundle.campaign) === bundle.version ? null : <span className="badge calm">{t.evidence.superseded(formatNumber(latest.get(bundle.campaign) ?? 0))}</span>}
                  <span className="top-space" />
                  {isOfficer && latest.get(bundle.campaign) === bundle.version ? (
                    <button type="button" className="button quiet" aria-label={`${t.evidence.amend.open} ${bundle.name}`} onClick={() => setAmending(bundle)}>{t.evidence.amend.open}</button>
                  ) : null}
                  {isOfficer && bundle.time.state === 'claimed' ? (
                    <button type="button" className="button quiet" aria-label={t.evidence.time.proveOf(bundle.name, t.evidence.version(formatNumber(bundle.version)))} onClick={() => setProving(bundle)}>
                      {t.evidence.time.prove}
                    </button>
                  ) : null}
                  {verifying.has(bundle.path) ? null : (
                    <button
                      type="button" className="button" aria-label={`${t.evidence.verifyLabel(bundle.name)}, ${t.evidence.version(formatNumber(bundle.version))}`}
                      onClick={() => setVerifying((before) => new Set([...before, bundle.path]))}
                    >
                      {t.evidence.verify}
                    </button>
                  )}
                </div>
                <p className="soft"><SentenceText>{t.evidence.sealedBy(formatMoment(bundle.at), bundle.by)}</SentenceText></p>
                <BundleTimeLine time={bundle.time} />
                <p className="faint mono bundle-path"><DirectoryText>{bundle.path}</DirectoryText></p>
                {verifying.has(bundle.path) ? <BundleVerification path={bundle.path} /> : null}
              </li>
            ))}
          </ul>
        </section>
        <VerifyAny />
        <CampaignNotes isOfficer={isOfficer} />
        <LogCheck />
        {proving === null ? null : <TimeDialog bundle={proving} onClose={() => setProving(null)} />}
        {amending === null ? null : <SealDialog campaign={amending.campaign} name={amending.name} isAgain session={session} onClose={() => setAmending(null)} />}
      </div>
    </div>
  )
}
