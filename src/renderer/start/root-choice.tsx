import { useState } from 'react'
import type { FoundRoot, StartRoot } from '../../shared/model/start-request.ts'
import { CheckField, TextField } from '../components/fields.tsx'
import { DirectoryText } from '../components/directory-text.tsx'
import { formatDay } from '../components/format.ts'
import type { StartAnswer, StartRequest } from '../host.ts'
import { t } from '../texts/texts.ts'
import { ChosenPath } from './chosen-path.tsx'

/** What is typed about the root until now; `compared` only after its file was looked into. */
export interface RootTyped {
  readonly way: StartRoot['way']
  readonly file: string
  readonly filePassphrase: string
  readonly found: FoundRoot | null
  readonly isCompared: boolean
}

export const noRootTyped: RootTyped = { way: 'made', file: '', filePassphrase: '', found: null, isCompared: false }

/** Null while something is missing. */
export const rootOf = ({ way, file, filePassphrase, found, isCompared }: RootTyped): StartRoot | null => {
  if (way !== 'imported') return { way }
  return found === null || !isCompared ? null : { way, file, filePassphrase, fingerprint: found.rootFingerprint }
}

const ways = ['made', 'imported', 'elsewhere'] as const

const Brought = ({ typed, onChange, ask, error }: {
  readonly typed: RootTyped; readonly onChange: (typed: RootTyped) => void; readonly ask: (request: StartRequest) => Promise<StartAnswer>; readonly error: string | null
}) => {
  const words = t.shell.start.rootChoice
  const [failure, setFailure] = useState<string | null>(null)
  const [isLooking, setLooking] = useState(false)
  const look = async (): Promise<void> => {
    setFailure(null)
    setLooking(true)
    const answer = await ask({ kind: 'root-look', file: typed.file, filePassphrase: typed.filePassphrase })
    setLooking(false)
    if (answer.kind === 'root') onChange({ ...typed, found: answer.found, isCompared: false })
    else if (answer.kind === 'failed') setFailure(answer.message)
  }
  return (
    <div className="start-root-file">
      <ChosenPath label={words.file} button={words.chooseFile} hint={words.fileHint} error={typed.file === '' ? error : null} path={typed.file} what="root-file" ask={ask}
        onChosen={(file) => { setFailure(null); onChange({ ...typed, file, found: null, isCompared: false }) }} />
      {typed.file === '' ? null : (
        <>
          <TextField label={words.filePassphrase} hint={words.filePassphraseHint} isSecret value={typed.filePassphrase} onChange={(filePassphrase) => onChange({ ...typed, filePassphrase, found: null, isCompared: false })} />
          <div><button type="button" className="button" disabled={isLooking} onClick={() => void look()}>{isLooking ? words.looking : words.look}</button></div>
        </>
      )}
      {failure === null ? null : <p className="field-error" role="alert"><DirectoryText>{failure}</DirectoryText></p>}
      {typed.found === null ? null : (
        <>
          <dl className="start-facts">
            <div><dt>{words.authority}</dt><dd><DirectoryText>{typed.found.subject}</DirectoryText></dd></div>
            <div><dt>{words.root}</dt><dd><DirectoryText>{typed.found.rootSubject}</DirectoryText></dd></div>
            <div><dt>{words.validTo}</dt><dd>{formatDay(typed.found.validTo)}</dd></div>
            <div><dt>{words.fingerprint}</dt><dd><code className="fingerprint">{typed.found.rootFingerprint.match(/.{4}/g)?.join(' ')}</code></dd></div>
          </dl>
          <CheckField label={words.compared} isOn={typed.isCompared} onChange={(isCompared) => onChange({ ...typed, isCompared })} />
        </>
      )}
      {typed.file !== '' && error !== null && failure === null ? <span className="field-error" role="alert">{error}</span> : null}
    </div>
  )
}

/** One disclosure: whoever does not open it gets a root made here. */
export const RootChoice = ({ typed, onChange, ask, error }: {
  readonly typed: RootTyped; readonly onChange: (typed: RootTyped) => void; readonly ask: (request: StartRequest) => Promise<StartAnswer>; readonly error: string | null
}) => {
  const words = t.shell.start.rootChoice
  return (
    <details className="start-more">
      <summary>{words.title} <span className="soft">{words.chosen[typed.way]}</span></summary>
      <fieldset className="start-root">
        <legend className="visually-hidden">{words.title}</legend>
        {ways.map((way) => (
          <label key={way} className="start-root-way">
            <input type="radio" name="root-way" checked={typed.way === way} onChange={() => onChange({ ...typed, way })} />
            <span><strong>{words.ways[way]}</strong><br /><span className="soft small">{words.wayTexts[way]}</span></span>
          </label>
        ))}
        {typed.way === 'imported' ? <Brought typed={typed} onChange={onChange} ask={ask} error={error} /> : null}
      </fieldset>
    </details>
  )
}
