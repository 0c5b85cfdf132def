import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Delegation } from '../../../../shared/model/calendar.ts'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { TextField } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { PersonPicker } from '../../../components/person-picker.tsx'
import { t } from '../../../texts/texts.ts'

/** Arranges a stand-in; a reviewer for themself only. */
export const AwayDialog = ({ session, onClose }: { readonly session: Session; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.calendar.away
  const isOfficer = session.person.roles.includes('officer')
  const today = new Date().toISOString().slice(0, 10)
  const [person, setPerson] = useState<readonly string[]>(isOfficer ? [] : [session.person.email])
  const [to, setTo] = useState<readonly string[]>([])
  const [fromOn, setFromOn] = useState(today)
  const [toOn, setToOn] = useState('')
  const [reason, setReason] = useState('')
  const isTurned = toOn !== '' && toOn < fromOn
  const [away, standIn] = [person[0], to[0]]
  const arranging = useMutation({
    mutationFn: (who: { readonly person: string; readonly to: string }) => engine.calendar.delegate.call({ ...who, fromOn, toOn, reason: reason.trim() }),
    onSuccess: async ({ moved }) => {
      announce(words.done(moved, formatNumber(moved)))
      await queries.invalidateQueries({ queryKey: engine.calendar.key() })
      onClose()
    },
  })
  const isReady = away !== undefined && standIn !== undefined && fromOn !== '' && toOn !== '' && !isTurned && reason.trim() !== '' && !arranging.isPending
  return (
    <DialogBox title={words.dialog} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) arranging.mutate({ person: away, to: standIn }) }}>
        <div className="dialog-body form-stack">
          {isOfficer ? <PersonPicker label={words.person} session={session} chosen={person} onChange={setPerson} isSingle /> : null}
          <PersonPicker label={words.to} session={session} chosen={to} onChange={setTo} isSingle />
          <div className="field-two">
            <TextField label={words.from} type="date" value={fromOn} onChange={setFromOn} />
            <TextField label={words.until} type="date" value={toOn} error={isTurned ? words.order : null} onChange={setToOn} />
          </div>
          <TextField label={words.reason} value={reason} onChange={setReason} />
          <FailureLine error={arranging.error} />
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady}>{words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}

/** Ends it before its last day. */
export const EndAwayDialog = ({ delegation, onClose }: { readonly delegation: Delegation; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.calendar.away
  const [reason, setReason] = useState('')
  const ending = useMutation({
    mutationFn: () => engine.calendar.endDelegation.call({ delegation: delegation.id, reason: reason.trim() }),
    onSuccess: async ({ back }) => {
      announce(words.ended(back, formatNumber(back)))
      await queries.invalidateQueries({ queryKey: engine.calendar.key() })
      onClose()
    },
  })
  const isReady = reason.trim() !== '' && !ending.isPending
  return (
    <DialogBox title={words.endTitle} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) ending.mutate() }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.endText}</p>
          <TextField label={words.reason} value={reason} onChange={setReason} />
          <FailureLine error={ending.error} />
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady}>{words.end}</button>
        </div>
      </form>
    </DialogBox>
  )
}
