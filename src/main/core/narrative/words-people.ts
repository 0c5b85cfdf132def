import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Form, Wording, WordsOf } from './wording.ts'

// Sentences about people: colleagues, moves, departures, and whose account it is.

/** Who the others are. Text in brackets is HR's own. */
function others(signal: SignalOf<'peer-prevalence'>): string {
  switch (signal.facts.basis) {
    case 'department-and-title': return 'other people in the same job as USER ({{.group}})'
    case 'manager': return 'other people who report to the same manager as USER'
    case 'title': return 'other people with the title {{.group}}'
    case 'department': return 'other people in {{.group}}'
    case 'similar-access': return 'other people whose access is closest to that of USER'
  }
}

function prevalence(signal: SignalOf<'peer-prevalence'>): readonly Wording[] {
  const { holders, percent } = signal.facts
  const who = others(signal)
  if (holders === 0) {
    const meaning = signal.direction === 'revoke' ? { meaning: 'removing it would bring USER in line with them' } : {}
    return [
      { fact: `none of the {{.peers}} ${who} holds ENT`, ...meaning }, { fact: `ENT is held by none of the {{.peers}} ${who}`, ...meaning },
    ]
  }
  if (signal.direction === 'revoke') {
    const only = percent < 25 ? 'only ' : ''
    return [
      {
        fact: `ENT is held by ${only}{{.holders}} of the {{.peers}} ${who}`,
        meaning: 'removing it would bring USER in line with the others',
      },
    ]
  }
  const meaning = signal.direction === 'keep' && percent >= 50 ? { meaning: 'keeping it fits the work' } : {}
  return [
    { fact: `ENT is held by {{.holders}} of the {{.peers}} ${who}`, ...meaning },
    { fact: `ENT is shared by {{.percent}} of the {{.peers}} ${who}`, ...meaning },
  ]
}

function prevalenceForms(signal: SignalOf<'peer-prevalence'>): readonly Form[] {
  const who = {
    'department-and-title': /\bsame job as user\b/, manager: /\bsame manager as user\b/, title: /\bwith the title <group>/,
    department: /\bother people in <group>/,
    'similar-access': /\baccess is closest to that of user\b/,
  }[signal.facts.basis]
  if (signal.facts.holders === 0) {return [
    { must: [who, /\bnone of the <peers> other people\b/, /\bent\b/, /\b(holds|held)\b/], negations: 1 },
  ]}
  return [{ must: [who, /<(holders|percent)> of the <peers> other people\b/, /\bent is (held|shared) by\b/], negations: 0 }]
}

function moved(signal: SignalOf<'mover'>): string {
  const { attribute } = signal.facts
  const move = attribute === 'title' ? 'changed title from {{.from}} to {{.to}}' : 'moved from {{.from}} to {{.to}}'
  return `USER ${move} on {{.on}}${signal.quality === 'inferred' ? '' : ', after ENT was given'}`
}

function mover(signal: SignalOf<'mover'>): readonly Wording[] {
  const { oldPeersPercent, newPeersPercent } = signal.facts
  const leftOver = 'keeping it would carry the old job along'
  if (newPeersPercent === null) return [{ fact: `${moved(signal)}, and whether the new job needs it is unknown` }]
  if (signal.direction !== 'revoke') return [{ fact: `${moved(signal)}, and it is held by {{.newPeersPercent}} of the present colleagues` }]
  if (oldPeersPercent === null) {return [
    { fact: `${moved(signal)}, and it is held by {{.newPeersPercent}} of the present colleagues`, meaning: leftOver },
  ]}
  return [
    {
      fact: `${moved(signal)}, and it is held by {{.oldPeersPercent}} of the old colleagues and {{.newPeersPercent}} of the new ones`,
      meaning: leftOver,
    },
    {
      fact: `${moved(signal)}, and it goes with {{.oldPeersPercent}} of the old colleagues but {{.newPeersPercent}} of the new ones`,
      meaning: leftOver,
    },
  ]
}

function moverForms(signal: SignalOf<'mover'>): readonly Form[] {
  const move = signal.facts.attribute === 'title' ? /\bchanged title from <from> to <to> on <on>/ : /\bmoved from <from> to <to> on <on>/
  const share = signal.facts.newPeersPercent === null
    ? /\bwhether the new job needs it is unknown\b/
    : /<newpeerspercent> of the (new|present)\b/
  const after = signal.quality === 'inferred' ? [] : [/\bafter ent was given\b/]
  const old = signal.direction === 'revoke' && signal.facts.oldPeersPercent !== null && signal.facts.newPeersPercent !== null ? [
    /<oldpeerspercent> of the old\b/,
  ] : []
  return [{ must: [move, share, ...after, ...old], negations: 0 }]
}

function leaver(signal: SignalOf<'leaver'>): readonly Wording[] {
  const meaning = 'keeping ENT leaves a way in for someone who has gone'
  const ago = signal.facts.days === 0 ? '' : ', {{.days}} ago'
  if (signal.facts.how === 'disappeared') {
    return [
      { fact: `HR stopped listing USER by {{.on}}${ago}`, meaning }, { fact: `USER has gone from the HR list by {{.on}}${ago}`, meaning },
    ]
  }
  if (signal.quality === 'observed') {return [
    { fact: `HR says that USER left on {{.on}}${ago}`, meaning }, { fact: `USER left on {{.on}}${ago}, says HR`, meaning },
  ]}
  return signal.facts.days === 0
    ? [{ fact: 'HR lists USER as having left, as of {{.on}}', meaning }]
    : [{ fact: `the last working day of USER in HR was {{.on}}${ago}`, meaning }]
}

