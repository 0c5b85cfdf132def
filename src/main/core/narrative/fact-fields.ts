import type { SignalKind } from '../../../shared/model/signal.ts'

// Which facts a sentence may show, how they are written, and in which company: `{{E1.holders}} of the {{E1.peers}}` is true only that
// way round, so each field says what must stand before or after it.

export type FactFormat = 'date' | 'days' | 'months' | 'count' | 'percent' | 'text'

export interface FactField {
  readonly format: FactFormat
  /** What the text right before (ends with) or right after (starts with) the placeholder must match; any one of them is enough. */
  readonly before?: RegExp
  readonly after?: RegExp
}

const day = (before: RegExp): FactField => ({ format: 'date', before })
const ago: FactField = { format: 'days', after: /^ (ago|by now)\b/ }

export const factFields: Readonly<Record<SignalKind, Readonly<Record<string, FactField>>>> = {
  'last-use': { lastUsed: day(/\b(on|since|from) $/), days: ago },
  'never-used': { since: day(/\b(on|since) $/), days: { format: 'days', before: /\bin the $/ } },
  'usage-frequency': {
    activeDays: { format: 'days', before: /\bon $/ },
    coveredMonths: { format: 'months', before: /\bin the $/ },
    typicalGapDays: { format: 'days', before: /\bevery $/ },
  },
  'usage-vs-peers': {
    ownDays: { format: 'days', before: /\bon $/ },
    medianDays: { format: 'days', after: /^ for the middle one\b/ },
    windowDays: { format: 'days', before: /\bin the last $/ },
    peers: { format: 'count', before: /\bof the $/ },
  },
  'dormant-account': { lastSeen: day(/\bsince $/), days: { format: 'days', before: /\bin the $/ } },
  'peer-prevalence': {
    group: { format: 'text', before: /(\(|\bin |\btitle )$/ },
    holders: { format: 'count', after: /^ of the\b/ },
    peers: { format: 'count', before: /\bof the $/ },
    percent: { format: 'percent', after: /^ of the\b/ },
  },
  'similar-identities': {
    holders: { format: 'count', after: /^ of the\b/ },
    people: { format: 'count', before: /\bof the $/ },
    likeness: { format: 'percent', before: /\bat least $/ },
  },
  'past-decision': {
    kept: { format: 'count', after: /^ for it\b/ }, revoked: { format: 'count', after: /^ against it\b/ }, latest: day(/\bon $/),
  },
  'unreviewed-streak': { campaigns: { format: 'count', before: /\bthe last $/ }, since: day(/\bas of $/) },
  'no-peer-group': { largestGroup: { format: 'count', before: /\bcounts $/ }, needed: { format: 'count', after: /^ are needed\b/ } },
  mover: {
    from: { format: 'text', before: /\bfrom $/ },
    to: { format: 'text', before: /\bto $/ },
    on: day(/\bon $/),
    days: ago,
    oldPeersPercent: { format: 'percent', after: /^ of the (old|former) (colleagues|group)\b/ },
    newPeersPercent: { format: 'percent', after: /^ of the (new|present) (colleagues|group|ones)\b/ },
  },
  'manager-change': { on: day(/\b(on|since) $/), days: ago },
  leaver: { on: day(/\b(on|of|by|since|was) $/), days: ago },
  'account-disabled': {},
  'orphan-account': {},
  privilege: {},
  risk: {},
  'sod-conflict': {
    ruleName: { format: 'text', before: /\brule $/ },
    otherEntitlement: { format: 'text', before: /\b(holds|meet) $/ },
    mitigatedBy: { format: 'text', before: /\bsafeguard $/ },
    exemptUntil: day(/\baccepted until $/),
  },
  'new-grant': { since: day(/\b(on|since) $/), days: ago },
  'grant-age': { since: day(/\b(on|since) $/), days: ago },
  'grant-path': { path: { format: 'text', before: /(\(|\bpath )$/ } },
  expiring: { on: day(/\b(on|was) $/), days: { format: 'days', before: /\bin $/, after: /^ ago\b/ } },
  'service-account': {},
  outsider: {},
  'data-gap': { knownSince: day(/\bsince $/), days: { format: 'days', before: /\bin the $/ } },
}

/** `{{E1.days}}`: signal id and field. */
export const placeholderPattern = /\{\{(E[1-9]\d*)\.([A-Za-z]+)\}\}/g
