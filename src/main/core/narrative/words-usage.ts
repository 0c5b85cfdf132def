import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Wording, WordingsOf } from './wording.ts'

// "Used" is said of a right whose own use was recorded; of an application only sign-ins are known.

const idle = 'removing ENT would end access that lies idle'
const unused = 'removing ENT would end unused access'
/** A sign-in to an application does not show that this right of it was used, so the work may go on without it. */
const interrupts = { entitlement: 'removing ENT would interrupt that work', application: 'removing ENT could interrupt that work' } as const

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
  const meaning = signal.direction === 'keep' ? { meaning: interrupts[signal.facts.of] } : {}
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
  if (signal.direction === 'none') {
    return [{ fact: `sign-ins of USER to APP come ${often} on record` }, { fact: `on record, sign-ins of USER to APP come ${often}` }]
  }
  if (often.startsWith('about')) {
    return [
      {
        fact: `USER signs in to APP ${often}, and the present silence fits that rhythm`,
        meaning: 'removing ENT could interrupt work that comes round again',
      },
      {
        fact: `USER comes back to APP ${often}, and the present silence fits that rhythm`,
        meaning: 'removing ENT could interrupt work that comes round again',
      },
    ]
  }
  return [
    { fact: `USER signs in to APP ${often}, on {{.activeDays}} in the {{.coveredMonths}} on record`, meaning: interrupts.application },
    {
      fact: `APP is part of the ${often} work of USER, with sign-ins on {{.activeDays}} in the {{.coveredMonths}} on record`,
      meaning: interrupts.application,
    },
  ]
}

function neverUsed(signal: SignalOf<'never-used'>): readonly Wording[] {
  const [use, past] = signal.facts.of === 'entitlement' ? ['used it', 'used it'] : ['signed in to APP', 'signed in to APP']
  const given = signal.quality === 'inferred' ? 'ENT was first seen with USER' : 'ENT was given'
  const meaning = signal.direction === 'revoke' ? { meaning: unused } : {}
  return [
    { fact: `USER has never ${use} in the {{.days}} on record since ${given} on {{.since}}`, ...meaning },
    { fact: `${given} on {{.since}}, and USER has never ${past} in the {{.days}} on record since then`, ...meaning },
    { fact: `since ${given} on {{.since}}, USER has never ${past} in the {{.days}} on record`, ...meaning },
  ]
}

function comparison({ facts }: SignalOf<'usage-vs-peers'>): readonly Wording[] {
  const who = facts.basis === 'holders' ? 'other people who hold ENT' : 'other people in the same job who hold ENT'
  const middle = `{{.medianDays}} for the middle one of the {{.peers}} ${who}`
  if (facts.ownDays === 0) return [{ fact: `USER has {{.ownDays}} with a sign-in to APP in the last {{.windowDays}} on record, against ${middle}` }]
  return [
    { fact: `USER signed in to APP on {{.ownDays}} in the last {{.windowDays}} on record, against ${middle}` },
    { fact: `sign-ins of USER to APP came on {{.ownDays}} in the last {{.windowDays}} on record, and ${middle}` },
    { fact: `in the last {{.windowDays}} on record USER signed in to APP on {{.ownDays}}, against ${middle}` },
  ]
}

function dormant({ facts, direction }: SignalOf<'dormant-account'>): readonly Wording[] {
  const meaning = direction === 'revoke' ? { meaning: idle } : {}
  const when = facts.lastSeen === null ? 'in the {{.days}} on record' : 'since {{.lastSeen}}'
  return [
    { fact: `the account that holds ENT has not signed in anywhere ${when}`, ...meaning },
    { fact: `ENT sits on an account that has not signed in anywhere ${when}`, ...meaning },
    { fact: `there is no sign-in anywhere of the account that holds ENT ${when}`, ...meaning },
  ]
}

function gap({ facts }: SignalOf<'data-gap'>): readonly Wording[] {
  if (facts.about === 'hr') return [{ fact: 'HR data about USER is missing' }, { fact: 'HR has no record about USER' }]
  if (facts.about === 'granted-at') return [{ fact: 'when ENT was given is unknown' }, { fact: 'since when USER has held ENT is unknown' }]
  if (facts.knownSince === null) {
    return [
      { fact: 'whether USER uses APP is unknown, as there is no sign-in record for it' },
      { fact: 'there is no sign-in record for it, so whether USER uses APP is unknown' },
    ]
  }
  return [
    { fact: 'no sign-in of USER to APP is on record since {{.knownSince}}, the first day known, and earlier use is unknown' },
    { fact: 'there is no sign-in of USER to APP on record since {{.knownSince}}, the first day known, and earlier use is unknown' },
    { fact: 'USER has not signed in to APP since {{.knownSince}}, the first day on record, and earlier use is unknown' },
  ]
}

export const usageWords: WordingsOf<'last-use' | 'never-used' | 'usage-frequency' | 'usage-vs-peers' | 'dormant-account' | 'data-gap'> = {
  'last-use': lastUse, 'never-used': neverUsed, 'usage-frequency': frequency, 'usage-vs-peers': comparison, 'dormant-account': dormant,
  'data-gap': gap,
}
