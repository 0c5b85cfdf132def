import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { PersonDetail } from '../people-types.ts'

/** What HR reported, the latest first; managers by their names. */
export const HrHistory = ({ history }: { readonly history: PersonDetail['history'] }) => (
  <section className="section">
    <h2>{t.inventory.person.history}</h2>
    {history.length === 0 ? <p className="soft">{t.inventory.person.noHistory}</p> : (
      <ol className="hr-steps">
        {history.map((event, at) => {
          const [from, to] = [event.fromName ?? event.from, event.toName ?? event.to]
          return (
            <li key={at}>
              <time dateTime={event.effectiveOn} className="faint numbers">{formatDay(event.effectiveOn)}</time>
              <strong>{t.inventory.event[event.kind]}</strong>
              {from === null && to === null ? null : (
                <span className="soft">
                  {event.attribute === null ? '' : `${t.inventory.attribute[event.attribute]}: `}
                  {from === null ? null : <DirectoryText>{from}</DirectoryText>}{from !== null && to !== null ? ' → ' : null}{to === null ? null : <DirectoryText>{to}</DirectoryText>}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    )}
  </section>
)
