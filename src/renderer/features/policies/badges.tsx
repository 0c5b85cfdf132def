import { t } from '../../texts/texts.ts'
import type { ConflictState, SodSeverity } from './policy-types.ts'

const severityTone = { medium: 'badge', high: 'badge warm', critical: 'badge hot' } as const
const stateTone = { open: 'badge hot', mitigated: 'badge good', exempt: 'badge calm' } as const

export const SeverityBadge = ({ severity }: { readonly severity: SodSeverity }) => <span className={severityTone[severity]}>{t.policies.severity[severity]}</span>

export const StateBadge = ({ state }: { readonly state: ConflictState }) => <span className={stateTone[state]}>{t.policies.state[state]}</span>
