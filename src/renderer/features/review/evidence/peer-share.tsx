import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatPercent } from '../../../components/format.ts'
import type { SignalOf } from '../../../../shared/model/signal.ts'

/** Up to this many colleagues each get a dot; more are drawn as one bar. */
const mostDots = 60
const perRow = 20

const Dots = ({ peers, holders }: { readonly peers: number; readonly holders: number }) => {
  const rows = Math.ceil(peers / perRow)
  return (
    <svg className="peer-dots" viewBox={`0 0 ${perRow * 15} ${rows * 15}`} width={perRow * 15} height={rows * 15} aria-hidden="true">
      {Array.from({ length: peers }, (_, at) => (
        <circle key={at} className={at < holders ? 'holder' : 'other'} cx={(at % perRow) * 15 + 7} cy={Math.floor(at / perRow) * 15 + 7}
          r={at < holders ? 5.5 : 5} />
      ))}
    </svg>
  )
}

/** How many comparable people hold the same right. */
export const PeerShare = ({ facts }: { readonly facts: SignalOf<'peer-prevalence'>['facts'] }) => (
  <div className="peer-share">
    <p>
      <strong className="big-figure numbers">{formatPercent(facts.percent)}</strong>
      <span className="soft"> <DirectoryText>{facts.group}</DirectoryText></span>
    </p>
    {facts.peers <= mostDots ? (
      <Dots peers={facts.peers} holders={facts.holders} />
    ) : (
      <svg className="peer-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="other" x="0" y="0" width="100" height="8" />
        <rect className="holder" x="0" y="0" width={facts.percent} height="8" />
      </svg>
    )}
  </div>
)
