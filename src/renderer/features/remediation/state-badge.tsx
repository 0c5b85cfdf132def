import { Check, CircleAlert, CircleDashed, Hourglass, RotateCcw } from 'lucide-react'
import { t } from '../../texts/texts.ts'
import type { Remediation, RemediationState } from './remediation-types.ts'

const looks: Readonly<Record<RemediationState, { readonly tone: string; readonly Sign: typeof Check }>> = {
  planned: { tone: 'badge', Sign: CircleDashed }, requested: { tone: 'badge calm', Sign: Hourglass }, applied: { tone: 'badge calm', Sign: Hourglass },
  'verified-gone': { tone: 'badge good', Sign: Check }, 'came-back': { tone: 'badge hot', Sign: CircleAlert }, withdrawn: { tone: 'badge', Sign: RotateCcw },
  restoring: { tone: 'badge warm', Sign: RotateCcw }, restored: { tone: 'badge', Sign: RotateCcw },
}

/** Where a removal stands: never by colour alone. */
export const StateBadge = ({ of }: { readonly of: Pick<Remediation, 'state' | 'isStillThere'> }) => {
  const { tone, Sign } = of.isStillThere ? looks['came-back'] : looks[of.state]
  return (
    <span className={tone}>
      <Sign size={12} aria-hidden="true" />
      {of.isStillThere ? t.remediation.stillThere : t.remediation.states[of.state]}
    </span>
  )
}
