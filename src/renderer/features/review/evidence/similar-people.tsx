import { formatNumber } from '../../../components/format.ts'
import type { SignalOf } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'
import { PeerDots } from './peer-dots.tsx'

/** The people with the most similar access, and which share of them holds the right too. */
export const SimilarPeople = ({ facts }: { readonly facts: SignalOf<'similar-identities'>['facts'] }) => (
  <div className="similar-people">
    <p className="soft">{t.signals.similarPeople(formatNumber(facts.people))}</p>
    <PeerDots peers={facts.people} holders={facts.holders} />
  </div>
)
