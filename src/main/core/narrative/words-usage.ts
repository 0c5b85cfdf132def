import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Form, Wording, WordsOf } from './wording.ts'

// "Used" is said of a right whose own use was recorded; of an application only sign-ins are known.

const idle = 'removing ENT would end access that lies idle'
const unused = 'removing ENT would end unused access'
const interrupts = 'removing ENT would interrupt that work'

function lastUse(signal: SignalOf<'last-use'>): readonly Wording[] {
  const isOwn = signal.facts.of === 'entitlement'
  // "0 days ago" helps nobody.
  const ago = signal.facts.days === 0 ? '' : ', {{.days}} ago'
  if (signal.quality === 'stale') {
    const use = isOwn ? 'use of ENT' : 'sign-in to APP'
    return [{ fact: `the latest ${use} on record for USER is from {{.lastUsed}}${ago}, and the record ends soon after` }]
  }
  if (signal.direction === 'revoke') {
    return isOwn
      ? [
        {
          fact: `USER has not used ENT since {{.lastUsed}}${ago}`, meaning: idle,
        }, { fact: `USER last used ENT on {{.lastUsed}}${ago}`, meaning: idle },
      ]
      : [
          { fact: `USER has not signed in to APP since {{.lastUsed}}${ago}`, meaning: idle },
          { fact: `the last sign-in of USER to APP was on {{.lastUsed}}${ago}`, meaning: idle },
          { fact: `USER last signed in to APP on {{.lastUsed}}${ago}`, meaning: idle },
        ]
  }
  const meaning = signal.direction === 'keep' ? { meaning: interrupts } : {}
  return isOwn
    ? [
      { fact: `USER last used ENT on {{.lastUsed}}${ago}`, ...meaning }, {
        fact: `the last use of ENT by USER was on {{.lastUsed}}${ago}`, ...meaning,
      },
    ]
    : [
      { fact: `USER last signed in to APP on {{.lastUsed}}${ago}`, ...meaning }, {
        fact: `the last sign-in of USER to APP was on {{.lastUsed}}${ago}`, ...meaning,
      },
    ]
}

function lastUseForms(signal: SignalOf<'last-use'>): readonly Form[] {
  const use = signal.facts.of === 'entitlement' ? '(used ent|use of ent)' : '(signed in to app|sign-in to app|sign-in of user to app)'
  if (signal.quality === 'stale') return [{ must: [new RegExp(`latest ${use} on record`), /<lastused>/], negations: 0 }]
  const said: Form = { must: [new RegExp(`\\blast ${use}`), /\bon <lastused>/], negations: 0 }
  return signal.direction === 'revoke' ? [said, { must: [new RegExp(`has not ${use} since <lastused>`)], negations: 1 }] : [said]
}

function everyOrName(signal: SignalOf<'usage-frequency'>): string {
  const { rhythm } = signal.facts
  return rhythm === 'daily' || rhythm === 'weekly' ? rhythm : 'about every {{.typicalGapDays}}'
}

function frequency(signal: SignalOf<'usage-frequency'>): readonly Wording[] {
  const often = everyOrName(signal)
  if (signal.direction === 'revoke') {return [
    { fact: `USER used to sign in to APP ${often}, and that rhythm has stopped` }, {
      fact: `sign-ins of USER to APP came ${often}, and that rhythm has stopped`,
    },
  ]}
  if (signal.direction === 'none') return [{ fact: `sign-ins of USER to APP come ${often} on record` }]
  if (often.startsWith('about')) {
    return [
      {
        fact: `USER signs in to APP ${often}, and the present silence fits that rhythm`,
        meaning: 'removing ENT would interrupt work that comes round again',
      },
      {
        fact: `USER comes back to APP ${often}, and the present silence fits that rhythm`,
        meaning: 'removing ENT would interrupt work that comes round again',
      },
    ]
  }
  return [
    { fact: `USER signs in to APP ${often}, on {{.activeDays}} in the {{.coveredMonths}} on record`, meaning: interrupts },
    {
      fact: `APP is part of the ${often} work of USER, with sign-ins on {{.activeDays}} in the {{.coveredMonths}} on record`,
      meaning: interrupts,
    },
  ]
}

function frequencyForms(signal: SignalOf<'usage-frequency'>): readonly Form[] {
  const often = everyOrName(signal).startsWith('about') ? /\bevery <typicalgapdays>/ : new RegExp(`\\b${signal.facts.rhythm}\\b`)
  if (signal.direction === 'revoke') return [{ must: [often, /\brhythm has stopped\b/, /\bapp\b/], negations: 0 }]
  if (signal.direction === 'none') return [{ must: [often, /\bon record\b/, /\bapp\b/], negations: 0 }]
  const fits = everyOrName(signal).startsWith('about') ? /\bsilence fits that rhythm\b/ : /\bon <activedays> in the <coveredmonths>/
  return [{ must: [often, fits, /\bapp\b/], negations: 0 }]
}

