import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { MailForm } from './mail-form.tsx'
import { MailNow } from './mail-now.tsx'
import './mail.css'

/** The server reviewers are mailed through; off until an officer names one. */
export const MailSection = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const mail = useQuery(engine.mail.settings.queryOptions())
  const isOfficer = session.person.roles.includes('officer')
  const words = t.mail
  return (
    <section className="section mail">
      <h2>{words.title}</h2>
      <p className="soft settings-text">{words.text}</p>
      {mail.isError ? <FailureView error={mail.error} isInline onRetry={() => void mail.refetch()} /> : null}
      {mail.isPending ? <Skeleton lines={6} /> : null}
      {mail.data === undefined ? null : (
        <>
          <MailNow key={`now ${JSON.stringify(mail.data.settings)}`} isOn={mail.data.settings !== null} isOfficer={isOfficer} />
          {mail.data.settings !== null || isOfficer ? <MailForm key={JSON.stringify(mail.data)} stored={mail.data} mayChange={isOfficer} /> : null}
        </>
      )}
    </section>
  )
}
