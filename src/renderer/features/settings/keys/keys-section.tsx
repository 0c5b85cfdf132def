import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { CopiesPart } from './copies-part.tsx'
import { PassphraseDialog } from './passphrase-dialogs.tsx'
import { PeoplePart } from './people-part.tsx'
import { CustodyPart, HeadPart, RevokedPart } from './record-parts.tsx'
import { RootPart } from './root-part.tsx'
import './keys.css'

/** Who can sign, who no longer, and what happened to every key; for everybody, their own passphrase. */
export const KeysSection = ({ session }: { readonly session: Session }) => {
  const isInsider = session.person.roles.some((role) => role !== 'reviewer')
  return (
    <section className="section keys">
      <h2>{t.keys.title}</h2>
      <p className="soft settings-text">{t.keys.text}</p>
      {isInsider ? <Everything session={session} /> : <OwnKey session={session} />}
    </section>
  )
}

const Everything = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const keys = useQuery(engine.keys.show.queryOptions())
  const isOfficer = session.person.roles.includes('officer')
  if (keys.isError) return <FailureView error={keys.error} isInline onRetry={() => void keys.refetch()} />
  if (keys.data === undefined) return <Skeleton lines={8} />
  return (
    <>
      <RootPart keys={keys.data} session={session} isOfficer={isOfficer} />
      <PeoplePart keys={keys.data} session={session} isOfficer={isOfficer} />
      <OwnKey session={session} />
      <RevokedPart keys={keys.data} isOfficer={isOfficer} />
      <HeadPart isOfficer={isOfficer} />
      <CustodyPart custody={keys.data.custody} />
      <CopiesPart isOfficer={isOfficer} />
    </>
  )
}

const OwnKey = ({ session }: { readonly session: Session }) => {
  const [isChanging, setChanging] = useState(false)
  return (
    <section className="settings-block" aria-labelledby="keys-mine">
      <div className="key-head">
        <h3 id="keys-mine">{t.keys.mine}</h3>
        {session.person.isEnrolled ? <button type="button" className="button small" onClick={() => setChanging(true)}>{t.keys.passphrase}</button> : null}
      </div>
      <p className="soft settings-text">{session.person.isEnrolled ? t.keys.mineText : t.keys.noKeyOfMine}</p>
      {isChanging ? <PassphraseDialog of="own" onClose={() => setChanging(false)} /> : null}
    </section>
  )
}
