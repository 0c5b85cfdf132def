import { useState } from 'react'
import type { Session } from '../../../api/session.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { EnrolDialog } from './enrol-dialog.tsx'
import { Fingerprint } from './found-facts.tsx'
import type { Keys } from './keys-shown.ts'
import { PassphraseDialog } from './passphrase-dialogs.tsx'
import { ImportRootDialog, RenewRootDialog } from './root-dialogs.tsx'

type Open = 'renew' | 'import' | 'request' | 'passphrase' | null

/** None is here: because the organisation's own authority has not answered, or because the file is gone. */
const NoRoot = ({ keys, isOfficer, onOpen }: { readonly keys: Keys; readonly isOfficer: boolean; readonly onOpen: (open: Open) => void }) => {
  const [request] = keys.requests
  if (request === undefined) return <p className="field-error" role="alert">{t.keys.rootMissing}</p>
  return (
    <div className="sheet key-root">
      <p><strong>{t.keys.noRoot}</strong></p>
      <p>{t.keys.noRootText(formatDay(request.at))}</p>
      {isOfficer ? (
        <>
          <p className="faint">{t.keys.noRootInstead}</p>
          <div className="key-buttons">
            <button type="button" className="button" onClick={() => onOpen('import')}>{t.keys.importRoot}</button>
            <button type="button" className="button" onClick={() => onOpen('renew')}>{t.keys.renewRoot}</button>
          </div>
        </>
      ) : null}
    </div>
  )
}

/** The organisation's root, where it comes from, and the ways to replace it. */
export const RootPart = ({ keys, session, isOfficer }: { readonly keys: Keys; readonly session: Session; readonly isOfficer: boolean }) => {
  const [open, setOpen] = useState<Open>(null)
  const close = (): void => setOpen(null)
  const me = keys.people.find(({ email }) => email === session.person.email)
  return (
    <section className="settings-block" aria-labelledby="keys-root">
      <h3 id="keys-root">{t.keys.root}</h3>
      {keys.root === null ? <NoRoot keys={keys} isOfficer={isOfficer} onOpen={setOpen} /> : (
        <div className="sheet key-root">
          <p><strong><DirectoryText>{keys.root.subject}</DirectoryText></strong></p>
          <p>{t.keys.ways[keys.way]}</p>
          <p><Fingerprint hex={keys.root.fingerprint} /></p>
          <p className="faint">{t.keys.rootHint} {t.keys.validTo(formatDay(keys.root.validTo))}.</p>
          {keys.formerRoots.length === 0 ? null : (
            <div className="former-roots">
              <p className="soft">{t.keys.formerRoots}</p>
              <ul>{keys.formerRoots.map((hex) => <li key={hex}><Fingerprint hex={hex} /></li>)}</ul>
            </div>
          )}
          {isOfficer ? (
            <div className="key-buttons">
              {keys.way === 'elsewhere' ? null : <button type="button" className="button" onClick={() => setOpen('request')}>{t.keys.ownAuthority}</button>}
              <button type="button" className="button" onClick={() => setOpen('import')}>{t.keys.importRoot}</button>
              <button type="button" className="button" onClick={() => setOpen('renew')}>{t.keys.renewRoot}</button>
              {keys.way === 'elsewhere' ? null : <button type="button" className="button quiet" onClick={() => setOpen('passphrase')}>{t.keys.rootPassphraseChange}</button>}
            </div>
          ) : null}
        </div>
      )}
      {open === 'renew' ? <RenewRootDialog onClose={close} /> : null}
      {open === 'import' ? <ImportRootDialog onClose={close} /> : null}
      {open === 'passphrase' ? <PassphraseDialog of="root" onClose={close} /> : null}
      {open === 'request' && me !== undefined
        ? <EnrolDialog enrolling={{ person: me, isRequest: true, text: `${t.keys.ownAuthorityText} ${t.keys.requestText}` }} onClose={close} />
        : null}
    </section>
  )
}
