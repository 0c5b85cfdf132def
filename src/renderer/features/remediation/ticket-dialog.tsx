import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import { toFailure } from '../../api/failure.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DialogBox } from '../../components/dialog-box.tsx'
import { t } from '../../texts/texts.ts'
import type { SourceWork } from './use-source-work.ts'

const words = t.remediation.ticket

/** One ticket for what is selected: to remove it, or to give it back. */
export const TicketDialog = ({ work, ids, onClose }: { readonly work: SourceWork; readonly ids: readonly number[]; readonly onClose: () => void }) => {
  const own = work === 'remove' ? words : t.remediation.giveBackTicket
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const id = useId()
  const settings = useQuery(engine.remediation.actMode.queryOptions())
  const systems = [...(settings.data?.serviceNow == null ? [] : ['servicenow' as const]), ...(settings.data?.jira == null ? [] : ['jira' as const])]
  const [chosen, setChosen] = useState<'servicenow' | 'jira' | null>(null)
  const system = chosen ?? systems[0]
  const opening = useMutation({
    mutationFn: (where: 'servicenow' | 'jira') => (work === 'remove' ? engine.remediation.openTicket : engine.remediation.openGiveBackTicket).call({ ids: [...ids], system: where }),
    onSuccess: async ({ key }) => {
      announce(words.opened(key))
      onClose()
      await queries.invalidateQueries({ queryKey: engine.remediation.key() })
    },
  })
  const failure = opening.error === null ? null : toFailure(opening.error)
  return (
    <DialogBox title={own.title} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (system !== undefined && !opening.isPending) opening.mutate(system) }}>
        <div className="dialog-body form-stack">
          <p className="soft">{own.text(ids.length)}</p>
          {settings.data !== undefined && systems.length === 0 ? <p>{words.none} <a href="#/settings/remediation">{t.remediation.act.toSettings}</a></p> : (
            <div className="field">
              <label htmlFor={id}>{words.system}</label>
              <select id={id} value={system ?? ''} autoFocus onChange={(event) => setChosen(systems.find((one) => one === event.target.value) ?? null)}>
                {systems.map((one) => <option key={one} value={one}>{words.systems[one]}</option>)}
              </select>
            </div>
          )}
          <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={system === undefined || opening.isPending}>{opening.isPending ? words.opening : words.confirm}</button>
        </div>
      </form>
    </DialogBox>
  )
}
