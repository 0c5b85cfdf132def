import type { Privilege, Risk } from '../../../../shared/model/entitlement.ts'
import { t } from '../../../texts/texts.ts'

const Scale = <T extends string>({ label, steps, at, word }: { readonly label: string; readonly steps: readonly T[]; readonly at: T; readonly word: string }) => {
  const reached = steps.indexOf(at)
  return (
    <div className="scale">
      <span className="faint">{label}</span>
      <span className="scale-steps" aria-hidden="true">
        {steps.map((step, index) => <span key={step} className={index <= reached ? `is-on level-${steps.length - 1 - reached}` : undefined} />)}
      </span>
      <strong>{word}</strong>
    </div>
  )
}

/** How much this right can do, and how much harm. */
export const SensitivityScale = ({ privilege, risk }: { readonly privilege: Privilege; readonly risk: Risk }) => (
  <div className="scales">
    <Scale label={t.signals.privilegeScale} steps={['none', 'elevated', 'admin']} at={privilege} word={t.privilege[privilege]} />
    <Scale label={t.signals.riskScale} steps={['low', 'medium', 'high', 'critical']} at={risk} word={t.risk[risk]} />
  </div>
)
