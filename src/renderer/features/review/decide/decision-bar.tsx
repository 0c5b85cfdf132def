import { Forward, Undo2 } from 'lucide-react'
import { formatNumber } from '../../../components/format.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import type { ItemState, Outcome } from '../../../../shared/model/decision.ts'
import { t } from '../../../texts/texts.ts'

const outcomes =
  [['keep', 'K'], ['revoke', 'R'], ['keep-until', 'E'], ['look-closer', 'L']] as const satisfies readonly (readonly [Outcome, string])[]

interface BarProps {
  readonly state: ItemState
  readonly isReady: boolean
  /** A number: so many items that were decided in one go. */
  readonly undo: 'this' | 'last' | number | null
  readonly onChoose: (outcome: Outcome) => void
  readonly onUndo: () => void
  readonly onPassOn: () => void
}

/** Every outcome has the same weight on screen: the choice is the reviewer's. */
export const DecisionBar = ({ state, isReady, undo, onChoose, onUndo, onPassOn }: BarProps) => (
  <div className="decision-bar" role="group" aria-label={t.review.decide.label}>
    {outcomes.map(([outcome, key]) => (
      <button
        key={outcome} type="button" className={`button decision decision-${outcome}`} aria-pressed={state === outcome}
          aria-keyshortcuts={key}
        aria-disabled={!isReady} onClick={() => (isReady ? onChoose(outcome) : undefined)}
      >
        <OutcomeSign state={outcome} />
        {t.review.decide[outcome]}
        <KeyHint>{key}</KeyHint>
      </button>
    ))}
    <span className="top-space" />
    <button type="button" className="button quiet" aria-keyshortcuts="A" aria-label={t.review.depth.passOn.button} aria-disabled={!isReady}
      onClick={() => (isReady ? onPassOn() : undefined)}>
      <Forward size={16} aria-hidden="true" />
      <span className="undo-word">{t.review.depth.passOn.button}</span>
      <KeyHint>A</KeyHint>
    </button>
    <button type="button" className="button quiet" aria-keyshortcuts="Z"
      aria-label={typeof undo === 'number' ? t.review.decide.undoMany(formatNumber(undo)) : undo === 'last' ? t.review.decide.undoLast : t.review.decide.undo}
      aria-disabled={undo === null} onClick={onUndo}>
      <Undo2 size={16} aria-hidden="true" />
      <span className="undo-word">{typeof undo === 'number' ? t.review.decide.undoMany(formatNumber(undo)) : t.review.decide.undo}</span>
      <KeyHint>Z</KeyHint>
    </button>
  </div>
)
