import type { Privilege, Risk } from '../../../../shared/model/entitlement.ts'
import type { Signal } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'
import { SignalWeight } from './signal-weight.tsx'

interface ScaleProps<T extends string> {
  readonly label: string
  readonly steps: readonly T[]
  readonly at: T
  readonly word: string
  readonly signal: Signal | undefined
}

const Scale = <T extends string>({ label, steps, at, word, signal }: ScaleProps<T>) => {
  const reached = steps.indexOf(at)
  return (
    <div className="scale">
      <span className="faint">{label}</span>
      <span className="scale-steps" aria-hidden="true">
        {steps.map((step, index) =>
          <span key={step} className={index <= reached ? `is-on level-${steps.length - 1 - reached}` : undefined} />)}
      </span>
      <strong>{word}</strong>
      {signal === undefined ? null : <SignalWeight signal={signal} />}
    </div>
  )
}

interface Sensitivity {
  readonly privilege: Privilege
  readonly risk: Risk
  readonly signals: readonly Signal[]
  readonly isWeightShown: boolean
}

/** How much this right can do, and how much harm. */
export const SensitivityScale = ({ privilege, risk, signals, isWeightShown }: Sensitivity) => {
  const weighed = (kind: Signal['kind']): Signal | undefined => (isWeightShown ? signals.find((signal) => signal.kind === kind) : undefined)
  return (
    <div className="scales">
      <Scale label={t.signals.privilegeScale} steps={['none', 'elevated', 'admin']} at={privilege} word={t.privilege[privilege]}
        signal={weighed('privilege')} />
      <Scale label={t.signals.riskScale} steps={['low', 'medium', 'high', 'critical']} at={risk} word={t.riskShort[risk]}
        signal={weighed('risk')} />
    </div>
  )
}
