import { EmptyView } from '../../components/state-view.tsx'
import type { Session } from '../../api/session.ts'
import { t } from '../../texts/texts.ts'
import { settingsSections } from './sections.ts'
import './settings.css'

/** The workspace's settings, one section at a time. */
export const SettingsScreen = ({ section, session }: { readonly section: string | null; readonly session: Session }) => {
  const sections = settingsSections.filter(({ isFor }) => isFor?.(session) ?? true)
  const current = section === null ? sections[0] : sections.find(({ key }) => key === section)
  return (
    <div className="page">
      <div className="page-inner settings">
        <h1>{t.settings.title}</h1>
        <nav className="settings-sections" aria-label={t.settings.sections}>
          <ul>
            {sections.map(({ key, title, sign: Sign }) => (
              <li key={key}>
                <a href={`#/settings/${key}`} aria-current={key === current?.key ? 'page' : undefined}>
                  <Sign size={16} strokeWidth={1.75} aria-hidden="true" />
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-content">
          {current === undefined
            ? <EmptyView isInline title={t.pageMissing} text=""><a className="button" href="#/settings">{t.settings.title}</a></EmptyView>
            : <current.Content key={current.key} session={session} />}
        </div>
      </div>
    </div>
  )
}
