import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { ChoiceField, TextField } from '../../../components/fields.tsx'
import { addMonths, formatDay } from '../../../components/format.ts'
import { numberOrNaN, numberText } from '../../../components/number-from.ts'
import { plainText } from '../../../components/plain-text.ts'
import { Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'

const isWithin = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most

/** Takes the rules of a campaign there is, and lets them come again. */
export const RecurringDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.calendar.recurring
  const campaigns = useQuery(engine.campaigns.list.queryOptions())
  const known = (campaigns.data ?? []).toSorted((a, b) => b.id - a.id)
  const [like, setLike] = useState<string | null>(null)
  const [rule, setRule] = useState({ firstOn: addMonths(new Date().toISOString().slice(0, 10), 3), everyMonths: 3, dueDays: 15 })
  const chosen = known.find(({ id }) => String(id) === like) ?? known[0]
  const problems = {
    first: /^\d{4}-\d{2}-\d{2}$/.test(rule.firstOn) ? null : t.calendar.micro.outside, every: isWithin(rule.everyMonths, 1, 24) ? null : t.calendar.micro.outside,
    due: isWithin(rule.dueDays, 1, 250) ? null : t.calendar.micro.outside,
  }
  const setting = useMutation({
    mutationFn: (spec: NonNullable<typeof chosen>['spec']) => engine.calendar.setRecurrence.call({ spec, rule }),
    onSuccess: async (made) => {
      announce(words.resumedSay(plainText(made.spec.name), formatDay(made.nextOn)))
      await queries.invalidateQueries({ queryKey: engine.calendar.recurrences.key() })
      onClose()
    },
  })
  const isReady = chosen !== undefined && Object.values(problems).every((problem) => problem === null) && !setting.isPending
  return (
    <DialogBox title={words.dialog} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) setting.mutate(chosen.spec) }}>
        <div className="dialog-body form-stack">
          {campaigns.isPending ? <Skeleton lines={2} /> : chosen === undefined ? <p>{words.noCampaigns}</p>
            : <ChoiceField label={words.like} value={String(chosen.id)} options={known.map(({ id, spec }) => [String(id), plainText(spec.name)] as const)} onChange={setLike} />}
          <TextField label={words.first} type="date" value={rule.firstOn} error={problems.first} onChange={(firstOn) => setRule((now) => ({ ...now, firstOn }))} />
          <TextField label={words.everyMonths} type="number" value={numberText(rule.everyMonths)} error={problems.every} onChange={(text) => setRule((now) => ({ ...now, everyMonths: numberOrNaN(text) }))} />
          <TextField label={words.dueDays} type="number" value={numberText(rule.dueDays)} error={problems.due} onChange={(text) => setRule((now) => ({ ...now, dueDays: numberOrNaN(text) }))} />
          <FailureLine error={setting.error} />
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady}>{words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}
