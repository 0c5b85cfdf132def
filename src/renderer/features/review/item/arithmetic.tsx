import { ChevronRight } from 'lucide-react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { formatWeight } from '../../../components/format.ts'
import type { Signal } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'
import { signalName } from '../signal-words.ts'

interface ArithmeticProps {
  readonly bias: number
  readonly score: number
  readonly signals: readonly Signal[]
  readonly onEvidence: (signalId: string) => void
}

/** A bar from the middle: right for keeping, left for revoking. `widest` fills its half. */
const WeightBar = ({ weight, widest }: { readonly weight: number; readonly widest: number }) => {
  const length = widest === 0 ? 0 : (Math.abs(weight) / widest) * 50
  return (
    <svg className="weight-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="axis" x={49.5} y={0} width={1} height={10} />
      <rect className={weight < 0 ? 'against' : 'for'} x={weight < 0 ? 50 - length : 50} y={2} width={length} height={6} />
    </svg>
  )
}

/** The sum behind the advice, line by line, so that anybody can add it up. */
export const Arithmetic = ({ bias, score, signals, onEvidence }: ArithmeticProps) => {
  const weighed = signals.filter((signal) => signal.weight !== 0).toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  const widest = Math.max(Math.abs(bias), Math.abs(score), ...weighed.map((signal) => Math.abs(signal.weight)))
  return (
    <Disclosure className="arithmetic">
      <Heading level={2}>
        <Button slot="trigger" className="disclose">
          <ChevronRight size={15} aria-hidden="true" />
          {t.review.item.arithmetic}
          <span className="numbers score">{formatWeight(score)}</span>
        </Button>
      </Heading>
      <DisclosurePanel>
        <table className="sum-table">
          <thead className="visually-hidden">
            <tr><th scope="col">{t.review.item.factor}</th><td /><th scope="col">{t.review.item.weight}</th></tr>
          </thead>
          <tbody>
            <tr><th scope="row">{t.review.item.start}</th><td><WeightBar weight={bias} widest={widest} /></td>
              <td className="numbers">{formatWeight(bias)}</td></tr>
            {weighed.map((signal) => (
              <tr key={signal.id}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onEvidence(signal.id)}>{signalName(signal)}</button>
                </th>
                <td><WeightBar weight={signal.weight} widest={widest} /></td>
                <td className="numbers">{formatWeight(signal.weight)}</td>
              </tr>
            ))}
            <tr className="total"><th scope="row">{t.review.item.score}</th><td><WeightBar weight={score} widest={widest} /></td>
              <td className="numbers">{formatWeight(score)}</td></tr>
          </tbody>
        </table>
        <p className="faint sum-hint">{t.review.item.scoreHint}</p>
      </DisclosurePanel>
    </Disclosure>
  )
}
