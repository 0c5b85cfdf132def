import { useId } from 'react'
import './spoken-digits.css'

interface DigitsProps {
  /** Groups with blanks between them. */
  readonly digits: string
  readonly label: string
  /** How a screen reader hears it: `Digits, in groups of five: 1 2 3 4 5, …`. */
  readonly say: (text: string) => string
}

/** A fingerprint to be compared by voice, large, group by group. */
export const SpokenDigits = ({ digits, label, say }: DigitsProps) => {
  const id = useId()
  const groups = digits.split(' ')
  return (
    <div className="spoken" role="group" aria-labelledby={id}>
      <span className="field-label" id={id}>{label}</span>
      <span className="visually-hidden">{say(groups.map((group) => [...group].join(' ')).join(', '))}</span>
      <ol className="spoken-groups" aria-hidden="true">
        {groups.map((group, at) => <li key={at}>{group}</li>)}
      </ol>
    </div>
  )
}
