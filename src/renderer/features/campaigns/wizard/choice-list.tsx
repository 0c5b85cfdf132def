import { useId, useState } from 'react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** From this many on there is a field to filter them by. */
const manyChoices = 8
/** More than this at once is a list nobody reads; the filter finds the rest. */
const mostShown = 60

interface ChoiceListProps {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly words: string; readonly count?: number }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Any of a list: what is chosen stays on top, however long the list. */
export const ChoiceList = ({ label, options, chosen, onChange }: ChoiceListProps) => {
  const [text, setText] = useState('')
  const id = useId()
  const known = new Set(options.map(({ value }) => value))
  // A chosen value the snapshots no longer hold must not vanish from sight.
  const all = [...chosen.filter((value) => !known.has(value)).map((value) => ({ value, words: value })), ...options]
  const isMany = all.length > manyChoices
  const found = all.filter(({ words }) => words.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()))
  const shown = isMany ? [...found].sort((a, b) => Number(chosen.includes(b.value)) - Number(chosen.includes(a.value))).slice(0, mostShown) : found
  return (
    <fieldset className="pick-list">
      <legend>
        {label}
        <span className="faint pick-state"> {chosen.length === 0 ? t.campaigns.wizard.any : t.campaigns.wizard.chosen(formatNumber(chosen.length))}</span>
      </legend>
      {isMany ? (
        <input className="compact-input" type="search" value={text} aria-label={t.campaigns.wizard.filter(label)} placeholder={t.campaigns.wizard.filter(label)}
          onChange={(event) => setText(event.target.value)} />
      ) : null}
      <div className={isMany ? 'picks is-long' : 'choices'} {...(isMany ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}>
        {shown.length === 0 ? <p className="faint small">{t.campaigns.wizard.noneMatch}</p> : null}
        {shown.map((option) => (
          <div key={option.value} className="pick">
            <input id={`${id}-${option.value}`} type="checkbox" checked={chosen.includes(option.value)}
              onChange={(event) => onChange(event.target.checked ? [...chosen, option.value] : chosen.filter((one) => one !== option.value))} />
            <label htmlFor={`${id}-${option.value}`}><DirectoryText>{option.words}</DirectoryText></label>
            {'count' in option && option.count !== undefined ? <span className="faint numbers">{formatNumber(option.count)}</span> : null}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
