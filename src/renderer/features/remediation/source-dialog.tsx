import { useId, useState } from 'react'
import { toFailure } from '../../api/failure.ts'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { FailureView } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import type { Remediation } from './remediation-types.ts'
import { useSourceWork, type SourceOutcome, type SourceWork } from './use-source-work.ts'

type Words = typeof t.remediation.remove
const wordsOf: Readonly<Record<SourceWork, Words>> = { remove: t.remediation.remove, 'give-back': t.remediation.giveBack }
const tones: Readonly<Record<SourceOutcome['outcome'], string>> = {
  'would-remove': 'badge good', removed: 'badge good', 'already-gone': 'badge', refused: 'badge warm', failed: 'badge hot', 'would-give': 'badge good', given: 'badge good', 'already-held': 'badge',
}
/** What there is still something to approve for. */
const canBeDone: ReadonlySet<SourceOutcome['outcome']> = new Set(['would-remove', 'already-gone', 'would-give', 'already-held'])

const Outcomes = ({ words, title, outcomes, items }: {
  readonly words: Words; readonly title: string; readonly outcomes: readonly SourceOutcome[]; readonly items: readonly Remediation[]
}) => (
  <div className="outcome-scroll" tabIndex={0} role="group" aria-label={title}>
    <table className="table">
      <caption className="visually-hidden">{title}</caption>
      <thead><tr><th scope="col">{words.what}</th><th scope="col">{words.outcome}</th></tr></thead>
      <tbody>
        {outcomes.map((one) => {
          const item = items.find(({ id }) => id === one.id)
          return (
            <tr key={one.id}>
              <td>
                <DirectoryText>{item?.subjectName ?? String(one.id)}</DirectoryText>
                <p className="faint"><DirectoryText>{item?.entitlementName ?? ''}</DirectoryText></p>
              </td>
              <td>
                <span className={tones[one.outcome]}>{t.remediation.outcomes[one.outcome]}</span>
                <p><DirectoryText>{one.detail}</DirectoryText></p>
                {one.instead === null ? null : <p><strong>{words.instead}</strong> <DirectoryText>{one.instead}</DirectoryText></p>}
                {one.request === null ? null : <p className="faint mono request"><DirectoryText>{one.request}</DirectoryText></p>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  </div>
)

/** Dry run, then approval with the officer's passphrase, then what was done. */
export const SourceDialog = ({ work, items, onClose }: { readonly work: SourceWork; readonly items: readonly Remediation[]; readonly onClose: () => void }) => {
  const words = wordsOf[work]
  const id = useId()
  const [ids] = useState(() => items.map((one) => one.id))
  const [shown] = useState(items)
  const { state, approve } = useSourceWork(work, ids)
  const [passphrase, setPassphrase] = useState('')
  const doable = state.at === 'tried' ? state.outcomes.filter(({ outcome }) => canBeDone.has(outcome)).map((one) => one.id) : []
  const left = state.at === 'tried' ? state.outcomes.length - doable.length : 0
  const failure = state.at === 'tried' && state.error !== null ? toFailure(state.error) : null
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (doable.length > 0 && passphrase !== '') { approve(doable, passphrase); setPassphrase('') } }}>
        <div className="dialog-body form-stack">
          {state.at === 'trying' || state.at === 'doing' ? (
            <p role="status" className="soft">{state.at === 'trying' ? words.trying : words.working} {state.step}</p>
          ) : null}
          {state.at === 'failed' ? <FailureView error={state.error} isInline onRetry={onClose} /> : null}
          {state.at === 'tried' ? (
            <>
              <p role="status">{doable.length === 0 ? words.nothing : `${words.can(doable.length)} ${left === 0 ? '' : words.cannot(left)}`}</p>
              <Outcomes words={words} title={words.result} outcomes={state.outcomes} items={shown} />
              {doable.length === 0 ? null : (
                <div className="field">
                  <label htmlFor={id}>{words.passphrase}</label>
                  <input id={id} type="password" autoComplete="off" value={passphrase} autoFocus aria-describedby={`${id}-hint`} onChange={(event) => setPassphrase(event.target.value)} />
                  <span className="field-hint" id={`${id}-hint`}>{words.hint}</span>
                </div>
              )}
              <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
            </>
          ) : null}
          {state.at === 'done' ? (
            <>
              <p role="status">{words.doneText}</p>
              <Outcomes words={words} title={words.done} outcomes={state.outcomes} items={shown} />
            </>
          ) : null}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{state.at === 'doing' ? words.stop : state.at === 'done' ? words.close : t.cancel}</button>
          {state.at === 'tried' && doable.length > 0
            ? <button type="submit" className="button primary" disabled={passphrase === ''}>{words.confirm(doable.length)}</button> : null}
        </div>
      </form>
    </DialogBox>
  )
}
