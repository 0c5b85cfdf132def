import { Activity, Briefcase, GitBranch, History, ShieldAlert, Swords, UserRoundX, Users } from 'lucide-react'
import type { Signal } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'
import type { ReviewItem } from '../review-types.ts'
import { signalSentence } from '../signal-words.ts'
import { AccessPath } from './access-path.tsx'
import { ConflictView } from './conflict-view.tsx'
import { DormantWindow } from './dormant-window.tsx'
import type { EvidenceFamily } from './families.ts'
import { GapWindow } from './gap-window.tsx'
import { HrTimeline } from './hr-timeline.tsx'
import { PastReviews } from './past-reviews.tsx'
import { PeerShare } from './peer-share.tsx'
import { SensitivityScale } from './sensitivity-scale.tsx'
import { SignalWeight } from './signal-weight.tsx'
import { SimilarPeople } from './similar-people.tsx'
import { UsageChart } from './usage-chart.tsx'
import { UseCompared } from './use-compared.tsx'

const signs =
  { usage: Activity, peers: Users, history: History, hr: Briefcase, conflict: Swords, access: GitBranch, sensitivity: ShieldAlert,
    account: UserRoundX } as const

interface CardProps {
  readonly family: EvidenceFamily
  readonly item: ReviewItem
  readonly isWeightShown: boolean
  readonly litSignal: string | null
}

/** What is drawn for the family as a whole, above its sentences. */
const Picture = ({ family, item, isWeightShown }: Pick<CardProps, 'family' | 'item' | 'isWeightShown'>) => {
  const { signals } = family
  switch (family.family) {
    case 'usage': {
      const frequency = signals.find((signal) => signal.kind === 'usage-frequency')
      const compared = signals.find((signal) => signal.kind === 'usage-vs-peers')
      return (
        <>
          {frequency === undefined ? null : <UsageChart facts={frequency.facts} asOf={item.asOf} />}
          {compared === undefined ? null : <UseCompared facts={compared.facts} />}
        </>
      )
    }
    case 'peers': {
      const peers = signals.find((signal) => signal.kind === 'peer-prevalence')
      const similar = signals.find((signal) => signal.kind === 'similar-identities')
      return (
        <>
          {peers === undefined ? null : <PeerShare facts={peers.facts} />}
          {similar === undefined ? null : <SimilarPeople facts={similar.facts} />}
        </>
      )
    }
    case 'hr':
      return <HrTimeline history={item.subject.history} grantedAt={item.access.grantedAt} asOf={item.asOf} />
    case 'conflict':
      return <>{signals.map((signal) =>
        (signal.kind === 'sod-conflict' ? <ConflictView key={signal.id} facts={signal.facts} entitlement={item.access.entitlement} />
          : null))}</>
    case 'access':
      return <AccessPath account={item.access.account} path={item.access.path} entitlement={item.access.entitlement} />
    case 'sensitivity':
      return <SensitivityScale privilege={item.access.privilege} risk={item.access.risk} signals={signals} isWeightShown={isWeightShown} />
    case 'history':
      return <PastReviews signals={signals} asOf={item.asOf} />
    case 'account':
      return null
  }
}

const Line =
  ({ signal, asOf, isWeightShown, isLit }: { readonly signal: Signal; readonly asOf: string; readonly isWeightShown: boolean;
    readonly isLit: boolean }) => (
  <li className={isLit ? 'signal is-lit' : 'signal'}>
    <p>
      {signalSentence(signal)}{' '}
      {signal.quality === 'observed' ? null
        : <span className="quality" title={t.signals.qualityHint[signal.quality]}>{t.signals.quality[signal.quality]}</span>}
    </p>
    {isWeightShown ? <SignalWeight signal={signal} /> : null}
    {signal.kind === 'data-gap' ? <GapWindow facts={signal.facts} asOf={asOf} /> : null}
    {signal.kind === 'dormant-account' ? <DormantWindow facts={signal.facts} asOf={asOf} /> : null}
  </li>
)

/** One kind of evidence: a picture where people would rather look than read, then each fact with its weight. */
export const EvidenceCard = ({ family, item, isWeightShown, litSignal }: CardProps) => {
  const Sign = signs[family.family]
  const isLit = family.signals.some((signal) => signal.id === litSignal)
  return (
    <article className={isLit ? 'evidence-card is-lit' : 'evidence-card'} data-family={family.family} tabIndex={-1}
      aria-labelledby={`family-${family.family}`}>
      <h2 id={`family-${family.family}`}>
        <Sign size={15} aria-hidden="true" />
        {t.signals.family[family.family]}
      </h2>
      <Picture family={family} item={item} isWeightShown={isWeightShown} />
      {family.family === 'sensitivity' ? null : (
        <ul className="signals">
          {family.signals.map((signal) => (
            <Line key={signal.id} signal={signal} asOf={item.asOf} isWeightShown={isWeightShown} isLit={signal.id === litSignal} />
          ))}
        </ul>
      )}
    </article>
  )
}
