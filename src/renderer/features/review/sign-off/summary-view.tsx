import { ChevronRight } from 'lucide-react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import { t } from '../../../texts/texts.ts'
import type { SignOffSummary } from '../review-types.ts'
import { byOutcome, isAgainstAdvice } from './summary-groups.ts'
import type { Pending } from './summary-groups.ts'

/** More lines than this are counted, not listed: the queue has them all. */
const mostLines = 200

const PendingLine = ({ pending, isAdviceShown }: { readonly pending: Pending; readonly isAdviceShown: boolean }) => (
  <li className="pending-line">
    {isAdviceShown ? <OutcomeSign state={pending.decision.outcome} size={14} /> : null}
    <span>
      <DirectoryText>{pending.subjectName}</DirectoryText>
      <span className="soft">, <DirectoryText>{pending.entitlementName}</DirectoryText></span>
    </span>
    <span className="faint">
      {pending.decision.outcome === 'keep-until' && pending.decision.until !== null ? t.signOff.until(formatDay(pending.decision.until))
        : null}
      {isAdviceShown ? t.signOff.againstLine(t.advice[pending.advice]) : null}
    </span>
  </li>
)

const Lines = ({ items, isAdviceShown }: { readonly items: readonly Pending[]; readonly isAdviceShown: boolean }) => (
  <ul className="pending-lines">
    {items.slice(0, mostLines).map((pending) => <PendingLine key={pending.itemId} pending={pending} isAdviceShown={isAdviceShown} />)}
    {items.length > mostLines ? <li className="faint">{t.signOff.more(formatNumber(items.length - mostLines))}</li> : null}
  </ul>
)

/** The decisions as they would be signed, grouped, with those against the advice in the open. */
export const SummaryView = ({ summary }: { readonly summary: SignOffSummary }) => {
  const { pending, undecided, agreesWithAdvice } = summary
  const against = pending.filter(isAgainstAdvice)
  return (
    <div className="summary">
      <p>
        {t.signOff.lead(t.decisions(pending.length, formatNumber(pending.length)))}{' '}
        {undecided === 0 ? t.signOff.noneLeft : t.signOff.left(t.items(undecided, formatNumber(undecided)))}
      </p>
      <section className="summary-groups" aria-label={t.signOff.groups}>
        {byOutcome(pending).map(({ outcome, items }) => (
          <Disclosure key={outcome} className="summary-group">
            <Heading level={3}>
              <Button slot="trigger" className="disclose">
                <ChevronRight size={15} aria-hidden="true" />
                <OutcomeSign state={outcome} />
                {t.state[outcome]}
                <span className="score numbers">{formatNumber(items.length)}</span>
              </Button>
            </Heading>
            <DisclosurePanel><Lines items={items} isAdviceShown={false} /></DisclosurePanel>
          </Disclosure>
        ))}
      </section>
      <section className="summary-against">
        <h3>{t.signOff.against}</h3>
        <p className="soft">
          {against.length === 0 ? t.signOff.noneAgainst : t.signOff.agrees(formatNumber(agreesWithAdvice), formatNumber(pending.length))}
          </p>
        {against.length === 0 ? null : <Lines items={against} isAdviceShown />}
      </section>
    </div>
  )
}
