import { useQuery } from '@tanstack/react-query'
import { Circle, CircleCheckBig, TimerOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEngine } from '../../api/engine.ts'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { Fingerprints } from './fingerprints.tsx'
import type { Standing } from './packet-types.ts'
import { SendResponse } from './send-response.tsx'
import './packet.css'

const Step = ({ isDone, title, note, children }: { readonly isDone: boolean; readonly title: string; readonly note: string; readonly children?: ReactNode }) => (
  <li className={isDone ? 'packet-step is-done' : 'packet-step'}>
    {isDone ? <CircleCheckBig size={18} className="outcome-keep" aria-hidden="true" /> : <Circle size={18} className="faint" aria-hidden="true" />}
    <span><strong>{title}</strong> <span className="soft">{note}</span></span>
    {children}
  </li>
)

const Shown = ({ own }: { readonly own: Standing }) => {
  const words = t.packet
  const pending = own.decided - own.signedOff
  const review = <a className={own.undecided > 0 || pending > 0 ? 'button primary' : 'button'} href={`#/review/${own.campaign}`}>{words.toReview}</a>
  const facts = [
    [words.facts.organisation, own.organisation], [words.facts.from, `${own.from.name} (${own.from.email})`], [words.facts.items, formatNumber(own.items)],
    [words.facts.until, formatDay(own.expiresAt)],
  ] as const
  return (
    <>
      <div className="page-title"><h1>{words.title}</h1></div>
      {own.isExpired ? (
        <div className="notice hot" role="alert">
          <TimerOff size={16} aria-hidden="true" />
          <div className="notice-body"><strong>{words.expired(formatDay(own.expiresAt))}</strong><span><SentenceText>{words.expiredText(own.from.email)}</SentenceText></span></div>
        </div>
      ) : null}
      <dl className="packet-facts sheet">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd><DirectoryText>{value}</DirectoryText></dd></div>)}</dl>
      <section className="section">
        <h2>{words.how}</h2>
        <ol className="sheet packet-steps">
          <Step isDone={own.undecided === 0} title={words.steps.review} note={own.undecided === 0 ? '' : words.stepReview(formatNumber(own.undecided))}>{review}</Step>
          <Step isDone={own.signedOff > 0 && pending === 0} title={words.steps.sign} note={pending > 0 ? words.stepSign(formatNumber(pending)) : ''} />
          <Step isDone={own.responses.length > 0} title={words.steps.send} note="" />
        </ol>
      </section>
      {own.isExpired ? null : <SendResponse own={own} />}
      <section className="section">
        <h2>{words.compare}</h2>
        <Fingerprints rootSpoken={own.rootSpoken} keySpoken={own.keySpoken} />
      </section>
    </>
  )
}

/** The packet this workspace was made from: how far its answer is, and the response for the officer. */
export const OwnPacket = () => {
  const engine = useEngine()
  const own = useQuery(engine.packets.own.queryOptions({ staleTime: 0 }))
  if (own.isError) return <FailureView error={own.error} onRetry={() => void own.refetch()} />
  if (own.isPending) return <Skeleton lines={8} />
  return own.data === null ? <EmptyView title={t.pageMissing} text="" /> : <Shown own={own.data} />
}
