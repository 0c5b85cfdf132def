import { CalendarDays, FlaskConical, KeyRound, Search } from 'lucide-react'
import type { Session } from '../api/session.ts'
import { DirectoryText } from '../components/directory-text.tsx'
import { formatDay } from '../components/format.ts'
import { KeyHint } from '../components/key-hint.tsx'
import { initials } from '../components/person-name.ts'
import { t } from '../texts/texts.ts'
import { Mark } from './mark.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

const isApple = /Mac|iPhone|iPad/.test(window.navigator.platform)

/** Who is acting, in which workspace, as of which day. */
export const TopBar = ({ session, onFind }: { readonly session: Session; readonly onFind: () => void }) => {
  const { person, workspace } = session
  return (
    <header className="top-bar">
      <a className="brand" href="#/today">
        <Mark />
        <span>{t.appName}</span>
      </a>
      <span className="workspace-name">
        <DirectoryText>{workspace.name}</DirectoryText>
      </span>
      {workspace.isSample ? (
        <span className="badge warm" title={t.sampleHint}>
          <FlaskConical size={13} aria-hidden="true" />
          {t.sampleOrganisation}
        </span>
      ) : null}
      <span className="top-space" />
      <button type="button" className="find-button" aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'} onClick={onFind}>
        <Search size={15} aria-hidden="true" />
        <span>{t.shell.palette.open}</span>
        <KeyHint>{isApple ? '⌘K' : t.keyNames.control + '+K'}</KeyHint>
      </button>
      <span className="top-space" />
      <span className="as-of" title={t.asOfHint}>
        <CalendarDays size={15} aria-hidden="true" />
        <span className="numbers">{t.asOf(formatDay(session.asOf))}</span>
      </span>
      <ThemeSwitch />
      <span className="who">
        <span className="who-mark" aria-hidden="true">
          {initials(person.name)}
        </span>
        <span className="who-text">
          <DirectoryText>{person.name}</DirectoryText>
          <span className="faint">{person.roles.map((role) => t.person.roles[role]).join(', ')}</span>
        </span>
        <KeyRound size={14} className={person.isEnrolled ? 'faint' : 'outcome-look-closer'} aria-hidden="true" />
        <span className="visually-hidden">{person.isEnrolled ? t.enrolled : t.notEnrolled}</span>
      </span>
    </header>
  )
}