function leaverForms(signal: SignalOf<'leaver'>): readonly Form[] {
  const must = signal.facts.how === 'disappeared' ? [/\b(stopped listing user|user has gone from the hr list) by <on>/]
    : signal.quality === 'observed' ? [/\buser left on <on>/]
    : signal.facts.days === 0 ? [/\blists user as having left, as of <on>/] : [/\blast working day of user in hr was <on>/]
  return [{ must: [/\bhr\b/, ...must], negations: 0 }]
}

export const peopleWords: WordsOf<
  'peer-prevalence' | 'similar-identities' | 'no-peer-group' | 'mover' | 'manager-change' | 'leaver' | 'account-disabled' | 'orphan-account' | 'service-account'
  | 'outsider'
> = {
  'peer-prevalence': { wordings: prevalence, forms: prevalenceForms },
  'similar-identities': {
    wordings: ({ facts, direction }) => {
      const who = 'people whose access is most like that of USER'
      if (facts.holders === 0) {
        const meaning = direction === 'revoke' ? { meaning: 'removing it would bring USER in line with them' } : {}
        return [{ fact: `none of the {{.people}} ${who} holds ENT`, ...meaning }, { fact: `ENT is held by none of the {{.people}} ${who}`, ...meaning }]
      }
      return [{ fact: `{{.holders}} of the {{.people}} ${who} hold ENT` }, { fact: `ENT is held by {{.holders}} of the {{.people}} ${who}` }]
    },
    forms: ({ facts }) => {
      const who = /\baccess is most like that of user\b/
      return facts.holders === 0
        ? [{ must: [who, /\bnone of the <people> people\b/, /\bent\b/, /\b(holds|held)\b/], negations: 1 }]
        : [{ must: [who, /<holders> of the <people> people\b/, /\b(hold ent|ent is held by)\b/], negations: 0 }]
    },
  },
  'no-peer-group': {
    wordings: () => [
      {
        fact: 'there is nobody to compare USER with, as the largest comparable group counts {{.largestGroup}} and {{.needed}} are needed',
      },
    ],
    forms: () => [{ must: [/\bnobody to compare user with\b/], negations: 1 }],
  },
  mover: { wordings: mover, forms: moverForms },
  'manager-change': {
    wordings: () => [
      { fact: 'USER has had another manager since {{.on}}, who is yet to confirm ENT' },
      { fact: 'the manager of USER changed on {{.on}}, and the present manager is yet to confirm ENT' },
    ],
    forms: () => [
      { must: [/\bmanager\b/, /(another manager since <on>|manager of user changed on <on>)/, /\byet to confirm ent\b/], negations: 0 },
    ],
  },
  leaver: {
    wordings: leaver,
    forms: leaverForms,
    // Only HR's own word makes a departure; missing from a list is said as just that.
    mustNot: (signal) => (signal.facts.how === 'disappeared' || signal.quality !== 'observed' ? [/\buser left\b/] : []),
  },
  'account-disabled': {
    wordings: () => [
      { fact: 'the account that holds ENT is disabled', meaning: 'removing it would end access that lies idle' },
      { fact: 'ENT sits on a disabled account', meaning: 'removing it would end access that lies idle' },
    ],
    forms: () => [{ must: [/(account that holds ent is disabled|ent sits on a disabled account)/], negations: 0 }],
  },
  'orphan-account': {
    wordings: (signal) => [{
      fact: signal.facts.reason === 'no-candidate'
        ? 'the account that holds ENT belongs to no known person'
        : 'the account that holds ENT fits several people and is tied to none of them',
      meaning: 'keeping it leaves a way in with an unknown owner',
    }],
    forms: (signal) => [{
      must: [
        /\baccount that holds ent\b/, signal.facts.reason === 'no-candidate'
          ? /\bbelongs to no known person\b/
          : /\bfits several people and is tied to none of them\b/,
      ],
      negations: 1,
    }],
  },
  'service-account': {
    wordings: (signal) => [
      {
        fact: `the account that holds ENT is a ${signal.facts.kind} login, so what people do says little about it`,
        meaning: 'its keeper has to be asked',
      },
      {
        fact: `ENT is held by a ${signal.facts.kind} login, so what people do says little about it`, meaning: 'its keeper has to be asked',
      },
    ],
    forms: (signal) => [{ must: [new RegExp(`\\ba ${signal.facts.kind} login\\b`), /\bent\b/], negations: 0 }],
  },
  outsider: {
    wordings: (signal) => [
      { fact: `USER is a ${signal.facts.kind}, so ENT needs a current reason to stay` },
      { fact: `ENT is held by a ${signal.facts.kind}, so it needs a current reason to stay` },
    ],
    forms: (signal) => [{ must: [new RegExp(`\\b(is|by) a ${signal.facts.kind}\\b`), /\bneeds a current reason\b/], negations: 0 }],
  },
}
