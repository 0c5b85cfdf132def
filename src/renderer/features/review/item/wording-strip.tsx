import { Sparkles } from 'lucide-react'
import { t } from '../../../texts/texts.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import type { ReviewItem } from '../review-types.ts'
import { ClaimLine } from './claim-line.tsx'
import type { WordingState } from './use-wording.ts'

interface StripProps {
  readonly item: ReviewItem
  readonly now: WordingState
  readonly onAgain: () => void
  readonly onEvidence: (signalId: string) => void
}

const words = t.review.wording

/** One line about a model at work on the open item, or why it is not. */
export const WordingNote = ({ item, now, onAgain }: Omit<StripProps, 'onEvidence'>) => {
  const failed = now.state === 'failed' ? now.failure : now.state === 'still' ? (item.wording?.failure ?? null) : null
  if (failed !== null) {
    return (
      <p className="wording-note soft">
        <Sparkles size={14} aria-hidden="true" />
        <span><DirectoryText>{failed.message}</DirectoryText></span>
        {item.decision === null ? <button type="button" className="link" onClick={onAgain}>{words.again}</button> : null}
      </p>
    )
  }
  if (now.state !== 'waiting' && now.state !== 'writing') return null
  return (
    <p className="wording-note soft">
      <Sparkles size={14} aria-hidden="true" />
      {now.state === 'writing' ? words.soFar(formatNumber(now.sentences.length), now.sentences.length)
        : now.ahead === 0 ? words.starting : words.waiting(formatNumber(now.ahead))}
    </p>
  )
}

/** The model's sentences as it writes them, each already checked. They stand below the fixed ones, which nothing pushes away meanwhile. */
export const LiveWording = ({ item, now, onEvidence }: Omit<StripProps, 'onAgain'>) => {
  if (now.state !== 'writing') return null
  return (
    <section className="wording-live" aria-busy="true" aria-label={words.writing}>
      <p className="wording-note soft"><Sparkles size={14} aria-hidden="true" />{words.writing}</p>
      <ul>
        {now.sentences.map((sentence, at) => (
          <li key={at}><ClaimLine claim={sentence} signals={item.signals} onEvidence={onEvidence} /></li>
        ))}
      </ul>
    </section>
  )
}

/** Another opinion: said plainly, beside the advice, never in its place. */
export const OtherOpinion = ({ item }: { readonly item: ReviewItem }) => {
  const { otherOpinion, advice } = item
  if (otherOpinion === null || advice === null) return null
  return (
    <div className="notice warm other-opinion">
      <Sparkles size={18} aria-hidden="true" />
      <p>
        <strong>{advice.routed !== advice.action ? words.lookCloser : words.disagrees}</strong>
        <br />
        <span className="soft">{words.verdict(t.advice[otherOpinion.verdict], t.advice[advice.action])}</span>
      </p>
    </div>
  )
}
