import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Form, FormsOf } from './wording.ts'

// What a sentence about people has to say: colleagues, moves, departures, and whose account it is.

const holds = /\b(holds?|held|ha(s|ve)|shares?|shared)\b/
const groupWords = {
  'department-and-title': /\bsame (job|department and title|title and department)\b/,
  manager: /\bsame (manager|team)\b/,
  title: /\b(same title|title <group>)/,
  department: /\b(same department|(people|colleagues|others|department|in) (in )?<group>)/,
  'similar-access': /\b(access is (closest|most like|most alike)|similar access|most similar)\b/,
} as const

function prevalence({ facts }: SignalOf<'peer-prevalence'>): readonly Form[] {
  const who = groupWords[facts.basis]
  const others = Object.values(groupWords).filter((words) => words !== who)
  const count = /<(holders|percent)> (out )?of (the |all )?<peers>|<percent> of (the |user's )?(other people|others|people|colleagues)\b/
  const some: Form = { must: [who, count, holds, /\bent\b/], never: others, negations: 0 }
  if (facts.holders === facts.peers) return [some, { must: [who, /\ball (of the )?<peers>/, holds, /\bent\b/], never: others, negations: 0 }]
  if (facts.holders > 0) return [some]
  return [some, { must: [who, /\b(none|not one) of (the |all )?<peers>|\bno (other|one)\b/, holds, /\bent\b/], never: others, negations: 1 }]
}

function similar({ facts }: SignalOf<'similar-identities'>): readonly Form[] {
  const who = /\baccess (is )?(most )?(like|alike|similar|closest)\b|\b(most )?similar access\b|\bmost (similar|alike)\b/
  const some: Form = { must: [who, /<holders> (out )?of (the |all )?<people>/, holds, /\bent\b/], negations: 0 }
  if (facts.holders === facts.people) return [some, { must: [who, /\ball (of the )?<people>/, holds, /\bent\b/], negations: 0 }]
  return facts.holders > 0 ? [some] : [some, { must: [who, /\bnone of (the |all )?<people>/, holds, /\bent\b/], negations: 1 }]
}

function mover(signal: SignalOf<'mover'>): readonly Form[] {
  const { attribute, oldPeersPercent, newPeersPercent } = signal.facts
  const move = attribute === 'title'
    ? /\b(changed|moved|went|new title|promoted)\b.*\bfrom <from> to <to>|\bchanged title\b.*\bto <to>/
    : /\b(moved|changed|went|transferred|switched)\b.*\bfrom <from> to <to>/
  const after = signal.quality === 'inferred' ? [] : [/\bafter (ent was given|(ent|it) was (given|granted)|getting ent)\b|\b(from before|before the (move|change)|older than)\b/]
  // Where the shares are known, telling the move without them would leave the reader to guess what it means.
  const now = newPeersPercent === null ? [/\bwhether .*\b(needs it|needs ent|needed)\b.* is unknown\b/] : [/<newpeerspercent> of (the |user's )?(new|present)\b/]
  const old = signal.direction === 'revoke' && oldPeersPercent !== null && newPeersPercent !== null ? [/<oldpeerspercent> of (the )?(old|former)\b/] : []
  return [{ must: [move, /<on>|<days> ago/, ...after, ...now, ...old], negations: 0 }]
}

function leaver({ facts, quality }: SignalOf<'leaver'>): readonly Form[] {
  const when = /<on>|<days> ago/
  if (facts.how === 'disappeared') {
    return [
      { must: [/\bhr\b/, when, /\b(stopped listing|gone from the hr|missing from the hr|dropped (out )?of the hr)\b/], negations: 0 },
      { must: [/\bhr\b/, when, /\bno longer lists?\b|\bno longer (on|in) the hr\b|\bnot listed\b/], negations: 1 },
    ]
  }
  if (quality === 'observed') return [{ must: [when, /\buser (has )?left\b|\b(employment|work) of user ended\b/], negations: 0 }]
  return [
    facts.days === 0
      ? { must: [/\bhr\b/, /\blists user as (having left|gone)\b/, /<on>/], negations: 0 }
      : { must: [/\bhr\b/, /\blast (working )?day\b/, when], negations: 0 },
  ]
}

function companion({ facts }: SignalOf<'companion-right'>): readonly Form[] {
  const who = /\bothers who (also )?hold <right>/
  const some: Form = { must: [who, /<holders> of the <others>/, holds, /\bent\b/], negations: 0 }
  if (facts.holders === facts.others) return [some, { must: [who, /\ball (of the )?<others>/, holds, /\bent\b/], negations: 0 }]
  return facts.holders > 0 ? [some] : [some, { must: [who, /\bnone of the <others>/, holds, /\bent\b/], negations: 1 }]
}

export const peopleForms: FormsOf<
  'peer-prevalence' | 'similar-identities' | 'no-peer-group' | 'companion-right' | 'mover' | 'manager-change' | 'leaver' | 'account-disabled' | 'orphan-account'
  | 'service-account' | 'outsider'
> = {
  'peer-prevalence': { forms: prevalence },
  'similar-identities': { forms: similar },
  'no-peer-group': {
    forms: () => [
      { must: [/\b(nobody|no one) to compare\b/], negations: 1 },
      { must: [/\b(no comparable group|no group)\b/, /\bcompare|comparable\b/], negations: 1 },
      { must: [/\btoo (few|small)\b/, /\bcompar(e|able|ison)\b/], negations: 0 },
    ],
    mustNot: () => [/\b(unusual|usual|rare|common|holds?|held)\b/],
  },
  'companion-right': { forms: companion },
  mover: { forms: mover },
  'manager-change': {
    forms: () => {
      const change = /\b((another|new|different) manager (since|from) <on>|manager of user changed (on <on>|<days> ago)|manager (since|from) <on>|<days> ago)/
      const open = /\b(yet to confirm (ent|it)|still to confirm (ent|it)|unconfirmed)\b/
      return [
        { must: [/\bmanager\b/, change, open], negations: 0 },
        { must: [/\bmanager\b/, change, /\b(has|is) not (yet )?(confirmed|been confirmed)\b|\bnot yet confirmed\b/], negations: 1 },
      ]
    },
  },
  leaver: {
    forms: leaver,
    // Only HR's own word makes a departure; missing from a list is said as just that.
    mustNot: ({ facts, quality }) => (facts.how === 'disappeared' || quality !== 'observed' ? [/\buser (has )?left\b/, /\bemployment\b/] : []),
  },
  'account-disabled': {
    forms: () => [
      { must: [/\baccount\b/, /\b(is|on a|been) (disabled|switched off|deactivated)\b|\bdisabled account\b/, /\bent\b/], negations: 0 },
      { must: [/\baccount\b/, /\bcannot sign in\b/, /\bent\b/], negations: 1 },
    ],
  },
  'orphan-account': {
    forms: ({ facts }) => facts.reason === 'no-candidate'
      ? [
          { must: [/\baccount\b/, /\b(belongs to no known person|has no known owner|belongs to nobody known|is tied to no known person)\b/], negations: 1 },
          { must: [/\baccount\b/, /\bowner (is|of the account .*is) unknown\b/], never: [/\bbelongs to\b/], negations: 0 },
        ]
      : [
          { must: [/\baccount\b/, /\b(fits|matches) several people\b/, /\btied to none of them\b/], negations: 1 },
          { must: [/\baccount\b/, /\b(could|may) belong to several people\b/], negations: 0 },
        ],
  },
  'service-account': {
    forms: ({ facts }) => [{ must: [new RegExp(`\\ba ${facts.kind} (login|account)\\b`), /\bent\b/], negations: 0 }],
    mustNot: ({ facts }) => [facts.kind === 'service' ? /\bshared\b/ : /\bservice\b/],
  },
  outsider: {
    forms: ({ facts }) => [{ must: [new RegExp(`\\b(is|by|as) a ${facts.kind}\\b`), /\bent\b/], negations: 0 }],
    mustNot: ({ facts }) => [facts.kind === 'guest' ? /\bcontractor\b/ : /\bguest\b/],
  },
}
