import { useQueryClient } from '@tanstack/react-query'
import { CircleAlert, CircleCheckBig, CircleSlash, LoaderCircle } from 'lucide-react'
import type { KeptWork } from '../../shared/contract/work.ts'
import { useEngine } from '../api/engine.ts'
import { endOf, useWorkList } from '../api/kept-work.ts'
import { isSeen, useIsShown } from '../api/shown-work.ts'
import { DirectoryText } from '../components/directory-text.tsx'
import { formatNumber } from '../components/format.ts'
import { t } from '../texts/texts.ts'
import { endWords, goingWords, isGoodEnd, placeOf } from './work-words.ts'
import './work-strip.css'

const Going = ({ work, person, onStop }: { readonly work: KeptWork; readonly person: string; readonly onStop: () => void }) => {
  const { standing } = work
  if (standing.state !== 'working') return null
  const what = goingWords(work)
  return (
    <>
      <LoaderCircle size={15} className="work-sign" aria-hidden="true" />
      <strong className="work-what"><DirectoryText>{what}</DirectoryText></strong>
      {work.by === '' || work.by === person ? null : <span className="faint work-by"><DirectoryText>{t.work.by(work.by)}</DirectoryText></span>}
      <span className="soft work-step"><DirectoryText>{standing.isStopping ? t.work.stopping : standing.step === '' ? t.work.starting : standing.step}</DirectoryText></span>
      <progress className="work-bar" aria-label={what} max={1} {...(standing.share === null ? {} : { value: standing.share })} />
      <span className="faint numbers work-share">{standing.share === null ? '' : t.work.share(formatNumber(Math.floor(standing.share * 100)))}</span>
      <button type="button" className="button small" disabled={standing.isStopping} aria-label={t.work.stopLabel(what)} onClick={onStop}>{t.work.stop}</button>
    </>
  )
}

/** The place the line leads to shows the very result, and puts it away. */
const isShownThere = ({ kind }: KeptWork): boolean => kind === 'test' || kind === 'verify'

const Ended = ({ work, onDismiss }: { readonly work: KeptWork; readonly onDismiss: () => void }) => {
  const { text } = endWords(work)
  const { href, words } = placeOf(work)
  const Sign = work.standing.state === 'stopped' ? CircleSlash : isGoodEnd(work) ? CircleCheckBig : CircleAlert
  return (
    <>
      <Sign size={15} className={work.standing.state === 'stopped' ? 'faint' : isGoodEnd(work) ? 'outcome-keep' : 'outcome-revoke'} aria-hidden="true" />
      <span className="work-end"><DirectoryText>{text}</DirectoryText></span>
      <a className="button quiet small" href={href} onClick={isShownThere(work) ? undefined : onDismiss}>{words}</a>
      <button type="button" className="button quiet small" aria-label={t.work.dismissLabel(text)} onClick={onDismiss}>{t.work.dismiss}</button>
    </>
  )
}

/** Long work that goes on or has just ended, whichever window began it, unless the page shows it itself. */
export const WorkStrip = ({ person }: { readonly person: string }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const isShown = useIsShown()
  const queryKey = engine.work.list.queryKey()
  const works = (useWorkList() ?? []).filter((work) => {
    const end = endOf(work)
    return !isShown(work.name) && (end === null || !isSeen(end))
  })
  const tell = (ask: Promise<unknown>): void => void ask.catch(() => undefined).then(() => queries.invalidateQueries({ queryKey }))
  const change = (name: string, to: (work: KeptWork) => readonly KeptWork[]): void =>
    void queries.setQueryData<KeptWork[]>(queryKey, (all = []) => all.flatMap((one) => (one.name === name ? to(one) : [one])))
  const stop = ({ name }: KeptWork): void => {
    change(name, (work) => [work.standing.state === 'working' ? { ...work, standing: { ...work.standing, isStopping: true } } : work])
    tell(engine.work.stop.call({ name }))
  }
  const dismiss = ({ name }: KeptWork): void => {
    change(name, () => [])
    tell(engine.work.dismiss.call({ name }))
  }
  if (works.length === 0) return null
  return (
    <section className="work-area" aria-label={t.work.label}>
      <ul>
        {works.map((work) => (
          <li key={work.name} className="work-line">
            {work.standing.state === 'working' ? <Going work={work} person={person} onStop={() => stop(work)} /> : <Ended work={work} onDismiss={() => dismiss(work)} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
