import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useId, useRef, useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { isNoQueue } from '../../../api/queue-key.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryParts, DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import { useLinesLeave } from '../queue/use-queue.ts'
import type { QueueItem } from '../review-types.ts'
import './pass-on.css'

interface DialogProps {
  readonly campaignId: number
  readonly line: QueueItem
  /** Open items about the same person, this one among them. */
  readonly samePerson: readonly number[]
  readonly onClose: () => void
  /** With the items that left the queue. */
  readonly onDone: (gone: readonly number[]) => void
}

const words = t.review.depth.passOn

/** Hands one item, or everything open about one person, to somebody who knows better. */
export const PassOnDialog = ({ campaignId, line, samePerson, onClose, onDone }: DialogProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [share, setShare] = useState<'one' | 'person'>('one')
  const [text, setText] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<'who' | 'reason' | null>(null)
  const asked = useDeferredValue(text.trim())
  const found = useQuery(engine.review.colleagues.queryOptions({ input: { text: asked }, enabled: asked !== '', staleTime: 30_000 }))
  const people = asked === '' ? [] : (found.data ?? [])
  const chosen = people.find(({ email }) => email === to)

  const leave = useLinesLeave(campaignId)
  const handing = useMutation({
    mutationFn: ({ items, to: person }: { readonly items: readonly number[]; readonly to: { readonly email: string; readonly name: string } }) =>
      engine.review.passOn.call({ campaign: campaignId, items: [...items], to: person.email, reason: reason.trim() }),
    onSuccess: (result, { items, to: person }) => {
      const stayed = new Set(result.refused.map(({ itemId }) => itemId))
      announce(words.done(t.items(result.moved, formatNumber(result.moved)), plainText(person.name)))
      const gone = items.filter((itemId) => !stayed.has(itemId))
      leave(gone)
      void queries.invalidateQueries({ queryKey: engine.review.key(), predicate: isNoQueue })
      void queries.invalidateQueries({ queryKey: engine.workspace.key() })
      if (result.refused.length === 0) onDone(gone)
    },
  })
  const submit = (): void => {
    if (handing.isPending) return
    const missing = chosen === undefined ? 'who' : reason.trim() === '' ? 'reason' : null
    setProblem(missing)
    if (missing === null && chosen !== undefined) handing.mutate({ items: share === 'one' ? [line.itemId] : samePerson, to: chosen })
    else form.current?.querySelector<HTMLElement>(missing === 'who' ? 'input[type=text]' : 'textarea')?.focus()
  }
  const failure = handing.error === null ? null : toFailure(handing.error)
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <form ref={form} className="pass-on" onSubmit={(event) => { event.preventDefault(); submit() }}>
        <div className="dialog-body pass-on-body">
          <p className="soft">{words.intro}</p>
          <p><strong><DirectoryText>{line.entitlementName}</DirectoryText></strong><span className="soft">, <DirectoryText>{line.subjectName}</DirectoryText></span></p>
          {samePerson.length > 1 ? (
            <RadioGroup className="reason-group" value={share} onChange={(value) => setShare(value === 'person' ? 'person' : 'one')}>
              <Label className="field-label">{words.what}</Label>
              <Radio value="one" className="reason"><span className="reason-dot" aria-hidden="true" /><span>{words.one}</span></Radio>
              <Radio value="person" className="reason">
                <span className="reason-dot" aria-hidden="true" />
                <span><SentenceText>{words.person(line.subjectName, formatNumber(samePerson.length))}</SentenceText></span>
              </Radio>
            </RadioGroup>
          ) : null}
          <div className="field wide">
            <label htmlFor={`${id}-who`}>{words.who}</label>
            <input id={`${id}-who`} type="text" value={text} autoFocus autoComplete="off" spellCheck={false} aria-describedby={`${id}-hint ${id}-who-problem`}
              aria-invalid={problem === 'who'} onChange={(event) => { setText(event.target.value); setTo(null) }} />
            <span className="field-hint" id={`${id}-hint`} role="status">
              {asked === '' ? words.whoHint : found.isPending ? '' : people.length === 0 ? words.nobody : words.found(formatNumber(people.length))}
            </span>
          </div>
          {people.length === 0 ? null : (
            <RadioGroup className="reason-group colleague-list" aria-label={words.who} value={to} onChange={setTo}>
              {people.map((person) => (
                <Radio key={person.email} value={person.email} className="reason">
                  <span className="reason-dot" aria-hidden="true" />
                  <span><DirectoryText>{person.name}</DirectoryText>
                    <span className="faint"> <DirectoryParts parts={[person.title, person.email]} /></span></span>
                </Radio>
              ))}
            </RadioGroup>
          )}
          <span className="field-error" id={`${id}-who-problem`} role="alert">{problem === 'who' ? words.needWho : ''}</span>
          <div className="field wide">
            <label htmlFor={`${id}-why`}>{words.reason}</label>
            <textarea id={`${id}-why`} rows={2} maxLength={2000} value={reason} aria-describedby={`${id}-why-hint ${id}-problem`} aria-invalid={problem === 'reason'}
              onChange={(event) => setReason(event.target.value)} />
            <span className="field-hint" id={`${id}-why-hint`}>{words.reasonHint}</span>
          </div>
          <span className="field-error" id={`${id}-problem`} role="alert">
            {problem === 'reason' ? words.needReason : failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</span>
          {handing.data === undefined || handing.data.refused.length === 0 ? null : (
            <div className="notice warm"><span /><div className="notice-body">
              <strong>{words.refused}</strong>
              <ul>{handing.data.refused.map((one) => <li key={one.itemId}><DirectoryText>{one.reason}</DirectoryText></li>)}</ul>
            </div></div>
          )}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{handing.isSuccess ? t.close : t.cancel}</button>
          <button type="submit" className="button primary" disabled={handing.isPending}>{handing.isPending ? words.working : words.confirm}</button>
        </div>
      </form>
    </DialogBox>
  )
}
