import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { ChoiceField, Field } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { FailureLine } from '../../../components/failure-line.tsx'
import { PersonPicker } from '../../../components/person-picker.tsx'
import type { ReviewerProgress } from './campaign-types.ts'

const pageSize = 100

const OpenItems = ({ campaignId, from, chosen, onChange }: {
  readonly campaignId: number; readonly from: string; readonly chosen: readonly number[]; readonly onChange: (chosen: readonly number[]) => void
}) => {
  const engine = useEngine()
  const words = t.campaigns.reassign
  const found = useInfiniteQuery(engine.campaigns.items.infiniteOptions({
    input: (at: number) => ({ campaign: campaignId, reviewer: from, onlyOpen: true, from: at, limit: pageSize }), initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * pageSize < last.total ? pages.length * pageSize : undefined), staleTime: 0,
  }))
  if (found.isError) return <FailureView isInline error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Skeleton lines={4} />
  const items = found.data.pages.flatMap((page) => page.items)
  return (
    <div className="sheet load-table" tabIndex={0} role="group" aria-label={words.items}>
      <table className="table dense">
        <tbody>
          {items.map((item) => (
            <tr key={item.itemId}>
              <td>
                <input type="checkbox" aria-label={plainText(`${item.subject}: ${item.entitlement}`)} checked={chosen.includes(item.itemId)}
                  onChange={(event) => onChange(event.target.checked ? [...chosen, item.itemId] : chosen.filter((one) => one !== item.itemId))} />
              </td>
              <td><DirectoryText>{item.subject}</DirectoryText></td>
              <td><DirectoryText>{item.entitlement}</DirectoryText> <span className="faint"><DirectoryText>{item.application}</DirectoryText></span></td>
              <td className="soft small">{t.state[item.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.hasNextPage ? <p className="set"><button type="button" className="button quiet small" onClick={() => void found.fetchNextPage()}>{t.campaigns.more}</button></p> : null}
    </div>
  )
}

interface ReassignProps {
  readonly campaignId: number
  readonly session: Session
  readonly reviewers: readonly ReviewerProgress[]
  /** Whose items, where that is known already. */
  readonly from: string | null
  readonly onClose: () => void
}

/** Gives open items to somebody else: all of a reviewer's, or some. */
export const ReassignDialog = ({ campaignId, session, reviewers, from: first, onClose }: ReassignProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.reassign
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [owing] = useState(() => reviewers.filter(({ items, signedOff }) => items > signedOff))
  const [from, setFrom] = useState(first ?? (owing.length === 1 ? owing[0]?.person ?? '' : ''))
  const [isSome, setSome] = useState(false)
  const [items, setItems] = useState<readonly number[]>([])
  const [to, setTo] = useState<readonly string[]>([])
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const giver = owing.find(({ person }) => person === from)
  const count = isSome ? items.length : giver === undefined ? 0 : giver.items - giver.signedOff
  const problems = {
    from: giver === undefined ? words.problems.from : undefined, to: to.length === 0 ? words.problems.to : undefined,
    reason: reason.trim() === '' ? words.problems.reason : undefined, items: isSome && items.length === 0 ? words.problems.items : undefined,
  }
  const shown = isTried ? problems : { from: undefined, to: undefined, reason: undefined, items: undefined }
  const moving = useMutation({
    mutationFn: () => engine.campaigns.reassign.call({ campaign: campaignId, from, items: isSome ? [...items] : null, to: to[0] ?? '', reason }),
    onSuccess: ({ moved, refused }) => {
      announce(words.moved(moved, formatNumber(moved), to[0] ?? ''))
      void queries.invalidateQueries({ queryKey: engine.campaigns.key() })
      if (refused.length === 0) onClose()
    },
  })
  const submit = (): void => {
    setTried(true)
    if (Object.values(problems).some((one) => one !== undefined)) {
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input')?.focus())
      return
    }
    if (!moving.isPending) moving.mutate()
  }
  return (
    <DialogBox title={words.title} onClose={onClose}>
      {owing.length === 0 ? <div className="dialog-body"><EmptyView isInline title={words.noneOpen} text={t.campaigns.chase.nobodyText} /></div> : moving.data !== undefined ? (
        <>
          <div className="dialog-body form-stack">
            <p role="status"><SentenceText>{words.moved(moving.data.moved, formatNumber(moving.data.moved), to[0] ?? '')}</SentenceText></p>
            <h3>{words.stayed}</h3>
            <ul>{moving.data.refused.map(({ itemId, reason: why }) => <li key={itemId}><DirectoryText>{why}</DirectoryText></li>)}</ul>
          </div>
          <div className="dialog-foot"><button type="button" className="button primary" onClick={onClose}>{t.close}</button></div>
        </>
      ) : (
        <form ref={form} onSubmit={(event) => { event.preventDefault(); submit() }}>
          <div className="dialog-body form-stack">
            <ChoiceField label={words.from} value={from} error={shown.from} onChange={(person) => { setFrom(person); setItems([]) }}
              options={[['', words.fromChoose], ...owing.map(({ person, name, items: all, signedOff }) => [person, `${plainText(name)} (${formatNumber(all - signedOff)})`] as const)]} />
            {giver === undefined ? null : (
              <fieldset className="plain-set">
                <legend className="visually-hidden">{words.items}</legend>
                {([[false, words.everything(formatNumber(giver.items - giver.signedOff))], [true, words.some]] as const).map(([value, label]) => (
                  <div key={label} className="pick">
                    <input id={`${id}-${value}`} type="radio" name={`${id}-which`} checked={isSome === value} onChange={() => setSome(value)} />
                    <label htmlFor={`${id}-${value}`}>{label}</label>
                  </div>
                ))}
                {isSome ? <OpenItems campaignId={campaignId} from={from} chosen={items} onChange={setItems} /> : null}
                {shown.items === undefined ? null : <p className="field-error" role="alert">{shown.items}</p>}
              </fieldset>
            )}
            <PersonPicker label={words.to} session={session} isSingle chosen={to} onChange={setTo} error={shown.to} />
            <Field label={words.reason} hint={words.reasonHint} error={shown.reason}>
              {(wired) => <textarea {...wired} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
            </Field>
            <p className="soft small">{words.void}</p>
            <FailureLine error={moving.error} />
          </div>
          <div className="dialog-foot">
            <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
            <button type="submit" className="button primary" disabled={moving.isPending}>{count === 0 ? words.button : words.submit(t.items(count, formatNumber(count)))}</button>
          </div>
        </form>
      )}
    </DialogBox>
  )
}
