import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { Field } from '../../../components/fields.tsx'
import { formatMoment } from '../../../components/format.ts'
import { FailureView } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { EntitlementDetail } from '../people-types.ts'

const words = t.inventory.entitlement

/** What an entitlement is for: the source's words, or the officer's where the source has none. */
export const Description = ({ found, isOfficer }: { readonly found: EntitlementDetail; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const { entitlement, described } = found
  const text = entitlement.description ?? ''
  const [draft, setDraft] = useState<string | null>(null)
  const describe = useMutation(engine.inventory.describe.mutationOptions({
    onSuccess: () => {
      setDraft(null)
      announce(words.saved)
      void queries.invalidateQueries({ queryKey: engine.inventory.key() })
    },
  }))
  const canDescribe = isOfficer && (text === '' || described !== null)
  const save = (description: string | null): void => describe.mutate({ entitlementId: entitlement.id, description })
  return (
    <section className="section">
      <h2>{words.description}</h2>
      {draft === null ? (text === '' ? <p className="outcome-look-closer">{words.noDescription}</p> : <p><DirectoryText>{text}</DirectoryText></p>) : (
        <form className="section" onSubmit={(event) => { event.preventDefault(); if (draft.trim() !== '') save(draft.trim()) }}>
          <Field label={words.words}>{(wired) => <textarea {...wired} rows={3} maxLength={2_000} value={draft} autoFocus onChange={(event) => setDraft(event.target.value)} />}</Field>
          <div className="section-bar">
            <button type="submit" className="button primary" disabled={describe.isPending || draft.trim() === ''}>{words.save}</button>
            <button type="button" className="button" onClick={() => setDraft(null)}>{t.cancel}</button>
          </div>
        </form>
      )}
      {described === null ? null : <p className="faint"><SentenceText>{words.describedBy(described.by, formatMoment(described.at))}</SentenceText></p>}
      {describe.isError ? <FailureView error={describe.error} isInline onRetry={() => describe.reset()} /> : null}
      {canDescribe && draft === null ? (
        <div className="section-bar">
          <button type="button" className="button" onClick={() => setDraft(text)}>{text === '' ? words.describe : words.changeDescription}</button>
          {described === null ? null : <button type="button" className="button" disabled={describe.isPending} onClick={() => save(null)}>{words.takeBack}</button>}
        </div>
      ) : null}
    </section>
  )
}
