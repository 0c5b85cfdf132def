import type { EaseReason } from '../../../shared/model/ease.ts'
import type { Signal } from '../../../shared/model/signal.ts'
import type { EvidencePacket, Recommendation } from '../../../shared/model/recommendation.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

/**
 * How much of a reviewer's attention an item needs. `unchanged`: kept by a signed-off review, and nothing about it has changed since: may be
 * attested together with others like it. `alike`: low risk and nothing stirs, but not that well known: may be kept in bulk after a sample was
 * opened. `single`: needs a decision of its own.
 */
export type Ease =
  | { readonly ease: 'unchanged'; readonly lastReviewed: string }
  | { readonly ease: 'alike' | 'single'; readonly reason: EaseReason }

export interface EasedItem {
  readonly packet: EvidencePacket
  readonly action: Recommendation['action']
  readonly privilege: Privilege
  readonly risk: Risk
  readonly isFlagged: boolean
  /** "Decide, then reveal": putting the item with the easy ones would give its advice away. */
  readonly isAdviceHidden: boolean
}

/** Peers who hold the same right, per cent, from which on a right counts as given by the role. */
const roleShare = 50

export function easeOf(item: EasedItem): Ease {
  const alone = whyAlone(item)
  if (alone !== null) return { ease: 'single', reason: alone }
  const { signals } = item.packet
  const review = find(signals, 'past-decision', ({ facts }) => facts.basis === 'same-grant')
  if (review === undefined || review.facts.latest === null || review.facts.kept === 0 || review.facts.revoked > 0) {
    return { ease: 'alike', reason: 'never-reviewed' }
  }
  if (!isUsed(signals)) return { ease: 'alike', reason: 'not-used' }
  if ((find(signals, 'peer-prevalence')?.facts.percent ?? 0) < roleShare) return { ease: 'alike', reason: 'unusual' }
  return { ease: 'unchanged', lastReviewed: review.facts.latest }
}

/** Null = nothing about the item asks for a look of its own. */
function whyAlone({ packet: { signals }, action, privilege, risk, isFlagged, isAdviceHidden }: EasedItem): EaseReason | null {
  if (isAdviceHidden) return 'advice-hidden'
  if (isFlagged) return 'flagged'
  if (privilege !== 'none' || risk !== 'low') return 'risky'
  if (action !== 'keep') return 'not-advised'
  // Changes count from the last signed-off review on; where there was none, every change the evidence tells of does.
  const since = find(signals, 'past-decision', ({ facts }) => facts.basis === 'same-grant')?.facts.latest ?? ''
  if (signals.some((signal) => signal.kind === 'new-grant' && signal.facts.since > since)) return 'new-access'
  if (since !== '' && signals.some((signal) => signal.kind === 'grant-age' && signal.facts.since > since)) return 'new-access'
  if (signals.some((signal) => signal.kind === 'mover' && signal.facts.on > since)) return 'changed-job'
  if (signals.some((signal) => signal.kind === 'manager-change' && signal.facts.on > since)) return 'other-manager'
  if (signals.some(({ kind }) => kind === 'expiring' || kind === 'leaver' || kind === 'account-disabled')) return 'ending'
  return null
}

/** Seen in use, and not less than its own rhythm would let expect. */
function isUsed(signals: readonly Signal[]): boolean {
  if (signals.some(({ kind }) => kind === 'never-used' || kind === 'dormant-account')) return false
  if (find(signals, 'usage-frequency')?.facts.isWithinRhythm === false) return false
  return (find(signals, 'last-use')?.weight ?? 0) > 0
}

function find<K extends Signal['kind']>(
  signals: readonly Signal[], kind: K, where: (signal: Extract<Signal, { kind: K }>) => boolean = () => true,
): Extract<Signal, { kind: K }> | undefined {
  return signals.find((signal): signal is Extract<Signal, { kind: K }> => signal.kind === kind && where(signal as Extract<Signal, { kind: K }>))
}
