import { useMutation, useQuery } from '@tanstack/react-query'
import { Clock } from 'lucide-react'
import { useState } from 'react'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { formatMoment } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { NameDialog, RemoveDialog } from './authority-dialogs.tsx'
import './time-authority.css'

type Shown = Awaited<ReturnType<Client['evidence']['timeAuthority']>>

/** Who is asked for the time when a report is sealed, and under which certificate that is believed. */
export const TimeAuthoritySection = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const words = t.timeAuthority
  const authority = useQuery(engine.evidence.timeAuthority.queryOptions())
  return (
    <section className="section time-authority">
      <h2>{words.title}</h2>
      <p className="soft settings-text">{words.text}</p>
      {authority.isError ? <FailureView error={authority.error} isInline onRetry={() => void authority.refetch()} /> : null}
      {authority.isPending ? <Skeleton lines={4} /> : null}
      {authority.data === undefined ? null : <Named authority={authority.data} isOfficer={session.person.roles.includes('officer')} />}
    </section>
  )
}

const Named = ({ authority, isOfficer }: { readonly authority: Shown; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const words = t.timeAuthority
  const [open, setOpen] = useState<'name' | 'remove' | null>(null)
  const testing = useMutation({ mutationFn: () => engine.evidence.testTimeAuthority.call(null) })
  const { url, host } = authority
  const close = (): void => { testing.reset(); setOpen(null) }
  return (
    <>
      <div className="sheet time-now">
        {url === null ? (
          <p className="time-none"><Clock size={16} className="faint" aria-hidden="true" /><span><strong>{words.none}</strong><br /><span className="soft">{words.noneText}</span></span></p>
        ) : null}
        <dl>
          {url === null ? null : (
            <>
              <div><dt>{words.askedAtEachSeal}</dt><dd className="mono"><DirectoryText>{url}</DirectoryText></dd></div>
              <div><dt>{words.where}</dt><dd>{authority.isBeyondThisMachine ? <SentenceText>{words.beyond(host ?? '')}</SentenceText> : words.here}</dd></div>
            </>
          )}
          {url === null ? null : <Roots title={words.root} roots={authority.roots} />}
          <Roots title={words.former} roots={url === null ? [...authority.roots, ...authority.formerRoots] : authority.formerRoots} />
        </dl>
        {isOfficer ? null : <p className="faint">{words.asOfficer}</p>}
      </div>
      {isOfficer ? (
        <div className="time-buttons">
          {url === null ? null : <button type="button" className="button" disabled={testing.isPending} onClick={() => testing.mutate()}>{testing.isPending ? words.testing : words.test}</button>}
          <button type="button" className="button" onClick={() => setOpen('name')}>{url === null ? words.name : words.change}</button>
          {url === null ? null : <button type="button" className="button quiet" onClick={() => setOpen('remove')}>{words.remove}</button>}
        </div>
      ) : null}
      {testing.data === undefined ? null : <p role="status"><SentenceText>{words.answered(testing.data.authority, formatMoment(testing.data.at))}</SentenceText></p>}
      <FailureLine isSaid error={testing.error} />
      {open === 'name' ? <NameDialog onClose={close} /> : null}
      {open === 'remove' ? <RemoveDialog onClose={close} /> : null}
    </>
  )
}

const Roots = ({ title, roots }: { readonly title: string; readonly roots: Shown['roots'] }) => (
  roots.length === 0 ? null : (
    <div>
      <dt>{title}</dt>
      {roots.map(({ name, fingerprint }) => (
        <dd key={fingerprint}><DirectoryText>{name}</DirectoryText><br /><code className="fingerprint faint">{(fingerprint.match(/.{4}/g) ?? []).join(' ')}</code></dd>
      ))}
    </div>
  )
)
