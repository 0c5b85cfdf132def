import { useQueries, useQuery } from '@tanstack/react-query'
import { CalendarClock, CircleCheckBig, FileBadge, FilePen, KeyRound, PauseCircle, ShieldAlert, UserRoundX, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEngine } from '../../api/engine.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { daysBetween, formatDay, formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import { t } from '../../texts/texts.ts'
import type { Status } from './status.ts'

/** A campaign due within this many days is worth a look today. */
const soonDays = 3

interface Work { readonly key: string; readonly sign: ReactNode; readonly isUrgent: boolean; readonly title: string; readonly text: string; readonly href: string; readonly act: string }

const signSize = { size: 17, 'aria-hidden': true } as const

/** What only the officer can move on: held files, campaigns near or past their day and who is late in them, drafts, what is not sealed or not removed. */
export const OfficerWork = ({ status, asOf }: { readonly status: Status; readonly asOf: string }) => {
  const engine = useEngine()
  const words = t.campaigns.todo
  const due = status.campaigns.filter(({ state, dueOn, progress }) => state === 'running' && progress.signedOff < progress.items && daysBetween(asOf, dueOn) <= soonDays)
  const standings = useQueries({ queries: due.map(({ id }) => engine.campaigns.status.queryOptions({ input: { campaign: id } })) })
  const removals = useQuery(engine.remediation.counts.queryOptions()).data
  const waiting = removals === undefined ? 0 : removals.unplanned + (removals.byState.planned ?? 0)
  const key = useQuery(engine.workspace.protection.queryOptions()).data
  const isLockedForGood = key?.isEncrypted === true && !key.isPublic && key.opensWith.recovery === null
  const left = Map.groupBy(useQuery(engine.campaigns.withoutReviewer.queryOptions()).data ?? [], ({ campaign }) => campaign)
  const inState = (state: 'draft' | 'closed') => status.campaigns.filter((campaign) => campaign.state === state)
  const done = status.campaigns.filter(({ state, progress }) => state === 'running' && progress.items > 0 && progress.signedOff === progress.items)
  const awaited = status.awaitedCertificates
  const work: readonly Work[] = [
    ...(awaited.length === 0 ? [] : [{
      key: 'certificates', sign: <FileBadge {...signSize} />, isUrgent: !status.hasRoot, href: '#/settings/keys', act: words.toRequests,
      title: status.hasRoot ? words.awaited(awaited.length, formatNumber(awaited.length)) : words.noRoot,
      text: status.hasRoot ? words.awaitedText(awaited.map(({ email }) => plainText(email)).join(', ')) : words.noRootText(formatDay(awaited[0]?.at ?? asOf)),
    }]),
    ...(status.heldRuns === 0 ? [] : [{
      key: 'held', sign: <PauseCircle {...signSize} />, isUrgent: true, title: t.today.held(status.heldRuns, formatNumber(status.heldRuns)), text: t.today.heldText, href: '#/sources', act: t.today.toHeld,
    }]),
    ...status.campaigns.flatMap(({ id, spec }): readonly Work[] => {
      const lost = left.get(id) ?? []
      const items = lost.reduce((sum, one) => sum + one.items, 0)
      return items === 0 ? [] : [{
        key: `left-${id}`, sign: <UserRoundX {...signSize} />, isUrgent: true, title: words.noReviewer(plainText(spec.name), t.items(items, formatNumber(items))),
        text: words.noReviewerText(lost.map(({ name }) => plainText(name)).join(', ')), href: `#/campaigns/${id}`, act: words.toHandOn,
      }]
    }),
    ...due.map(({ id, spec, dueOn, progress }, at): Work => {
      const late = daysBetween(dueOn, asOf)
      const owing = standings[at]?.data?.reviewers.filter(({ items, signedOff }) => items > signedOff)
      return {
        key: `due-${id}`, sign: late > 0 ? <UserRoundX {...signSize} /> : <CalendarClock {...signSize} />, isUrgent: late > 0, href: `#/campaigns/${id}`, act: words.chase,
        title: late > 0 ? words.late(plainText(spec.name), t.days(late, formatNumber(late))) : words.soon(plainText(spec.name), formatDay(dueOn)),
        text: words.owing(formatNumber(progress.items - progress.signedOff), owing === undefined ? null : owing.slice(0, 3).map(({ name }) => plainText(name)).join(', '),
          Math.max(0, (owing?.length ?? 0) - 3)),
      }
    }),
    ...done.map(({ id, spec }): Work => ({
      key: `done-${id}`, sign: <CircleCheckBig {...signSize} />, isUrgent: false, title: words.done(plainText(spec.name)), text: words.doneText, href: `#/campaigns/${id}`, act: words.open,
    })),
    ...inState('closed').map(({ id, spec }): Work => ({
      key: `seal-${id}`, sign: <ShieldAlert {...signSize} />, isUrgent: true, title: words.unsealed(plainText(spec.name)), text: words.unsealedText, href: `#/campaigns/${id}`, act: words.seal,
    })),
    ...(waiting === 0 ? [] : [{
      key: 'removals', sign: <Wrench {...signSize} />, isUrgent: false, title: words.removals(waiting, formatNumber(waiting)), text: words.removalsText, href: '#/remediation', act: words.toRemovals,
    }]),
    ...(isLockedForGood ? [{
      key: 'kit', sign: <KeyRound {...signSize} />, isUrgent: true, title: words.noKit, text: words.noKitText, href: '#/settings/protection', act: words.toKit,
    }] : []),
    ...inState('draft').map(({ id, spec, asOf: day }): Work => ({
      key: `draft-${id}`, sign: <FilePen {...signSize} />, isUrgent: false, title: words.draft(plainText(spec.name)), text: words.draftText(formatDay(day)), href: `#/campaigns/${id}`, act: words.plan,
    })),
  ]
  return (
    <section className="section">
      <h2>{words.title}</h2>
      {work.length === 0 ? <p className="soft">{words.nothing}</p> : (
        <ul className="officer-work sheet">
          {work.map(({ key, sign, isUrgent, title, text, href, act }) => (
            <li key={key}>
              <span className={isUrgent ? 'outcome-look-closer' : 'faint'}>{sign}</span>
              <span><strong><DirectoryText>{title}</DirectoryText></strong><br /><span className="soft small"><DirectoryText>{text}</DirectoryText></span></span>
              <a className="button small" href={href}>{act}<span className="visually-hidden">: {title}</span></a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
