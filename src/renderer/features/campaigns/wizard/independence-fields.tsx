import { useId } from 'react'
import { reviewConflict, type ReviewConflict } from '../../../../shared/model/campaign.ts'
import { t } from '../../../texts/texts.ts'

/** Which reviews that are no independent look go to somebody else; what is not chosen is only told before the launch. */
export const IndependenceFields = ({ avoids, onChange }: { readonly avoids: readonly ReviewConflict[]; readonly onChange: (avoids: ReviewConflict[]) => void }) => {
  const words = t.campaigns.wizard
  const id = useId()
  return (
    <fieldset className="plain-set" aria-describedby={`${id}-text`}>
      <legend>{words.avoidsTitle}</legend>
      <p className="soft small" id={`${id}-text`}>{words.avoidsText}</p>
      {reviewConflict.options.map((one) => (
        <div key={one} className="check-field">
          <input id={`${id}-${one}`} type="checkbox" checked={avoids.includes(one)}
            onChange={(event) => onChange(reviewConflict.options.filter((other) => (other === one ? event.target.checked : avoids.includes(other))))} />
          <label htmlFor={`${id}-${one}`}>{words.avoids[one]}</label>
        </div>
      ))}
    </fieldset>
  )
}
