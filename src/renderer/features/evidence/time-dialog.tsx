import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { TakenFile } from '../../api/file-intake.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DialogBox } from '../../components/dialog-box.tsx'
import { EngineFiles } from '../../components/engine-files.tsx'
import { FailureLine } from '../../components/failure-line.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import { saveFile } from '../../components/save-file.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

interface Stampable { readonly name: string; readonly version: number; readonly path: string }

/** Gets a stamp for a bundle that has none: asked for now, or carried to an authority and back as files. */
export const TimeDialog = ({ bundle, onClose }: { readonly bundle: Stampable; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.evidence.time
  const [answer, setAnswer] = useState<readonly TakenFile[]>([])
  const authority = useQuery(engine.evidence.timeAuthority.queryOptions())
  const taken = async (stamped: { readonly authority: string; readonly at: string }): Promise<void> => {
    await queries.invalidateQueries({ queryKey: engine.evidence.bundles.key() })
    announce(words.done(plainText(stamped.authority), formatMoment(stamped.at)))
    onClose()
  }
  const asking = useMutation({ mutationFn: () => engine.evidence.askForStamp.call({ bundle: bundle.path }), onSuccess: taken })
  const taking = useMutation({ mutationFn: (file: string) => engine.evidence.takeStamp.call({ bundle: bundle.path, file }), onSuccess: taken })
  const saving = useMutation({
    mutationFn: () => engine.evidence.stampRequest.call({ bundle: bundle.path }),
    onSuccess: ({ name, content }) => saveFile(name, 'application/timestamp-query', Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))),
  })
  const isBusy = asking.isPending || taking.isPending
  const [file] = answer
  return (
    <DialogBox title={words.title(plainText(bundle.name), t.evidence.version(formatNumber(bundle.version)))} isNarrow onClose={isBusy ? () => undefined : onClose}>
      <div className="dialog-body form-stack">
        <p className="soft">{words.text}</p>
        <section className="time-way" aria-labelledby="time-ask">
          <h3 id="time-ask">{words.askTitle}</h3>
          {authority.isError ? <FailureView error={authority.error} isInline onRetry={() => void authority.refetch()} /> : null}
          {authority.isPending ? <Skeleton lines={1} /> : null}
          {authority.data?.host === null ? <p className="soft">{words.noAuthority} <a href="#/settings/time-authority" onClick={onClose}>{words.toSettings}</a></p> : null}
          {authority.data?.host == null ? null : (
            <div className="time-row">
              <button type="button" className="button primary" disabled={isBusy} onClick={() => asking.mutate()}>{asking.isPending ? words.asking : words.ask(authority.data.host)}</button>
              {authority.data.isBeyondThisMachine ? <span className="faint">{words.askText}</span> : null}
            </div>
          )}
          <FailureLine isSaid error={asking.error} />
        </section>
        <section className="time-way" aria-labelledby="time-carry">
          <h3 id="time-carry">{words.carryTitle}</h3>
          <p className="soft">{words.carryText}</p>
          <div className="time-row"><button type="button" className="button" disabled={saving.isPending} onClick={() => saving.mutate()}>{words.save}</button></div>
          <FailureLine isSaid error={saving.error} />
          <EngineFiles label={words.answer} hint={words.answerHint} accept=".tsr,.tst,.der" files={answer} onChange={(files) => { taking.reset(); setAnswer(files) }} />
          <div className="time-row">
            <button type="button" className="button" disabled={file === undefined || isBusy} onClick={() => { if (file !== undefined) taking.mutate(file.path) }}>{words.take}</button>
          </div>
          <FailureLine isSaid error={taking.error} />
        </section>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" disabled={isBusy} onClick={onClose}>{t.close}</button>
      </div>
    </DialogBox>
  )
}
