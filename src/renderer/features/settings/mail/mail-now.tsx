import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, MailX } from 'lucide-react'
import { useState } from 'react'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { t } from '../../../texts/texts.ts'

type Tested = Awaited<ReturnType<Client['mail']['test']>>

const words = t.mail

/** Whether mail is on; trying it, and switching it off. */
export const MailNow = ({ isOn, isOfficer }: { readonly isOn: boolean; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const [isEnding, setEnding] = useState(false)
  const testing = useMutation({ mutationFn: () => engine.mail.test.call() })
  if (!isOn) return <p className="mail-off"><MailX size={17} aria-hidden="true" /> {words.offNow}</p>
  if (!isOfficer) return null
  return (
    <div className="sheet mail-now">
      <p className="soft small">{words.testText}</p>
      <div className="mail-buttons">
        <button type="button" className="button" disabled={testing.isPending} onClick={() => testing.mutate()}>{testing.isPending ? words.testing : words.test}</button>
        <button type="button" className="button quiet" onClick={() => setEnding(true)}>{words.off}</button>
      </div>
      {testing.data === undefined || testing.isPending ? null : <TestAnswer tested={testing.data} />}
      <FailureLine error={testing.error} />
      {isEnding ? <OffDialog onClose={() => setEnding(false)} /> : null}
    </div>
  )
}

const TestAnswer = ({ tested: { to, outcome, fault, answer } }: { readonly tested: Tested }) => (
  <div className="mail-answer" role="status">
    {outcome === 'sent' ? <CircleCheck size={17} className="outcome-keep" aria-hidden="true" /> : <CircleAlert size={17} className="outcome-revoke" aria-hidden="true" />}
    <div>
      <strong><DirectoryText>{words.tested[outcome](to)}</DirectoryText></strong>
      {fault === null ? null : <p>{words.fault[fault]}</p>}
      {answer === '' ? null : <p className="faint small"><DirectoryText>{words.said(answer)}</DirectoryText></p>}
    </div>
  </div>
)

const OffDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const ending = useMutation({
    mutationFn: () => engine.mail.off.call(),
    onSuccess: async () => {
      announce(words.switchedOff)
      onClose()
      await queries.invalidateQueries({ queryKey: engine.mail.key() })
    },
  })
  return (
    <DialogBox title={words.offTitle} isNarrow onClose={onClose}>
      <div className="dialog-body form-stack"><p>{words.offText}</p><FailureLine error={ending.error} /></div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
        <button type="button" className="button primary" disabled={ending.isPending} onClick={() => ending.mutate()}>{words.off}</button>
      </div>
    </DialogBox>
  )
}