function neverUsed(signal: SignalOf<'never-used'>): readonly Wording[] {
  const [use, past] = signal.facts.of === 'entitlement' ? ['used it', 'used it'] : ['signed in to APP', 'signed in to APP']
  const given = signal.quality === 'inferred' ? 'ENT was first seen with USER' : 'ENT was given'
  const meaning = signal.direction === 'revoke' ? { meaning: unused } : {}
  return [
    { fact: `USER has never ${use} in the {{.days}} on record since ${given} on {{.since}}`, ...meaning },
    { fact: `${given} on {{.since}}, and USER has never ${past} in the {{.days}} on record since then`, ...meaning },
  ]
}

export const usageWords: WordsOf<'last-use' | 'never-used' | 'usage-frequency' | 'usage-vs-peers' | 'dormant-account' | 'data-gap'> = {
  'last-use': { wordings: lastUse, forms: lastUseForms, mustNot: () => [/\bnever\b/, /\bunused\b/] },
  'never-used': {
    wordings: neverUsed,
    forms: (signal) => [{
      must: [
        signal.facts.of === 'entitlement' ? /has never used it\b/ : /has never signed in to app\b/, /\bin the <days> on record since\b/,
        signal.quality === 'inferred' ? /\bfirst seen with user on <since>/ : /\bgiven on <since>/,
      ],
      negations: 1,
    }],
  },
  'usage-frequency': { wordings: frequency, forms: frequencyForms },
  'usage-vs-peers': {
    wordings: ({ facts }) => {
      const who = facts.basis === 'holders' ? 'other people who hold ENT' : 'other people in the same job who hold ENT'
      return [
        { fact: `USER signed in to APP on {{.ownDays}} in the last {{.windowDays}} looked at, against {{.medianDays}} for the middle one of the {{.peers}} ${who}` },
        { fact: `sign-ins of USER to APP came on {{.ownDays}} in the last {{.windowDays}} looked at, and {{.medianDays}} for the middle one of the {{.peers}} ${who}` },
      ]
    },
    forms: ({ facts }) => [{
      must: [
        /\bon <owndays> in the last <windowdays>/, /<mediandays> for the middle one of the <peers>/, /\bapp\b/,
        facts.basis === 'holders' ? /\bother people who hold ent\b/ : /\bother people in the same job who hold ent\b/,
      ],
      negations: 0,
    }],
    mustNot: () => [/\bnever\b/, /\bunused\b/],
  },
  'dormant-account': {
    wordings: ({ facts, direction }) => {
      const meaning = direction === 'revoke' ? { meaning: idle } : {}
      const when = facts.lastSeen === null ? 'in the {{.days}} on record' : 'since {{.lastSeen}}'
      return [
        { fact: `the account that holds ENT has not signed in anywhere ${when}`, ...meaning },
        { fact: `ENT sits on an account that has not signed in anywhere ${when}`, ...meaning },
      ]
    },
    forms: ({ facts }) => [{
      must: [
        /\b(account that holds ent|ent sits on an account)\b/,
        facts.lastSeen === null ? /\bhas not signed in anywhere in the <days> on record\b/ : /\bhas not signed in anywhere since <lastseen>/,
      ],
      negations: 1,
    }],
    mustNot: () => [/\bnever\b/, /\bunused\b/],
  },
  'data-gap': {
    wordings: ({ facts }) => {
      if (facts.about === 'hr') return [{ fact: 'HR data about USER is missing' }]
      if (facts.about === 'granted-at') return [{ fact: 'when ENT was given is unknown' }]
      if (facts.knownSince === null) return [{ fact: 'whether USER uses APP is unknown, as there is no sign-in record for it' }]
      return [
        { fact: 'no sign-in of USER to APP is on record since {{.knownSince}}, the first day known, and earlier use is unknown' },
        { fact: 'there is no sign-in of USER to APP on record since {{.knownSince}}, the first day known, and earlier use is unknown' },
      ]
    },
    forms: ({ facts }) => {
      if (facts.about === 'hr') return [{ must: [/\bhr data about user is (missing|unknown)\b/], negations: 0 }]
      if (facts.about === 'granted-at') return [{ must: [/\bwhen ent was given is unknown\b/], negations: 0 }]
      if (facts.knownSince === null) return [{ must: [/\buser uses app is unknown\b/, /\bno sign-in record\b/], negations: 1 }]
      return [{ must: [/\bno sign-in of user to app\b/, /\bon record since <knownsince>/, /\bearlier use is unknown\b/], negations: 1 }]
    },
    mustNot: () => [/\bnever\b/, /\bunused\b/],
  },
}
