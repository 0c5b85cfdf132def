import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { plainText } from '../../../components/plain-text.ts'
import { goTo } from '../../../components/hash-route.ts'
import { FailureView } from '../../../components/state-view.tsx'
import type { SourceKind } from '../../../../shared/model/source.ts'
import { t } from '../../../texts/texts.ts'
import type { SourceCard } from '../source-types.ts'

const words = t.sources.removing
const meaning: Readonly<Record<SourceKind, readonly string[]>> = {
  'csv-entitlements': [words.access], 'csv-sign-ins': [words.signIns], hr: [words.people], scim: [words.people],
  entra: [words.access, words.signIns], okta: [words.access, words.signIns],
}

/** Asks once more, saying what ends and what stays. */
export const RemoveSource = ({ source, onClose }: { readonly source: SourceCard; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const remove = useMutation(engine.sources.remove.mutationOptions({
    onSuccess: () => {
      goTo('sources')
      void queries.invalidateQueries()
    },
  }))
  return (
    <DialogBox title={words.title(plainText(source.name))} isNarrow onClose={onClose}>
      <div className="dialog-body section">
        <ul className="plain-notes">{[...meaning[source.kind], words.history, words.again].map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        {remove.isError ? <FailureView error={remove.error} isInline onRetry={() => remove.reset()} /> : null}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
        <button type="button" className="button danger" disabled={remove.isPending} onClick={() => remove.mutate({ source: source.name })}>{words.confirm}</button>
      </div>
    </DialogBox>
  )
}
