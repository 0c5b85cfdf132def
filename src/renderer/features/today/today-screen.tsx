import type { Session } from '../../api/session.ts'
import { t } from '../../texts/texts.ts'
import { PacketNotice } from './packet-notice.tsx'
import { OfficerToday } from './officer-today.tsx'
import { WaitingReviews } from './waiting-reviews.tsx'
import './today.css'

/** What needs me now, by role. */
export const TodayScreen = ({ session }: { readonly session: Session }) => {
  const { roles } = session.person
  return (
    <div className="page">
      <div className="page-inner">
        <h1>{t.today.title}</h1>
        {session.workspace.packet === undefined ? null : <PacketNotice />}
        <WaitingReviews asOf={session.asOf} />
        {roles.includes('officer') ? <OfficerToday session={session} /> : null}
        {roles.includes('auditor') ? (
          <section className="section">
            <h2>{t.today.auditor}</h2>
            <p className="soft">{t.today.auditorText}</p>
            <p>
              <a className="button" href="#/evidence">
                {t.today.toEvidence}
              </a>
            </p>
          </section>
        ) : null}
      </div>
    </div>
  )
}
