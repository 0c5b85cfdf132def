import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { formatNumber } from '../../components/format.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { ListDialog } from './list-dialog.tsx'
import { NoDetail, RemediationDetail, type DetailAction } from './remediation-detail.tsx'
import { RemediationNotices } from './remediation-notices.tsx'
import { RemediationTable } from './remediation-table.tsx'
import { tabs, type Remediation, type Tab } from './remediation-types.ts'
import { SourceDialog } from './source-dialog.tsx'
import { TicketDialog } from './ticket-dialog.tsx'
import './remediation.css'

const words = t.remediation
const shownAtOnce = 500

interface ScreenProps {
  readonly session: Session
  /** `#/remediation/<tab>/<removal>` */
  readonly tab: string | undefined
  readonly open: number | null
}

/** From a signed revoke to proof that it is gone: what to do, what is under way, what was proved, what came back. */
export const RemediationScreen = ({ session, tab, open }: ScreenProps) => {
  const engine = useEngine()
  const mayChange = session.person.roles.includes('officer')
  const place = (Object.keys(tabs) as Tab[]).find((one) => one === tab) ?? 'todo'
  const [text, setText] = useState('')
  const [onlyOverdue, setOnlyOverdue] = useState(false)
  const [onlyAlarms, setOnlyAlarms] = useState(false)
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const [acting, setActing] = useState<{ readonly action: DetailAction; readonly items: readonly Remediation[] } | null>(null)
  const counts = useQuery(engine.remediation.counts.queryOptions())
  const settings = useQuery(engine.remediation.actMode.queryOptions())
  const list = useQuery(engine.remediation.list.queryOptions({
    input: { states: onlyAlarms ? [] : [...tabs[place]], onlyOverdue, onlyAlarms, text: text === '' ? null : text, limit: shownAtOnce }, placeholderData: keepPreviousData,
  }))
  const rows = useMemo(() => list.data?.rows ?? [], [list.data])
  const chosen = rows.filter(({ id }) => selected.has(id))
  const mode = settings.data?.mode ?? 'advise'
  const total = counts.data === undefined ? 0 : Object.values(counts.data.byState).reduce((sum, n) => sum + n, 0)
  const countOf = (one: Tab): number => (one === 'all' ? total : tabs[one].reduce((sum, state) => sum + (counts.data?.byState[state] ?? 0), 0))
  const select = (ids: readonly number[], isSelected: boolean): void => {
    setSelected((before) => {
      const next = new Set(before)
      for (const id of ids) { if (isSelected) next.add(id); else next.delete(id) }
      return next
    })
  }
  const close = (): void => { setActing(null); setSelected(new Set()) }
  const ids = acting?.items.map(({ id }) => id) ?? []
  const one = ids[0] ?? 0
  const isFiltered = text !== '' || onlyOverdue || onlyAlarms
  if (counts.isError) return <div className="page"><FailureView error={counts.error} onRetry={() => void counts.refetch()} /></div>
  return (
    <div className="page tabbed remediation">
      <div className="tabbed-head">
        <h1>{words.title}</h1>
        <p className="soft">{words.text}</p>
        {counts.data === undefined ? null : <RemediationNotices counts={counts.data} mayChange={mayChange} onAlarms={() => setOnlyAlarms(true)} />}
        <nav className="page-tabs" aria-label={words.tabsLabel}>
          {(Object.keys(tabs) as Tab[]).map((key) => (
            <a key={key} href={`#/remediation/${key}`} aria-current={key === place ? 'page' : undefined} onClick={() => setOnlyAlarms(false)}>
              {words.tabs[key]} <span className="count numbers">{formatNumber(countOf(key))}</span>
            </a>
          ))}
        </nav>
      </div>
      {counts.isPending ? <div className="remediation-body"><Skeleton lines={8} /></div> : total === 0 ? (
        <div className="remediation-body">{counts.data.unplanned > 0 ? <EmptyView isInline title={words.noneYet} text={words.noneYetText} />
            : <EmptyView isInline title={words.none} text={words.noneText}><a className="button" href="#/campaigns">{t.navigationItems.campaigns}</a></EmptyView>}</div>
      ) : (
        <div className="remediation-split">
          <div className="remediation-list">
            <div className="remediation-filters">
              <input type="search" aria-label={words.search} placeholder={words.search} value={text} onChange={(event) => setText(event.target.value)} />
              <label><input type="checkbox" checked={onlyOverdue} onChange={(event) => setOnlyOverdue(event.target.checked)} /> {words.onlyOverdue(formatNumber(counts.data.overdue))}</label>
              <label><input type="checkbox" checked={onlyAlarms} onChange={(event) => setOnlyAlarms(event.target.checked)} /> {words.onlyAlarms}</label>
            </div>
            <div className="remediation-rows">
              {list.isError ? <FailureView error={list.error} isInline onRetry={() => void list.refetch()} /> : null}
              {list.isPending ? <Skeleton lines={8} /> : null}
              {list.data !== undefined && rows.length === 0 ? (
                <EmptyView isInline title={words.noneHere} text={words.noneHereText}>
                  {isFiltered ? <button type="button" className="button" onClick={() => { setText(''); setOnlyOverdue(false); setOnlyAlarms(false) }}>{words.clear}</button> : null}
                </EmptyView>
              ) : null}
              {rows.length === 0 ? null : (
                <RemediationTable rows={rows} open={open} addressOf={(id) => `#/remediation/${place}/${id}`} selected={selected} onSelect={select} maySelect={mayChange} />
              )}
              {list.data !== undefined && list.data.total > rows.length ? <p className="faint">{words.more(formatNumber(list.data.total - rows.length))}</p> : null}
            </div>
            {chosen.length === 0 ? null : (
              <div className="selection-bar" role="group" aria-label={words.selectionLabel}>
                <strong>{words.selected(chosen.length)}</strong>
                {mode === 'advise' ? null : <button type="button" className="button primary" onClick={() => setActing({ action: 'remove', items: chosen })}>{words.act.remove}</button>}
                <button type="button" className="button" onClick={() => setActing({ action: 'ticket', items: chosen })}>{words.act.ticket}</button>
                <button type="button" className="button" onClick={() => setActing({ action: 'list', items: chosen })}>{words.act.list}</button>
                <button type="button" className="button" onClick={() => setActing({ action: 'done', items: chosen })}>{words.act.done}</button>
                <button type="button" className="button quiet" onClick={() => setSelected(new Set())}>{words.unselect}</button>
              </div>
            )}
          </div>
          <div className="remediation-detail" tabIndex={-1}>
            {open === null ? <NoDetail /> : <RemediationDetail key={open} id={open} mayChange={mayChange} mode={mode} onAct={(action, item) => setActing({ action, items: [item] })} />}
          </div>
        </div>
      )}
      {acting?.action === 'remove' || acting?.action === 'give-back' ? <SourceDialog work={acting.action} items={acting.items} onClose={close} /> : null}
      {acting?.action === 'ticket' || acting?.action === 'give-ticket' ? <TicketDialog work={acting.action === 'ticket' ? 'remove' : 'give-back'} ids={ids} onClose={close} /> : null}
      {acting?.action === 'list' ? <ListDialog ids={ids} mayChange={mayChange} onClose={close} /> : null}
      {acting?.action === 'done' ? <ReasonDialog words={words.done} onConfirm={(note) => engine.remediation.reportDone.call({ ids, note })} onClose={close} /> : null}
      {acting?.action === 'take-back' ? <ReasonDialog words={words.takeBack} onConfirm={(reason) => engine.remediation.takeBack.call({ id: one, reason })} onClose={close} /> : null}
      {acting?.action === 'reopen' ? <ReasonDialog words={words.reopen} onConfirm={(reason) => engine.remediation.reopen.call({ id: one, reason })} onClose={close} /> : null}
    </div>
  )
}
