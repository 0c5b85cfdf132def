import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FilePen, KeyRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Campaign } from '../../../shared/model/campaign.ts'
import { useEngine } from '../../api/engine.ts'
import { useKeptWork } from '../../api/kept-work.ts'
import type { Session } from '../../api/session.ts'
import { formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { AddresseeTable, type AddresseeRow } from './addressee-table.tsx'
import { EnrolDialog } from './enrol-dialog.tsx'
import { byPerson, standingOf } from './standing.ts'
import { TakeResponses } from './take-responses.tsx'
import { WriteDialog } from './write-dialog.tsx'
import { WritingNotice } from './writing-notice.tsx'

const nothing: ReadonlySet<string> = new Set()

const Figures = ({ rows }: { readonly rows: readonly AddresseeRow[] }) => {
  const words = t.packets.figures
  const count = (of: (row: AddresseeRow) => boolean): string => formatNumber(rows.filter(of).length)
  const figures = [
    [words.reviewers, formatNumber(rows.length)], [words.owing, count(({ undecided }) => undecided > 0)], [words.out, count(({ standing }) => standing.is === 'out')],
    [words.answered, count(({ standing }) => standing.is === 'answered')], [words.expired, count(({ standing }) => standing.is === 'expired')],
  ] as const
  return <dl className="packet-figures sheet">{figures.map(([name, value]) => <div key={name}><dt>{name}</dt><dd className="numbers">{value}</dd></div>)}</dl>
}

/** Who gets a packet, what is out, and what came back. */
export const CampaignPackets = ({ campaign, session }: { readonly campaign: Campaign; readonly session: Session }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const words = t.packets
  const addressees = useQuery(engine.packets.addressees.queryOptions({ input: { campaign: campaign.id } }))
  const packets = useQuery(engine.packets.list.queryOptions({ input: { campaign: campaign.id } }))
  const [chosen, setChosen] = useState(nothing)
  const [typed, setTyped] = useState('')
  const [isOwingOnly, setOwingOnly] = useState(true)
  const [open, setOpen] = useState<'write' | 'enrol' | null>(null)
  const mayAct = session.person.roles.includes('officer')
  const mayWrite = mayAct && campaign.state === 'running'
  const rows = useMemo(() => {
    const found = byPerson(packets.data ?? [])
    const now = new Date().toISOString()
    return (addressees.data ?? []).map((one): AddresseeRow => ({ ...one, standing: standingOf(one, found.get(one.person) ?? [], now) }))
  }, [addressees.data, packets.data])
  const writing = useKeptWork({
    kind: 'packets', of: campaign.id, subject: campaign.spec.name, campaign: campaign.id, remembers: true,
    onDone: () => { void queries.invalidateQueries({ queryKey: engine.packets.key() }) },
  })
  const isWriting = writing.standing.state === 'working'
  const refresh = (): void => { void queries.invalidateQueries({ queryKey: engine.packets.key() }) }

  if (addressees.isError || packets.isError) {
    return <FailureView error={addressees.error ?? packets.error} isInline onRetry={() => { void addressees.refetch(); void packets.refetch() }} />
  }
  if (addressees.data === undefined || packets.data === undefined) return <Skeleton lines={8} />
  const needle = typed.trim().toLocaleLowerCase()
  const shown = rows.filter((row) => (!isOwingOnly || row.undecided > 0 || row.standing.is === 'out' || row.standing.is === 'expired')
    && plainText(`${row.name} ${row.person}`).toLocaleLowerCase().includes(needle))
  // The officer decides here; nobody carries a packet to themself unless they choose to.
  const owing = rows.filter(({ undecided, person }) => undecided > 0 && person !== session.person.email)
  const wanted = rows.filter(({ person, undecided }) => undecided > 0 && chosen.has(person))
  const choose = (person: string, isChosen: boolean): void => setChosen((before) => {
    const next = new Set(before)
    if (isChosen) next.add(person)
    else next.delete(person)
    return next
  })
  return (
    <>
      {campaign.state === 'running' ? null : <p className="notice"><span /><span>{words.notRunning}</span></p>}
      {mayAct ? null : <p className="faint">{words.officerOnly}</p>}
      {mayAct && open !== 'write' ? <WritingNotice campaign={campaign.id} standing={writing.standing} onStop={() => void writing.stop()} onDismiss={() => void writing.dismiss()} /> : null}
      <Figures rows={rows} />
      <section className="section">
        <h2>{words.reviewers}</h2>
        {rows.length === 0 ? <EmptyView isInline title={words.nobody} text={words.nobodyText} /> : (
          <>
            <div className="packets-bar">
              <input type="search" className="compact-input" aria-label={words.filter} placeholder={words.filter} value={typed} onChange={(event) => setTyped(event.target.value)} />
              <select className="compact-input" aria-label={words.show.label} value={isOwingOnly ? 'owing' : 'all'} onChange={(event) => setOwingOnly(event.target.value === 'owing')}>
                <option value="owing">{words.show.owing}</option><option value="all">{words.show.all}</option>
              </select>
              {mayWrite ? (
                <>
                  <label className="packets-all">
                    <input type="checkbox" checked={shown.some(({ undecided }) => undecided > 0) && shown.every(({ person, undecided }) => undecided === 0 || chosen.has(person))}
                      onChange={(event) => { for (const { person, undecided } of shown) if (undecided > 0) choose(person, event.target.checked) }} />
                    {words.chooseAll}
                  </label>
                  <span className="top-space" />
                  <button type="button" className="button" onClick={() => setOpen('enrol')}><KeyRound size={15} aria-hidden="true" />{words.enrol.open}</button>
                  <button type="button" className="button primary" disabled={isWriting || (owing.length === 0 && wanted.length === 0)} onClick={() => setOpen('write')}>
                    <FilePen size={15} aria-hidden="true" />{wanted.length === 0 ? words.writeAll : words.writeSome(wanted.length, formatNumber(wanted.length))}
                  </button>
                </>
              ) : null}
            </div>
            {shown.length === 0 ? <p className="faint" role="status">{words.noMatch}</p> : <AddresseeTable rows={shown} chosen={chosen} onChoose={mayWrite ? choose : null} />}
          </>
        )}
      </section>
      {mayWrite ? <TakeResponses onChanged={refresh} /> : null}
      {open === 'write' ? (
        <WriteDialog campaign={campaign} people={wanted.length === 0 ? owing : wanted} session={session} onClose={() => { setOpen(null); setChosen(nothing); refresh() }} />
      ) : null}
      {open === 'enrol' ? <EnrolDialog file={null} onClose={() => { setOpen(null); refresh() }} onEnrolled={null} /> : null}
    </>
  )
}
