import { t } from '../../texts/texts.ts'
import type { Session } from '../../api/session.ts'
import { ExemptionsView } from './answers/exemptions-view.tsx'
import { WhatIfView } from './answers/what-if-view.tsx'
import { ProtectedView } from './protected/protected-view.tsx'
import { RulesView } from './rules/rules-view.tsx'
import { TagsView } from './tags/tags-view.tsx'
import './policies.css'

const sections = ['rules', 'what-if', 'exemptions', 'tags', 'protected', 'learning'] as const

interface PoliciesProps {
  readonly session: Session
  /** `#/policies/<section>/<what is open in it>` */
  readonly section: string | undefined
  readonly open: string | undefined
}

/** Rules that hold for everybody: what must not meet, what is accepted for a time, what nobody may take away. */
export const PoliciesScreen = ({ session, section = 'rules', open }: PoliciesProps) => {
  const mayChange = session.person.roles.includes('officer')
  const place = sections.find((one) => one === section) ?? 'rules'
  return (
    <div className="page tabbed policies">
      <div className="tabbed-head">
        <h1>{t.policies.title}</h1>
        <nav className="page-tabs" aria-label={t.policies.sections}>
          {sections.map((one) => (
            <a key={one} href={`#/policies/${one}`} aria-current={one === place ? 'page' : undefined}>{t.policies.tabs[one]}</a>
          ))}
        </nav>
        {mayChange ? null : <p className="soft">{t.policies.readOnly}</p>}
      </div>
      {place === 'rules' ? <RulesView open={open} mayChange={mayChange} asOf={session.asOf} /> : null}
      {place === 'what-if' ? <WhatIfView key={open ?? ''} identityId={open === undefined ? null : Number(open)} /> : null}
      {place === 'exemptions' ? <ExemptionsView mayChange={mayChange} /> : null}
      {place === 'tags' ? <TagsView open={open} mayChange={mayChange} /> : null}
      {place === 'protected' ? <ProtectedView mayChange={mayChange} /> : null}
    </div>
  )
}
