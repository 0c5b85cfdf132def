import { useId } from 'react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { ReviewItem } from '../review-types.ts'

type Former = ReviewItem['former'][number]

const outcomeOf = ({ outcome, until }: Former): string =>
  outcome === null ? t.review.depth.former.none : outcome === 'keep-until' && until !== null ? `${t.outcome['keep-until']} ${formatDay(until)}` : t.state[outcome]

const reasonOf = ({ reasonCode, reasonText }: Former): string =>
  [reasonCode === null || reasonCode === 'other' ? null : t.reason[reasonCode], reasonText].filter((part) => part !== null).join(': ')

/** What was decided in the stages before, and by whom. Nothing in a blind stage and in the first. */
export const FormerAnswers = ({ former }: { readonly former: readonly Former[] }) => {
  const id = useId()
  if (former.length === 0) return null
  const words = t.review.depth.former
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{words.title}</h2>
      <ul className="former-answers">
        {former.map((one) => (
          <li key={`${one.stage} ${one.person}`}>
            <OutcomeSign state={one.outcome ?? 'undecided'} />
            <span><strong className={one.outcome === null ? 'faint' : `outcome-${one.outcome}`}>{outcomeOf(one)}</strong> <DirectoryText>{words.by(plainText(one.name))}</DirectoryText></span>
            <span className="faint small numbers">{words.stage(formatNumber(one.stage))}{one.at === null ? null : ` · ${formatDay(one.at)}`}</span>
            {reasonOf(one) === '' ? null : <span className="soft former-reason"><DirectoryText>{reasonOf(one)}</DirectoryText></span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
