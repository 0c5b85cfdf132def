import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Form, FormsOf } from './wording.ts'

// What a sentence about the right itself has to say.

const powers = { elevated: /\belevated (rights|privileges?|access)\b/, admin: /\badministrator (rights|privileges?|access)\b/ } as const

function conflict({ facts }: SignalOf<'sod-conflict'>): readonly Form[] {
  // A conflict that somebody answers for must be told as such, or a reader takes it for an open one.
  const answered = [
    ...(facts.isMitigated === true ? [/\buser holds the safeguard <mitigatedby>/] : []),
    ...(facts.exemptUntil === undefined ? [] : [/\bthe conflict is accepted until <exemptuntil>/]),
  ]
  const rule = new RegExp(`\\b${facts.severity} rule <rulename>|^(?!.*\\brule\\b)`)
  return [
    { must: [/<otherentitlement>/, /\bmust not (meet|be held with|come together)\b/, /\b(also )?holds\b/, /\bent\b/, rule, ...answered], negations: 1 },
    { must: [/<otherentitlement>/, /\b(conflicts? with|in conflict with)\b/, /\bent\b/, rule, ...answered], never: [/\bmust\b/], negations: 0 },
  ]
}

function given(signal: SignalOf<'new-grant' | 'grant-age'>): readonly RegExp[] {
  return [
    signal.quality === 'inferred' ? /\b(first|earliest) seen\b/ : /\b(given|granted|received|got|held|has had|gained)\b/, /<since>|<days>/, /\bent\b/,
  ]
}
const givenWords = /\b(given|granted|received|got|gained)\b/

export const accessForms: FormsOf<'privilege' | 'risk' | 'sod-conflict' | 'new-grant' | 'grant-age' | 'grant-path' | 'expiring'> = {
  privilege: {
    forms: ({ facts }) => [{ must: [powers[facts.privilege], /\b(ent|it)\b/], negations: 0 }],
    mustNot: ({ facts }) => [facts.privilege === 'admin' ? /\belevated\b/ : /\badministrator\b/],
  },
  risk: {
    forms: ({ facts }) => [
      { must: [new RegExp(`\\b${facts.risk} risk\\b|\\brisk of ent is (rated )?${facts.risk}\\b|\\brated ${facts.risk}\\b`), /\bent\b/], negations: 0 },
    ],
    mustNot: ({ facts }) => [facts.risk === 'high' ? /\bcritical\b/ : /\bhigh\b/],
  },
  'sod-conflict': {
    forms: conflict,
    mustNot: ({ facts }) => [
      ...(facts.isMitigated === true ? [] : [/\bsafeguard\b/]), ...(facts.exemptUntil === undefined ? [/\baccepted\b/] : []),
    ],
  },
  'new-grant': {
    forms: (signal) => [{ must: given(signal), negations: 0 }], mustNot: (signal) => (signal.quality === 'inferred' ? [givenWords] : []),
  },
  'grant-age': {
    forms: (signal) => [{ must: given(signal), negations: 0 }], mustNot: (signal) => (signal.quality === 'inferred' ? [givenWords, /\bheld\b/] : []),
  },
  'grant-path': {
    forms: () => [
      { must: [/\b(through|with|via|by way of|from) (a|the) (group|role)\b/, /\bent\b/], negations: 0 },
      { must: [/\b(through|with|via|by way of|from) (a|the) (group|role)\b/, /\bnot (given )?directly\b/, /\bent\b/], negations: 1 },
    ],
    mustNot: () => [/(?<!than |not |given )\bdirectly\b/],
  },
  expiring: {
    forms: ({ facts }) => facts.isPast
      ? [{
          must: [/<on>|<days> ago/, /\b(agreed end|end)\b.*\b(was|has passed|passed)\b|\b(was|were) (meant|set|agreed) to end\b|\bshould have ended\b|\bexpired\b/, /\bent\b/],
          never: [/\bis set to\b/, /\bwill\b/, /\bin <days>/], negations: 0,
        }]
      : [{
          must: [/<on>|<days>/, /\b(is (set|agreed|meant) to end|will end|ends|expires|will expire)\b/, /\bent\b/],
          never: [/\b(was|were|expired|passed|ago|should)\b/], negations: 0,
        }],
  },
}
