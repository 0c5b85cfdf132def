import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { PlantedAnswer } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { ChoiceField, Field } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { useSettled } from '../../../components/use-settled.ts'
import { t } from '../../../texts/texts.ts'

const shownAtOnce = 50
const settleMs = 250

/** Notes the right answer of an open item, so that it can be seen whether reviewers find it. */
export const PlantDialog = ({ campaignId, onClose }: { readonly campaignId: number; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.plant
  const id = useId()
  const [text, setText] = useState('')
  const [item, setItem] = useState<number | null>(null)
  const [expected, setExpected] = useState<PlantedAnswer>('revoke')
  const [note, setNote] = useState('')
  const [isTried, setTried] = useState(false)
  const wanted = useSettled(text.trim(), settleMs)
  const found = useQuery(engine.campaigns.items.queryOptions({
    input: { campaign: campaignId, onlyOpen: true, text: wanted === '' ? null : wanted, limit: shownAtOnce }, placeholderData: keepPreviousData, staleTime: 0,
  }))
  const open = found.data?.items.filter(({ state }) => state === 'undecided') ?? []
  const planting = useMutation({
    mutationFn: (one: number) => engine.campaigns.plant.call({ campaign: campaignId, item: one, expected, note: note.trim() }),
    onSuccess: async () => {
      announce(words.done)
      onClose()
      await queries.invalidateQueries({ queryKey: engine.campaigns.key() })
    },
  })
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (item !== null && !planting.isPending) planting.mutate(item)
      }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.text}</p>
          <Field label={words.search}>{(wired) => <input {...wired} type="search" value={text} autoFocus onChange={(event) => setText(event.target.value)} />}</Field>
          {found.isError ? <FailureView isInline error={found.error} onRetry={() => void found.refetch()} /> : null}
          {found.isPending ? <Skeleton lines={4} /> : null}
          {found.data !== undefined && open.length === 0 ? <EmptyView isInline title={words.none} text={words.noneText} /> : null}
          {open.length === 0 ? null : (
            <div className="sheet load-table" tabIndex={0} role="radiogroup" aria-label={words.items}>
              <table className="table dense">
                <tbody>
                  {open.map((one) => (
                    <tr key={one.itemId}>
                      <td><input type="radio" name={id} aria-label={plainText(`${one.subject}: ${one.entitlement}`)} checked={item === one.itemId} onChange={() => setItem(one.itemId)} /></td>
                      <td><DirectoryText>{one.subject}</DirectoryText></td>
                      <td><DirectoryText>{one.entitlement}</DirectoryText> <span className="faint"><DirectoryText>{one.application}</DirectoryText></span></td>
                      <td className="soft small"><DirectoryText>{one.reviewerName}</DirectoryText></td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {found.data !== undefined && found.data.total > shownAtOnce ? <p className="faint small set">{words.more(formatNumber(found.data.total - shownAtOnce))}</p> : null}
            </div>
          )}
          <ChoiceField label={words.expected} value={expected} options={[['revoke', t.outcome.revoke], ['keep', t.outcome.keep]]} onChange={setExpected} />
          <Field label={words.note} hint={words.noteHint}>
            {(wired) => <textarea {...wired} rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
          </Field>
          <p className="field-error" role="alert">{isTried && item === null ? words.choose : ''}</p>
          <FailureLine error={planting.error} />
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={planting.isPending}>{words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}
