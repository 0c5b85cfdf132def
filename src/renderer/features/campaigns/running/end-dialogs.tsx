import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Campaign, CampaignProgress } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import { FailureLine } from '../../../components/failure-line.tsx'

interface EndProps { readonly campaign: Campaign; readonly progress: CampaignProgress; readonly onClose: () => void }

const Buttons = ({ submit, isPending, onCancel, onSubmit }: { readonly submit: string; readonly isPending: boolean; readonly onCancel: () => void; readonly onSubmit: () => void }) => (
  <div className="dialog-foot">
    <button type="button" className="button" onClick={onCancel}>{t.cancel}</button>
    <button type="button" className="button primary" disabled={isPending} onClick={onSubmit}>{submit}</button>
  </div>
)

/** Ends the open stage and opens the next one. */
export const NextStageDialog = ({ campaign, progress, onClose }: EndProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.next
  const next = campaign.spec.stages[campaign.stage - 1]
  const opening = useMutation({
    mutationFn: () => engine.campaigns.nextStage.call({ campaign: campaign.id }),
    onSuccess: ({ items }) => {
      announce(words.done(t.items(items, formatNumber(items))))
      void queries.invalidateQueries()
      onClose()
    },
  })
  if (next === undefined) return null
  const unsigned = progress.items - progress.signedOff
  return (
    <DialogBox title={words.title(plainText(next.name))} isNarrow onClose={onClose}>
      <div className="dialog-body form-stack">
        <p>{words.text(next.takes.map((one) => t.campaigns.wizard.takesWords[one]).join(', '))}</p>
        {unsigned === 0 ? null : <p className="outcome-look-closer">{words.unsigned(formatNumber(unsigned))}</p>}
        <FailureLine error={opening.error} />
      </div>
      <Buttons submit={words.submit} isPending={opening.isPending} onCancel={onClose} onSubmit={() => opening.mutate()} />
    </DialogBox>
  )
}

/** Ends the campaign, after saying what that does to everything that is still open. */
export const CloseDialog = ({ campaign, progress, onClose }: EndProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.end
  const unsigned = progress.items - progress.undecided - progress.signedOff
  const unopened = campaign.spec.stages.length + 1 - campaign.stage
  const closing = useMutation({
    mutationFn: () => engine.campaigns.close.call({ campaign: campaign.id }),
    onSuccess: () => {
      announce(words.done(plainText(campaign.spec.name)))
      void queries.invalidateQueries()
      onClose()
    },
  })
  return (
    <DialogBox title={words.title} isNarrow onClose={onClose}>
      <div className="dialog-body form-stack">
        <p><strong><DirectoryText>{campaign.spec.name}</DirectoryText></strong></p>
        <p>{words.text}</p>
        {progress.signedOff === progress.items ? <p className="outcome-keep">{words.all}</p> : (
          <>
            <ul className="bullets">
              {progress.undecided === 0 ? null : <li>{words.undecided(t.items(progress.undecided, formatNumber(progress.undecided)))}</li>}
              {unsigned === 0 ? null : <li className="outcome-look-closer">{words.unsigned(t.items(unsigned, formatNumber(unsigned)))}</li>}
            </ul>
            <p>{words.becomes(t.campaigns.noAnswer[campaign.spec.rules.noAnswer])}</p>
          </>
        )}
        {unopened > 0 ? <p className="outcome-look-closer">{words.stages(unopened)}</p> : null}
        <FailureLine error={closing.error} />
      </div>
      <Buttons submit={words.submit} isPending={closing.isPending} onCancel={onClose} onSubmit={() => closing.mutate()} />
    </DialogBox>
  )
}
