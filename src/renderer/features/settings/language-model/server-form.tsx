import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'

const words = t.settings.languageModel

interface FormProps {
  readonly host: string
  readonly allowedHosts: readonly string[]
  readonly canChange: boolean
  readonly isBusy: boolean
  readonly onHost: (host: string) => void
  readonly onAllow: (host: string, isAllowed: boolean) => void
}

/** Where the server is, and which hosts beyond this machine were allowed by name. */
export const ServerForm = ({ host, allowedHosts, canChange, isBusy, onHost, onAllow }: FormProps) => {
  const [address, setAddress] = useState(host)
  const [other, setOther] = useState('')
  const ids = { address: useId(), hint: useId(), other: useId() }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (address.trim() !== '') onHost(address.trim())
  }
  const allow = (event: FormEvent): void => {
    event.preventDefault()
    if (other.trim() === '') return
    onAllow(other.trim(), true)
    setOther('')
  }
  return (
    <>
      <form className="settings-form" onSubmit={save}>
        <div className="field">
          <label htmlFor={ids.address}>{words.address}</label>
          <input id={ids.address} value={address} spellCheck={false} autoComplete="off" disabled={!canChange} aria-describedby={ids.hint}
            onChange={(event) => setAddress(event.target.value)} />
        </div>
        <button type="submit" className="button" disabled={!canChange || isBusy || address.trim() === '' || address.trim() === host}>{words.save}</button>
      </form>
      <p className="field-hint" id={ids.hint}>{canChange ? words.addressHint : words.officerOnly}</p>
      <h4>{words.allowed}</h4>
      <p className="soft settings-text">{words.allowedText}</p>
      {allowedHosts.length === 0 ? <p className="faint">{words.allowedNone}</p> : (
        <ul className="allowed-hosts">
          {allowedHosts.map((one) => (
            <li key={one}>
              <span className="mono"><DirectoryText>{one}</DirectoryText></span>
              {canChange ? (
                <button type="button" className="button small" disabled={isBusy} aria-label={words.forbidLabel(plainText(one))}
                  onClick={() => onAllow(one, false)}>
                  {words.forbid}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {canChange ? (
        <form className="settings-form" onSubmit={allow}>
          <div className="field">
            <label htmlFor={ids.other}>{words.host}</label>
            <input id={ids.other} value={other} spellCheck={false} autoComplete="off" onChange={(event) => setOther(event.target.value)} />
          </div>
          <button type="submit" className="button" disabled={isBusy || other.trim() === ''}>{words.allow}</button>
        </form>
      ) : null}
    </>
  )
}
