import type { Signal } from '../../../shared/model/signal.ts'
import { accountStateSignals } from './account-state.ts'
import { conflictSignals } from './conflicts.ts'
import { dataGapSignals } from './data-gaps.ts'
import { numbered } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { grantSignals } from './grant.ts'
import { hrChangeSignals } from './hr-change.ts'
import { peerSignals } from './peers.ts'
import { privilegeSignals } from './privilege.ts'
import { reviewHistorySignals } from './review-history.ts'
import { usageSignals } from './usage.ts'
import type { WeightKey } from './weight-keys.ts'

/** The families in the order their evidence is shown; E1, E2, … follow it, so that the same facts always make the same packet. */
const families = [
  accountStateSignals, conflictSignals, usageSignals, peerSignals, hrChangeSignals, reviewHistorySignals, privilegeSignals, grantSignals, dataGapSignals,
] as const

/** Everything known for and against one grant. */
export function signalsFor(context: GrantContext, weightOf: (key: WeightKey) => number): readonly Signal[] {
  return families.flatMap((family) => family(context)).map((draft, at) => numbered(draft, at + 1, weightOf))
}
