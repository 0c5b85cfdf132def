import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { CommandLine } from '../../../components/command-line.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { ChangeKeyDialog, type KeyChange } from './change-key-dialog.tsx'
import './keys.css'

type Keys = Awaited<ReturnType<Client['keys']['show']>>

/** Who can sign, who no longer, and what happened to every key. */
export const KeysSection = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const keys = useQuery(engine.keys.show.queryOptions())
  return (
    <section className="section keys">
      <h2>{t.keys.title}</h2>
      <p className="soft settings-text">{t.keys.text}</p>
      {keys.isError ? <FailureView error={keys.error} isInline onRetry={() => void keys.refetch()} /> : null}
      {keys.isPending ? <Skeleton lines={8} /> : null}
      {keys.data === undefined ? null : <KeysShown keys={keys.data} session={session} />}
    </section>
  )
}

const KeysShown = ({ keys, session }: { readonly keys: Keys; readonly session: Session }) => {
  const [change, setChange] = useState<KeyChange | null>(null)
  const isOfficer = session.person.roles.includes('officer')
  return (
    <>
      <h3>{t.keys.root}</h3>
      {keys.root === null ? <p className="field-error">{t.keys.rootMissing}</p> : (
        <p className="settings-text">
          <code className="fingerprint">{keys.root.fingerprint}</code><br />
          <span className="faint">{t.keys.rootHint} {t.keys.validTo(formatMoment(keys.root.validTo))}</span>
        </p>
      )}
      <h3>{t.keys.people}</h3>
      <div className="keys-scroll" role="region" aria-label={t.keys.people} tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{t.keys.person}</th><th scope="col">{t.keys.roles}</th><th scope="col">{t.keys.certificate}</th>{isOfficer ? <td /> : null}</tr></thead>
          <tbody>
            {keys.people.map(({ email, name, roles, certificate }) => (
              <tr key={email}>
                <th scope="row"><DirectoryText>{name}</DirectoryText><br /><span className="faint"><DirectoryText>{email}</DirectoryText></span></th>
                <td>{roles.map((role) => t.person.roles[role]).join(', ')}</td>
                <td>
                  {certificate === null ? <span className="faint">{t.keys.none}</span> : (
                    <><code title={certificate.fingerprint}>{certificate.fingerprint.slice(0, 16)}…</code><br /><span className="faint">{t.keys.validTo(formatMoment(certificate.validTo))}</span></>
                  )}
                </td>
                {isOfficer ? (
                  <td className="keys-actions">
                    {certificate === null ? null : <>
                      <button type="button" className="button small" aria-label={t.keys.replaceOf(email)} onClick={() => setChange({ email, way: 'replace' })}>{t.keys.replace}</button>
                      {email === session.person.email ? null : (
                        <button type="button" className="button small" aria-label={t.keys.revokeOf(email)} onClick={() => setChange({ email, way: 'revoke' })}>{t.keys.revoke}</button>
                      )}
                    </>}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t.keys.revoked}</h3>
      {keys.revoked.length === 0 ? <p className="faint">{t.keys.noneRevoked}</p> : (
        <ul className="keys-revoked">
          {keys.revoked.map(({ serial, at, why }) => <li key={serial}><code>{serial}</code> <span className="soft">{t.keys.whys[why]} · {formatMoment(at)}</span></li>)}
        </ul>
      )}
      <h3>{t.keys.custody}</h3>
      <div className="keys-scroll custody" role="region" aria-label={t.keys.custody} tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{t.keys.at}</th><th scope="col">{t.keys.what}</th><th scope="col">{t.keys.by}</th></tr></thead>
          <tbody>
            {keys.custody.map(({ seq, at, by, person, detail }) => (
              <tr key={seq}>
                <td>{formatMoment(at)}</td>
                <td>{person === null ? null : <><DirectoryText>{person}</DirectoryText>: </>}<DirectoryText>{detail}</DirectoryText></td>
                <td><DirectoryText>{by}</DirectoryText></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t.keys.restoreTitle}</h3>
      <p className="soft settings-text">{t.keys.restoreText}</p>
      <CommandLine command="muster backup FILE" />
      <CommandLine command={'muster restore FILE --reason "…"'} />
      {change === null ? null : <ChangeKeyDialog change={change} onClose={() => setChange(null)} />}
    </>
  )
}
