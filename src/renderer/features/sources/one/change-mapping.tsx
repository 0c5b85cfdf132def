import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { FailureView } from '../../../components/state-view.tsx'
import type { FileSourceKind } from '../../../../shared/model/source.ts'
import { isIncoming } from '../../../../shared/model/incoming.ts'
import { t } from '../../../texts/texts.ts'
import { FileDrop } from '../file/file-drop.tsx'
import { MappingEditor } from '../file/mapping-editor.tsx'
import { isUntouched, noChange, toMappingChange, type MappingDraft } from '../file/mapping-change.ts'
import type { Preview, SourceCard } from '../source-types.ts'

/** Another reading of a source's columns, looked at before it is saved. */
export const ChangeMapping = ({ source, onClose }: { readonly source: SourceCard; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [draft, setDraft] = useState<MappingDraft>(noChange)
  const [preview, setPreview] = useState<Preview | null>(null)
  const file = source.config.from === 'file' ? source.config.file : ''
  // What came through the browser may be gone since; then a file of the same kind shows what the columns mean.
  const [isMissing, setMissing] = useState(isIncoming(file))
  const place = useMutation(engine.sources.changeFile.mutationOptions({
    onSuccess: () => { setMissing(false); void queries.invalidateQueries({ queryKey: engine.sources.key() }) },
  }))
  const save = useMutation(engine.sources.map.mutationOptions({
    onSuccess: () => { announce(t.sources.mapping.saved); void queries.invalidateQueries({ queryKey: engine.sources.key() }); onClose() },
  }))
  const kind = source.kind as FileSourceKind
  const error: unknown = save.error ?? place.error
  return (
    <DialogBox title={t.sources.page.changeMapping} isWide onClose={onClose}>
      <div className="dialog-body section">
        {isMissing ? (
          <>
            <p className="soft">{t.sources.file.gone}</p>
            <FileDrop onTaken={(taken) => place.mutate({ source: source.name, config: { file: taken.path } })} />
          </>
        ) : <MappingEditor previewed={{ of: 'source', kind, source: source.name }} draft={draft} onDraft={setDraft} onPreview={setPreview} />}
        {error === null ? null : <FailureView error={error} isInline onRetry={() => { save.reset(); place.reset() }} />}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
        <button type="button" className="button primary" disabled={preview === null || isUntouched(draft) || save.isPending}
          onClick={() => save.mutate({ source: source.name, mapping: toMappingChange(draft) })}>{t.sources.mapping.save}</button>
      </div>
    </DialogBox>
  )
}
