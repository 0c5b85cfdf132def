import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { sealed as sealedSchema } from '../../../shared/contract/evidence.ts'
import { useEngine } from '../../api/engine.ts'
import { toFailure } from '../../api/failure.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DialogBox } from '../../components/dialog-box.tsx'
import { TextField } from '../../components/fields.tsx'
import { formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import { endWords, useLongWork } from '../../components/use-long-work.ts'
import { WorkProgress } from '../../components/work-progress.tsx'
import { t } from '../../texts/texts.ts'

type Sealed = z.infer<typeof sealedSchema>

/** Seals a later version of what is sealed already, with the reason the report prints. The passphrase is forgotten whatever the answer was. */
export const AmendDialog = ({ campaign, name, onClose }: { readonly campaign: number; readonly name: string; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.evidence.amend
  const [reason, setReason] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const sealing = useLongWork<Sealed>((sealed) => {
    announce(words.done(formatNumber(sealed.version)))
    void queries.invalidateQueries()
    onClose()
  }, endWords(t.shell.workEnded.seal, plainText(name)))
  const { standing } = sealing
  const isWorking = standing.state === 'working'
  const isWrong = standing.state === 'failed' && toFailure(standing.error).kind === 'WRONG_PASSPHRASE'
  const isReady = reason.trim() !== '' && passphrase !== '' && !isWorking
  return (
    <DialogBox title={words.title(plainText(name))} isNarrow onClose={isWorking ? () => undefined : onClose}>
      <form onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        void sealing.start((signal) => engine.evidence.seal.call({ campaign, passphrase, reason: reason.trim() }, { signal })).finally(() => setPassphrase(''))
      }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.text}</p>
          <TextField label={words.reason} hint={words.reasonHint} value={reason} onChange={setReason} />
          <TextField label={words.passphrase} isSecret value={passphrase} onChange={setPassphrase}
            error={isWrong ? `${t.failureTitle.WRONG_PASSPHRASE}. ${t.failureAdvice.WRONG_PASSPHRASE}` : undefined} />
          {isWrong ? null : <WorkProgress standing={standing} label={words.working} starting={words.starting} stopped={words.stopped} onStop={sealing.stop} />}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" disabled={isWorking} onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady}>{words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}
