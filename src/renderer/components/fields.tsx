import { useId } from 'react'
import type { ReactNode } from 'react'

interface FieldProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | null | undefined
  readonly isWide?: boolean
}

interface Wired { readonly id: string; readonly 'aria-describedby': string | undefined; readonly 'aria-invalid': boolean | undefined }

/** A label, its control, a hint and what is wrong with it, told to assistive technology together. */
export const Field = ({ label, hint, error, isWide = false, children }: FieldProps & { readonly children: (wired: Wired) => ReactNode }) => {
  const id = useId()
  const describing = [hint === undefined ? null : `${id}-hint`, error == null ? null : `${id}-error`].filter((one) => one !== null).join(' ')
  return (
    <div className={isWide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': describing === '' ? undefined : describing, 'aria-invalid': error == null ? undefined : true })}
      {hint === undefined ? null : <span className="field-hint" id={`${id}-hint`}>{hint}</span>}
      {error == null ? null : <span className="field-error" id={`${id}-error`} role="alert">{error}</span>}
    </div>
  )
}

/** One line of text. */
export const TextField = ({ value, onChange, type = 'text', isSecret = false, ...field }: FieldProps & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'date' | 'password' | 'number'
  readonly isSecret?: boolean
}) => (
  <Field {...field}>
    {(wired) => (
      <input {...wired} type={isSecret ? 'password' : type} value={value} autoComplete={isSecret ? 'new-password' : 'off'} spellCheck={false}
        onChange={(event) => onChange(event.target.value)} />
    )}
  </Field>
)

/** One of a few. */
export const ChoiceField = <T extends string>({ value, options, onChange, ...field }: FieldProps & {
  readonly value: T
  readonly options: readonly (readonly [value: T, words: string])[]
  readonly onChange: (value: T) => void
}) => (
  <Field {...field}>
    {(wired) => (
      <select {...wired} value={value} onChange={(event) => {
        const chosen = options.find(([one]) => one === event.target.value)
        if (chosen !== undefined) onChange(chosen[0])
      }}>
        {options.map(([one, words]) => <option key={one} value={one}>{words}</option>)}
      </select>
    )}
  </Field>
)

/** Yes or no. */
export const CheckField = ({ label, hint, isOn, onChange }: {
  readonly label: string; readonly hint?: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void
}) => {
  const id = useId()
  return (
    <div className="check-field">
      <input id={id} type="checkbox" checked={isOn} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <span className="field-hint" id={`${id}-hint`}>{hint}</span>}
    </div>
  )
}
