import type { SignalKind } from '../../../shared/model/signal.ts'

// Which facts a sentence may show, how they are written, and in which company: `{{E1.holders}} of the {{E1.peers}}` is true only that
// way round, so each field says what must stand before or after it.

export type FactFormat = 'date' | 'days' | 'months' | 'count' | 'percent' | 'text' | 'quoted'

export interface FactField {
  readonly format: FactFormat
  /** What the text right before (ends with) or right after (starts with) the placeholder must match; any one of them is enough. */
  readonly before?: RegExp
  readonly after?: RegExp
}

const day = (before: RegExp): FactField => ({ format: 'date', before })
const ago: FactField = { format: 'days', after: /^ (ago|by now|since|back|earlier)\b/ }

export const factFields: Readonly<Record<SignalKind, Readonly<Record<string, FactField>>>> = {
  'last-use': { lastUsed: day(/\b(on|since|from|after|was|as) $/), days: { ...ago, before: /\b(for|in the (last|past)|been|past|last) $/ } },
  'never-used': { since: day(/\b(on|since|from) $/), days: { format: 'days', before: /\b(in|for|over) (the |all )?$/, after: /^ (ago|since)\b/ } },
  'usage-frequency': {
    activeDays: { format: 'days', before: /\b(on|used on) $/ },
    coveredMonths: { format: 'months', before: /\b(in|over) (the )?(last )?$/ },
    typicalGapDays: { format: 'days', before: /\b(every|about) $/ },
  },
  'usage-vs-peers': {
    ownDays: { format: 'days', before: /\bon $/, after: /^ with a sign-in\b/ },
    medianDays: { format: 'days', before: /\bmedian (of|is) $/, after: /^ for the (middle|median)\b/ },
    windowDays: { format: 'days', before: /\bin the (last )?$/ },
    peers: { format: 'count', before: /\bof the $/ },
  },
  'dormant-account': { lastSeen: day(/\bsince $/), days: { format: 'days', before: /\b(in|for|over) (the |all )?$/ } },
  'peer-prevalence': {
    group: { format: 'text', before: /(\(|\bin |\btitle |\bfrom )$/ },
    holders: { format: 'count', after: /^ (out )?of (the |all )?\{\{/ },
    peers: { format: 'count', before: /\b(of (the |all )?|all )$/ },
    percent: { format: 'percent', after: /^ of (the|all|user's|other|others|people|colleagues)\b/ },
  },
  'similar-identities': {
    holders: { format: 'count', after: /^ (out )?of (the |all )?\{\{|^ of the\b/ },
    people: { format: 'count', before: /\b(of (the |all )?|all )$/ },
    likeness: { format: 'percent', before: /\bat least $/ },
  },
  'past-decision': {
    kept: { format: 'count', after: /^ (for it|for keeping|to keep)\b/ }, revoked: { format: 'count', after: /^ (against|to remove)\b/ }, latest: day(/\bon $/),
  },
  'unreviewed-streak': { campaigns: { format: 'count', before: /\bthe last $/, after: /^ (reviews|campaigns) in a row\b/ }, since: day(/\b(as of|since) $/) },
  'no-peer-group': { largestGroup: { format: 'count', before: /\bcounts $/ }, needed: { format: 'count', after: /^ are needed\b/ } },
  'companion-right': {
    right: { format: 'text', before: /\bhold $/ }, holders: { format: 'count', after: /^ of the \{\{/ }, others: { format: 'count', before: /\b(of the|all) $/ },
  },
  mover: {
    from: { format: 'text', before: /\bfrom $/ },
    to: { format: 'text', before: /\bto $/ },
    on: day(/\bon $/),
    days: ago,
    oldPeersPercent: { format: 'percent', after: /^ of (the |user's )?(old|former) (colleagues|group|ones|team|department)\b/ },
    newPeersPercent: { format: 'percent', after: /^ of (the |user's )?(new|present) (colleagues|group|ones|team|department)\b/ },
  },
  'manager-change': { on: day(/\b(on|since|from) $/), days: ago },
  leaver: { on: day(/\b(on|of|by|since|was) $/), days: ago },
  'account-disabled': {},
  'orphan-account': {},
  privilege: {},
  risk: {},
  'sod-conflict': {
    ruleName: { format: 'quoted', before: /\brule $/ },
    otherEntitlement: { format: 'text', before: /\b(holds|meet|with) $/ },
    mitigatedBy: { format: 'text', before: /\bsafeguard $/ },
    exemptUntil: day(/\baccepted until $/),
  },
  'new-grant': { since: day(/\b(on|since|from) $/), days: ago },
  'grant-age': { since: day(/\b(on|since|from) $/), days: { ...ago, before: /\bfor $/ } },
  'grant-path': { path: { format: 'text', before: /(\(|\bpath |\b(group|role) )$/ } },
  expiring: { on: day(/\b(on|was|by) $/), days: { format: 'days', before: /\bin $/, after: /^ ago\b/ } },
  'service-account': {},
  outsider: {},
  'data-gap': { knownSince: day(/\bsince $/), days: { format: 'days', before: /\bin the $/ } },
}

/** `{{E1.days}}`: signal id and field. */
export const placeholderPattern = /\{\{(E[1-9]\d*)\.([A-Za-z]+)\}\}/g
