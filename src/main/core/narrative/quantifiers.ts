import type { Signal, SignalKind } from '../../../shared/model/signal.ts'

type Holds = (signal: Signal) => boolean

/** Shares of people, whichever kind of signal counts them. */
const share = (test: (share: { holders: number; people: number; percent: number }) => boolean): Holds => (signal) => {
  if (signal.kind === 'peer-prevalence') return test({ holders: signal.facts.holders, people: signal.facts.peers, percent: signal.facts.percent })
  if (signal.kind !== 'similar-identities' && signal.kind !== 'companion-right') return false
  const { holders } = signal.facts
  const people = signal.kind === 'similar-identities' ? signal.facts.people : signal.facts.others
  return test({ holders, people, percent: Math.round((100 * holders) / people) })
}
const ofKind = (...kinds: readonly SignalKind[]): Holds => (signal) => kinds.includes(signal.kind)
const any = (...tests: readonly Holds[]): Holds => (signal) => tests.some((test) => test(signal))

const hasTwoCandidates: Holds = (signal) => signal.kind === 'orphan-account' && signal.facts.reason === 'two-candidates'
const isRare = share(({ percent }) => percent < 25)
const isUsual = share(({ percent }) => percent >= 50)

/** Words that claim how much or how often, and the evidence under which they are true. */
export const quantifiers: ReadonlyMap<string, Holds> = new Map([
  ['never', ofKind('never-used')],
  ['none', any(
    share(({ holders }) => holders === 0), hasTwoCandidates,
    (signal) => signal.kind === 'past-decision' && (signal.facts.kept === 0) !== (signal.facts.revoked === 0),
  )],
  ['no', any(
    ofKind('data-gap', 'orphan-account', 'no-peer-group', 'dormant-account', 'never-used', 'unreviewed-streak'), share(({ holders }) => holders === 0),
    (signal) => signal.kind === 'last-use' && signal.direction === 'revoke', (signal) => signal.kind === 'leaver' && signal.facts.how === 'disappeared',
  )],
  ['nobody', ofKind('no-peer-group', 'unreviewed-streak', 'orphan-account')],
  ['only', any(isRare, ofKind('new-grant'))],
  ['few', any(isRare, ofKind('no-peer-group'))],
  ['rare', isRare],
  ['unusual', isRare],
  ['usual', any(isUsual, ofKind('usage-frequency'), (signal) => signal.kind === 'mover' && (signal.facts.oldPeersPercent ?? 0) >= 50)],
  ['common', isUsual],
  ['most', share(({ percent }) => percent > 50)],
  ['all', any(share(({ holders, people }) => holders === people), ofKind('dormant-account'))],
  ['several', hasTwoCandidates],
  ['every', ofKind('usage-frequency')],
  ['both', ofKind('sod-conflict', 'past-decision')],
  ['unused', any(ofKind('never-used', 'account-disabled'), (signal) => ['last-use', 'dormant-account'].includes(signal.kind) && signal.direction === 'revoke')],
])
