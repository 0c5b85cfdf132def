import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { Keys } from './keys-shown.ts'
import { SignHeadDialog } from './passphrase-dialogs.tsx'
import { saveText } from '../../../components/save-text.ts'
import { TakeListDialog } from './take-dialogs.tsx'

/** Certificates that stand for nobody any more. */
export const RevokedPart = ({ keys, isOfficer }: { readonly keys: Keys; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const announce = useAnnounce()
  const [isTaking, setTaking] = useState(false)
  const save = (): void => {
    engine.keys.revocationList.call().then(({ pem }) => saveText('crl.pem', pem ?? '', 'application/x-pem-file'), () => announce(t.failureTitle.NO_ANSWER))
  }
  return (
    <section className="settings-block" aria-labelledby="keys-revoked">
      <div className="key-head">
        <h3 id="keys-revoked">{t.keys.revoked}</h3>
        {keys.revoked.length === 0 ? null : <button type="button" className="button small quiet" onClick={save}>{t.keys.saveList}</button>}
        {isOfficer && keys.way === 'elsewhere' ? <button type="button" className="button small" onClick={() => setTaking(true)}>{t.keys.takeList}</button> : null}
      </div>
      {keys.revoked.length === 0 ? <p className="faint">{t.keys.noneRevoked}</p> : (
        <div className="sheet keys-scroll" role="group" aria-label={t.keys.revoked} tabIndex={0}>
          <table className="table">
            <thead><tr><th scope="col">{t.keys.serial}</th><th scope="col">{t.keys.since}</th><th scope="col">{t.keys.why}</th></tr></thead>
            <tbody>{keys.revoked.map(({ serial, at, why }) => <tr key={serial}><td><code className="fingerprint">{serial}</code></td><td>{formatMoment(at)}</td><td>{t.keys.whys[why]}</td></tr>)}</tbody>
          </table>
        </div>
      )}
      {isTaking ? <TakeListDialog onClose={() => setTaking(false)} /> : null}
    </section>
  )
}

/** How much of the log is under a signed head. */
export const HeadPart = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const [isSigning, setSigning] = useState(false)
  const status = useQuery(engine.workspace.status.queryOptions())
  const words = (events: number, signed: number | null): string => (signed === null
    ? t.keys.headNone(formatNumber(events))
    : signed === events ? t.keys.headWhole : t.keys.headState(formatNumber(events), formatNumber(signed)))
  return (
    <section className="settings-block" aria-labelledby="keys-head">
      <div className="key-head">
        <h3 id="keys-head">{t.keys.head}</h3>
        {isOfficer ? <button type="button" className="button small" onClick={() => setSigning(true)}>{t.keys.sign}</button> : null}
      </div>
      <p className="soft settings-text">{t.keys.headText}</p>
      {status.isError ? <FailureView error={status.error} isInline onRetry={() => void status.refetch()} /> : null}
      {status.isPending ? <Skeleton lines={1} /> : null}
      {status.data === undefined ? null : <p>{words(status.data.events, status.data.lastCheckpointSize)}</p>}
      {isSigning ? <SignHeadDialog onClose={() => setSigning(false)} /> : null}
    </section>
  )
}

/** What the engine says in figures and codes is worded here. */
const shownNote = (kind: Keys['custody'][number]['kind'], note: string): string => {
  if (kind === 'revocation-list-changed') return t.keys.entries(Number(note), formatNumber(Number(note)))
  return kind === 'workspace-key-changed' ? (Object.entries(t.keys.protectionChanges).find(([change]) => change === note)?.[1] ?? note) : note
}

/** Everything that ever happened to keys, certificates and copies, newest first. */
export const CustodyPart = ({ custody }: { readonly custody: Keys['custody'] }) => (
  <section className="settings-block" aria-labelledby="keys-custody">
    <h3 id="keys-custody">{t.keys.custody}</h3>
    {custody.length === 0 ? <p className="faint">{t.keys.noCustody}</p> : (
      <div className="sheet keys-scroll custody" role="group" aria-label={t.keys.custody} tabIndex={0}>
        <table className="table">
          <thead><tr><th scope="col">{t.keys.at}</th><th scope="col">{t.keys.what}</th><th scope="col">{t.keys.by}</th></tr></thead>
          <tbody>
            {custody.map(({ seq, at, by, kind, person, note, fingerprint }) => (
              <tr key={seq}>
                <td className="moment">{formatMoment(at)}</td>
                <td>
                  <strong>{t.keys.kinds[kind]}</strong>{person === null ? null : <>: <DirectoryText>{person}</DirectoryText></>}
                  {note === null ? null : <> · <SentenceText>{shownNote(kind, note)}</SentenceText></>}
                  {fingerprint === null ? null : <><br /><code className="faint" title={fingerprint}>{fingerprint.slice(0, 16)}…</code></>}
                </td>
                <td><DirectoryText>{by}</DirectoryText></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
)
