import type { Action, EvidencePacket, HardRule } from '../../../shared/model/recommendation.ts'
import type { Signal, SignalKind } from '../../../shared/model/signal.ts'

/** What the rules make of an action: they decide it or forbid it, and say so. Never learned, asked in this order. */
export interface Ruled {
  readonly action: Action
  readonly rules: readonly HardRule[]
  readonly isCapped: boolean
}

/** Applies the hard rules to the action the sum would choose. A deciding rule ends the asking. */
export function applyHardRules(packet: EvidencePacket, summed: Action): Ruled {
  const has = (kind: SignalKind): boolean => packet.signals.some((signal) => signal.kind === kind)
  const isWorkload = packet.subject.kind === 'service' || packet.subject.kind === 'shared'
  const decided = (action: Action, rule: HardRule): Ruled => ({ action, rules: [rule], isCapped: false })

  // The last way in is often nobody's account: without this it would be advised away.
  if (packet.subject.isProtected === true) return decided('look-closer', 'protected-look-closer')
  if (!isWorkload && has('leaver')) return decided('revoke', 'leaver-revoke')
  if (!isWorkload && has('orphan-account')) return decided('revoke', 'orphan-revoke')
  // A leaver's or an orphan's right goes even if it is a protected one; nothing takes it away by itself, a person does.
  if (isWorkload || packet.access.isProtected === true) return decided('look-closer', 'protected-look-closer')
  const rules: HardRule[] = []
  let action = summed
  const isOpenConflict = packet.signals.some(isUnansweredConflict)
  if (isOpenConflict) {
    rules.push('conflict-never-keep')
    if (action === 'keep') action = 'look-closer'
  }
  if (!packet.signals.some(tellsAboutUse) && !has('peer-prevalence')) {
    rules.push('no-evidence-look-closer')
    action = 'look-closer'
  }
  // A safeguard or an exemption is somebody's word that the conflict can be borne: enough to keep, not enough to be sure.
  const isAnswered = !isOpenConflict && has('sod-conflict') && action === 'keep'
  if (isAnswered) rules.push('answered-conflict-caps-keep')
  const isAdmin = packet.access.privilege === 'admin' && action === 'keep'
  if (isAdmin) rules.push('admin-caps-keep')
  return { action, rules, isCapped: isAnswered || isAdmin }
}

/** A rule that leaves the action as it is and only limits how sure keeping may be. */
export function isCap(rule: HardRule): boolean {
  return rule === 'admin-caps-keep' || rule === 'answered-conflict-caps-keep'
}

/** Both sides of a rule in one hand, with nothing that makes up for it and nobody who has accepted it. */
export function isUnansweredConflict(signal: Signal): boolean {
  return signal.kind === 'sod-conflict' && signal.facts.isMitigated !== true && signal.facts.exemptUntil === undefined
}

/** A quarter of silence under observation is evidence about use, even if nobody was looking when the right was given. */
function tellsAboutUse(signal: Signal): boolean {
  if (signal.kind === 'data-gap') {return signal.facts.about === 'usage'
    && signal.facts.days !== null
    && signal.facts.days >= 90
    && signal.weight !== 0}
  return signal.kind === 'last-use' || signal.kind === 'never-used' || signal.kind === 'usage-frequency'
}
