import { useId, useState } from 'react'
import { toFailure } from '../../api/failure.ts'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { FailureView } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import type { ApplyOutcome, Remediation } from './remediation-types.ts'
import { useRemoving } from './use-removing.ts'

const words = t.remediation.remove
const tones: Readonly<Record<ApplyOutcome['outcome'], string>> = {
  'would-remove': 'badge good', removed: 'badge good', 'already-gone': 'badge', refused: 'badge warm', failed: 'badge hot',
}

const Outcomes = ({ title, outcomes, items }: { readonly title: string; readonly outcomes: readonly ApplyOutcome[]; readonly items: readonly Remediation[] }) => (
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
export const RemoveDialog = ({ items, onClose }: { readonly items: readonly Remediation[]; readonly onClose: () => void }) => {
  const id = useId()
  const [ids] = useState(() => items.map((one) => one.id))
  const [shown] = useState(items)
  const { state, remove } = useRemoving(ids)
  const [passphrase, setPassphrase] = useState('')
  const removable = state.at === 'tried' ? state.outcomes.filter(({ outcome }) => outcome === 'would-remove' || outcome === 'already-gone').map((one) => one.id) : []
  const left = state.at === 'tried' ? state.outcomes.length - removable.length : 0
  const failure = state.at === 'tried' && state.error !== null ? toFailure(state.error) : null
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (removable.length > 0 && passphrase !== '') { remove(removable, passphrase); setPassphrase('') } }}>
        <div className="dialog-body form-stack">
          {state.at === 'trying' || state.at === 'removing' ? (
            <p role="status" className="soft">{state.at === 'trying' ? words.trying : words.working} {state.step}</p>
          ) : null}
          {state.at === 'failed' ? <FailureView error={state.error} isInline onRetry={onClose} /> : null}
          {state.at === 'tried' ? (
            <>
              <p role="status">{removable.length === 0 ? words.nothing : `${words.can(removable.length)} ${left === 0 ? '' : words.cannot(left)}`}</p>
              <Outcomes title={words.result} outcomes={state.outcomes} items={shown} />
              {removable.length === 0 ? null : (
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
              <Outcomes title={words.done} outcomes={state.outcomes} items={shown} />
            </>
          ) : null}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{state.at === 'removing' ? words.stop : state.at === 'done' ? words.close : t.cancel}</button>
          {state.at === 'tried' && removable.length > 0
            ? <button type="submit" className="button primary" disabled={passphrase === ''}>{words.confirm(removable.length)}</button> : null}
        </div>
      </form>
    </DialogBox>
  )
}
