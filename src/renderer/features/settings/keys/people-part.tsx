import { useState } from 'react'
import type { Session } from '../../../api/session.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatMoment } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { ChangeKeyDialog, type KeyChange } from './change-key-dialog.tsx'
import { EnrolDialog, type Enrolling } from './enrol-dialog.tsx'
import type { Keys } from './keys-shown.ts'
import { saveText } from '../../../components/save-text.ts'
import { TakeCertificateDialog } from './take-dialogs.tsx'

type Person = Keys['people'][number]

const tone = { stands: 'badge good', 'not-certified': 'badge', 'former-root': 'badge warm', revoked: 'badge hot', expired: 'badge hot' } as const
const twoYears = 2 * 365.25 * 86_400_000

const Certificate = ({ certificate, asOf }: { readonly certificate: Person['certificate']; readonly asOf: string }) => {
  if (certificate === null) return <span className="faint">{t.keys.none}</span>
  const isDue = certificate.standing === 'stands' && Date.parse(asOf) - Date.parse(certificate.validFrom) > twoYears
  return (
    <>
      <span className={tone[certificate.standing]}>{t.keys.standings[certificate.standing]}</span><br />
      <code title={certificate.fingerprint}>{certificate.fingerprint.slice(0, 16)}…</code><br />
      <span className="faint">{isDue ? t.keys.isDue : t.keys.validTo(formatDay(certificate.validTo))}</span>
    </>
  )
}

/** Who can sign and who cannot, and for officers what to do about it. */
export const PeoplePart = ({ keys, session, isOfficer }: { readonly keys: Keys; readonly session: Session; readonly isOfficer: boolean }) => {
  const [change, setChange] = useState<KeyChange | null>(null)
  const [enrolling, setEnrolling] = useState<Enrolling | null>(null)
  const [taking, setTaking] = useState<string | null>(null)
  const isElsewhere = keys.way === 'elsewhere'
  const enrolText = isElsewhere ? t.keys.requestText : t.keys.enrolText
  return (
    <section className="settings-block" aria-labelledby="keys-people">
      <div className="key-head">
        <h3 id="keys-people">{t.keys.people}</h3>
        {isOfficer ? (
          <button type="button" className="button small" onClick={() => setEnrolling({ person: null, isRequest: isElsewhere, text: enrolText })}>
            {isElsewhere ? t.keys.request : t.keys.enrol}
          </button>
        ) : null}
      </div>
      {keys.people.length === 0 ? <p className="faint">{t.keys.noPeople}</p> : (
        <div className="sheet keys-scroll" role="group" aria-label={t.keys.people} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.keys.person}</th><th scope="col">{t.keys.roles}</th><th scope="col">{t.keys.certificate}</th>
                {isOfficer ? <th scope="col"><span className="visually-hidden">{t.keys.actions}</span></th> : null}
              </tr>
            </thead>
            <tbody>
              {keys.people.map((person) => (
                <tr key={person.email}>
                  <td><strong><DirectoryText>{person.name}</DirectoryText></strong><br /><span className="faint"><DirectoryText>{person.email}</DirectoryText></span></td>
                  <td>{person.roles.map((role) => t.person.roles[role]).join(', ')}</td>
                  <td><Certificate certificate={person.certificate} asOf={session.asOf} /></td>
                  {isOfficer ? (
                    <td className="keys-actions">
                      {isElsewhere || person.certificate !== null ? null : (
                        <button type="button" className="button small" aria-label={`${t.keys.enrol} ${person.email}`} onClick={() => setEnrolling({ person, isRequest: false, text: enrolText })}>{t.keys.enrol}</button>
                      )}
                      {isElsewhere
                        ? <button type="button" className="button small" aria-label={`${t.keys.request} ${person.email}`} onClick={() => setEnrolling({ person, isRequest: true, text: enrolText })}>{t.keys.request}</button>
                        : person.certificate === null ? null : (
                          <button type="button" className="button small" aria-label={`${t.keys.replace} ${person.email}`} onClick={() => setChange({ email: person.email, way: 'replace', isElsewhere })}>{t.keys.replace}</button>
                        )}
                      {person.certificate === null || person.email === session.person.email ? null : (
                        <button type="button" className="button small quiet" aria-label={`${t.keys.revoke} ${person.email}`} onClick={() => setChange({ email: person.email, way: 'revoke', isElsewhere })}>{t.keys.revoke}</button>
                      )}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Requests requests={keys.requests} isOfficer={isOfficer} onTake={setTaking} />
      {change === null ? null : <ChangeKeyDialog change={change} onClose={() => setChange(null)} />}
      {enrolling === null ? null : <EnrolDialog enrolling={enrolling} onClose={() => setEnrolling(null)} />}
      {taking === null ? null : <TakeCertificateDialog email={taking} isOwn={taking === session.person.email} isFirst={keys.root === null} onClose={() => setTaking(null)} />}
    </section>
  )
}

const Requests = ({ requests, isOfficer, onTake }: { readonly requests: Keys['requests']; readonly isOfficer: boolean; readonly onTake: (email: string) => void }) => (requests.length === 0 ? null : (
  <>
    <h4>{t.keys.requests}</h4>
    <ul className="sheet key-requests">
      {requests.map(({ email, name, at, request }) => (
        <li key={email}>
          <span><strong><DirectoryText>{name}</DirectoryText></strong> <span className="faint"><DirectoryText>{email}</DirectoryText> · {t.keys.requestedAt(formatMoment(at))}</span></span>
          {isOfficer ? (
            <span className="key-buttons">
              <button type="button" className="button small quiet" aria-label={`${t.keys.saveRequest} ${email}`} onClick={() => saveText(`${email}.csr`, request, 'application/pkcs10')}>{t.keys.saveRequest}</button>
              <button type="button" className="button small" aria-label={`${t.keys.take} ${email}`} onClick={() => onTake(email)}>{t.keys.take}</button>
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  </>
))
