import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatPercent } from '../../../components/format.ts'
import type { SignalOf } from '../../../../shared/model/signal.ts'
import { PeerDots } from './peer-dots.tsx'

/** Up to this many colleagues each get a dot; more are drawn as one bar. */
const mostDots = 60

/** How many comparable people hold the same right. */
export const PeerShare = ({ facts }: { readonly facts: SignalOf<'peer-prevalence'>['facts'] }) => (
  <div className="peer-share">
    <p>
      <strong className="big-figure numbers">{formatPercent(facts.percent)}</strong>
      <span className="soft"> <DirectoryText>{facts.group}</DirectoryText></span>
    </p>
    {facts.peers <= mostDots ? (
      <PeerDots peers={facts.peers} holders={facts.holders} />
    ) : (
      <svg className="peer-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="other" x="0" y="0" width="100" height="8" />
        <rect className="holder" x="0" y="0" width={facts.percent} height="8" />
      </svg>
    )}
  </div>
)
