import type { SignalOf } from '../../../shared/model/signal.ts'
import type { WordingsOf } from './wording.ts'

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
const worthIt = 'keeping it has to be worth the risk'

export const accessWords: WordingsOf<'privilege' | 'risk' | 'sod-conflict' | 'new-grant' | 'grant-age' | 'grant-path' | 'expiring'> = {
  privilege: ({ facts }) => [
    { fact: `ENT gives ${privilegeWord[facts.privilege]} rights, so keeping it has to be worth the risk` },
    { fact: `with its ${privilegeWord[facts.privilege]} rights, ENT can do more harm than ordinary access` },
    { fact: `ENT carries ${privilegeWord[facts.privilege]} rights`, meaning: worthIt },
    { fact: `the ${privilegeWord[facts.privilege]} rights in ENT can do more harm than ordinary access` },
  ],
  risk: ({ facts }) => [
    { fact: `ENT is rated as ${facts.risk} risk, so keeping it has to be worth that` },
    { fact: `the risk of ENT is rated ${facts.risk}, so keeping it has to be worth that` },
    { fact: `ENT counts as ${facts.risk} risk`, meaning: worthIt },
  ],
  'sod-conflict': ({ facts }) => [
    {
      fact: `USER also holds {{.otherEntitlement}}, which must not meet ENT under the ${facts.severity} rule {{.ruleName}}${answerTo(facts)}`,
      meaning: endsConflict,
    },
    {
      fact: `ENT must not meet {{.otherEntitlement}} under the ${facts.severity} rule {{.ruleName}}, and USER holds both${answerTo(facts)}`,
      meaning: endsConflict,
    },
    {
      fact: `ENT is in conflict with {{.otherEntitlement}} under the ${facts.severity} rule {{.ruleName}}, and USER holds both${answerTo(facts)}`,
      meaning: endsConflict,
    },
  ],
  'new-grant': (signal) => {
    const ago = signal.facts.days === 0 ? '' : ', {{.days}} ago'
    const looked = 'so the need for it was looked at a short while back'
    return [
      { fact: `ENT ${given(signal)} on {{.since}}${ago}, ${looked}` },
      { fact: `ENT ${given(signal)} only a short while back, on {{.since}}${ago}` },
      { fact: `ENT is new: it ${given(signal)} on {{.since}}${ago}` },
    ]
  },
  'grant-age': (signal) => signal.quality === 'inferred'
    ? [
        { fact: 'ENT was first seen with USER on {{.since}}, {{.days}} ago' },
        { fact: 'on {{.since}}, {{.days}} ago, ENT was first seen with USER' },
      ]
    : [
        { fact: 'USER has held ENT for {{.days}}, since {{.since}}' },
        { fact: 'ENT was given to USER on {{.since}}, {{.days}} ago' },
        { fact: 'USER got ENT on {{.since}}, {{.days}} ago' },
      ],
  'grant-path': () => [
    { fact: 'ENT reached USER through a group or role ({{.path}}) rather than directly' },
    { fact: 'ENT came to USER with a group or role ({{.path}}) rather than directly' },
    { fact: 'USER holds ENT through a group or role ({{.path}})' },
  ],
  expiring: ({ facts }) => {
    if (!facts.isPast) {
      const within = facts.days === 0 ? '' : ', in {{.days}}'
      return [
        { fact: `ENT is set to end on {{.on}}${within}` }, { fact: `ENT ends on {{.on}}${within}, as agreed` },
        { fact: `the end of ENT is set: it expires on {{.on}}${within}` },
      ]
    }
    const meaning = 'removing it would end what was meant to end'
    return [
      { fact: 'the agreed end of ENT was {{.on}}, {{.days}} ago', meaning },
      { fact: 'ENT was meant to end on {{.on}}, {{.days}} ago', meaning },
      { fact: 'ENT should have ended on {{.on}}, {{.days}} ago', meaning },
    ]
  },
}
