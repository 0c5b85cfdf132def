import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { PersonDetail } from '../people-types.ts'

const tone = { open: 'badge hot', mitigated: 'badge good', exempt: 'badge warm' } as const

/** Rules on separation of duties that what the person holds breaks. */
export const Conflicts = ({ conflicts }: { readonly conflicts: PersonDetail['conflicts'] }) => (
  <section className="section">
    <h2>{t.inventory.person.conflicts}</h2>
    {conflicts.length === 0 ? <p className="soft">{t.inventory.person.noConflicts}</p> : (
      <ul className="sheet">
        {conflicts.map(({ rule, left, right, state, because }) => (
          <li key={rule.id} className="conflict-card">
            <strong><DirectoryText>{rule.name}</DirectoryText></strong>
            <span className="soft"><SentenceText>{t.inventory.person.conflictSides(left.join(', '), right.join(', '))}</SentenceText></span>
            <span>
              <span className={tone[state]}>{t.inventory.conflict[state]}</span>{' '}
              <span className="faint">
                {t.inventory.severity[rule.severity]}
                {because === null || state === 'open' ? '' : `, ${state === 'exempt' ? t.inventory.because.exempt(formatDay(because)) : t.inventory.because.mitigated(because)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    )}
  </section>
)
