import type { SignalOf } from '../../../shared/model/signal.ts'
import type { WordsOf } from './wording.ts'

// Sentences about the right itself: what it can do, what it must not meet, how and when it was given.

function given(signal: SignalOf<'new-grant' | 'grant-age'>): string {
  return signal.quality === 'inferred' ? 'was first seen with USER' : 'was given to USER'
}

const endsConflict = 'removing either of them would end the conflict'
function answerTo(facts: SignalOf<'sod-conflict'>['facts']): string {
  if (facts.isMitigated === true) return '; USER holds the safeguard {{.mitigatedBy}}'
  return facts.exemptUntil === undefined ? '' : '; the conflict is accepted until {{.exemptUntil}}'
}

const privilegeWord = { elevated: 'elevated', admin: 'administrator' } as const

export const accessWords: WordsOf<'privilege' | 'risk' | 'sod-conflict' | 'new-grant' | 'grant-age' | 'grant-path' | 'expiring'> = {
  privilege: {
    wordings: ({ facts }) => [
      { fact: `ENT gives ${privilegeWord[facts.privilege]} rights, so keeping it has to be worth the risk` },
      { fact: `with its ${privilegeWord[facts.privilege]} rights, ENT can do more harm than ordinary access` },
    ],
    forms: ({ facts }) => [{ must: [new RegExp(`\\b${privilegeWord[facts.privilege]} rights\\b`), /\bent\b/], negations: 0 }],
  },
  risk: {
    wordings: ({ facts }) => [
      { fact: `ENT is rated as ${facts.risk} risk, so keeping it has to be worth that` },
      { fact: `the risk of ENT is rated ${facts.risk}, so keeping it has to be worth that` },
    ],
    forms: ({ facts }) => [
      { must: [new RegExp(`(\\brated as ${facts.risk} risk\\b|\\brisk of ent is rated ${facts.risk}\\b)`), /\bent\b/], negations: 0 },
    ],
  },
  'sod-conflict': {
    wordings: ({ facts }) => [
      {
        fact: `USER also holds {{.otherEntitlement}}, which must not meet ENT under the ${facts.severity} rule {{.ruleName}}${answerTo(facts)}`,
        meaning: endsConflict,
      },
      {
        fact: `ENT must not meet {{.otherEntitlement}} under the ${facts.severity} rule {{.ruleName}}, and USER holds both${answerTo(facts)}`,
        meaning: endsConflict,
      },
    ],
    forms: ({ facts }) => [{
      must: [
        /<otherentitlement>/, /\bmust not meet\b/, /\b(also holds|holds both)\b/, new RegExp(
          `\\bunder the ${facts.severity} rule <rulename>`,
        ), /\bent\b/,
        // A conflict that somebody answers for must be told as such, or a reader takes it for an open one.
        ...(facts.isMitigated === true ? [/\buser holds the safeguard <mitigatedby>/] : []),
        ...(facts.exemptUntil === undefined ? [] : [/\bthe conflict is accepted until <exemptuntil>/]),
      ], negations: 1,
    }],
    mustNot: ({ facts }) => [
      ...(facts.isMitigated === true ? [] : [/\bsafeguard\b/]), ...(facts.exemptUntil === undefined ? [/\baccepted\b/] : []),
    ],
  },
  'new-grant': {
    wordings: (signal) => {
      const ago = signal.facts.days === 0 ? '' : ', {{.days}} ago'
      return [{ fact: `ENT ${given(signal)} on {{.since}}${ago}, so the need for it was looked at a short while back` }]
    },
    forms: (signal) => [{ must: [new RegExp(`\\bent ${given(signal).toLowerCase()} on <since>`)], negations: 0 }],
  },
  'grant-age': {
    wordings: (signal) => signal.quality === 'inferred'
      ? [{ fact: 'ENT was first seen with USER on {{.since}}, {{.days}} ago' }]
      : [{ fact: 'USER has held ENT since {{.since}}, {{.days}} by now' }, { fact: 'ENT was given to USER on {{.since}}, {{.days}} ago' }],
    forms: (signal) => [
      { must: [new RegExp(`\\bent ${given(signal).toLowerCase()} on <since>`)], negations: 0 },
      ...(signal.quality === 'inferred' ? [] : [{ must: [/\buser has held ent since <since>/], negations: 0 }]),
    ],
  },
  'grant-path': {
    wordings: () => [
      {
        fact: 'ENT reached USER through a group or role ({{.path}}) rather than directly',
      }, { fact: 'ENT came to USER with a group or role ({{.path}}) rather than directly' },
    ],
    forms: () => [{ must: [/\b(reached|came to) user (through|with) a group or role\b/, /\bent\b/], negations: 0 }],
  },
  expiring: {
    wordings: ({ facts }) => facts.isPast
      ? [{ fact: 'the agreed end of ENT was {{.on}}, {{.days}} ago', meaning: 'removing it would end what was meant to end' }]
      : [{ fact: `ENT is set to end on {{.on}}${facts.days === 0 ? '' : ', in {{.days}}'}` }],
    forms: ({ facts }) => [{ must: facts.isPast ? [/\bagreed end of ent was <on>/] : [/\bent is set to end on <on>/], negations: 0 }],
  },
}
