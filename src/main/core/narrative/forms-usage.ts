import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Form, FormsOf } from './wording.ts'

// What a sentence about use has to say. "Used ENT" is said only where the right's own use was recorded; of an application only sign-ins are
// known. That somebody who never signs in does not use the right, though, follows.

const signIn = /\b(sign-ins?|sign(ed|s) in|uses? (of )?app|used app|app (was|has been) used|app has not been used|app \w+ used)\b/
const ownUse = /\b(used?|uses) (of )?ent\b|\bent\b.*\bused\b|\bused it\b|\buse of it\b/
const idle = /\b(since|after) <lastused>|\b(for|in) (the )?(last |past )?<days>/

function lastUse(signal: SignalOf<'last-use'>): readonly Form[] {
  const use = signal.facts.of === 'entitlement' ? ownUse : signIn
  const when = /<lastused>|<days>/
  if (signal.quality === 'stale') {
    return [{ must: [use, when, /\b(latest|last|most recent)\b/, /\bon record\b|\brecorded\b/, /\brecord (ends|stops)\b/], negations: 0 }]
  }
  const seen: Form = { must: [use, when], never: [idle, /\b(anything|anywhere)\b/], negations: 0 }
  return signal.direction === 'revoke' ? [seen, { must: [signal.facts.of === 'entitlement' ? ownUse : either, idle], negations: 1 }] : [seen]
}
const either = new RegExp(`${signIn.source}|${ownUse.source}`)

function rhythm(signal: SignalOf<'usage-frequency'>): RegExp {
  const { rhythm: name } = signal.facts
  if (name === 'daily' || name === 'weekly') return new RegExp(`\\b${name}\\b${name === 'daily' ? '|\\bevery day\\b' : ''}`)
  return /\bevery <typicalgapdays>|\babout <typicalgapdays> apart\b/
}

function frequency(signal: SignalOf<'usage-frequency'>): readonly Form[] {
  const often = rhythm(signal)
  const stopped = /\b(rhythm|habit|pattern) (has )?(stopped|ended|broken off)\b|\bhas stopped\b/
  if (signal.direction === 'revoke') return [{ must: [often, stopped, /\bapp\b/], negations: 0 }]
  if (signal.direction === 'none') return [{ must: [often, /\bapp\b/, /\b(sign-ins?|sign(ed|s) in|comes?|came|work)\b/], never: [stopped], negations: 0 }]
  const goesOn = /<activedays>|\b(fits|in line with|within) (that|this|the usual) (rhythm|habit|pattern)\b|\b(signs in|comes back|come|part of|keeps coming)\b/
  return [{ must: [often, goesOn, /\bapp\b/], never: [stopped, /\bused to\b/], negations: 0 }]
}

function neverUsed(signal: SignalOf<'never-used'>): readonly Form[] {
  const use = signal.facts.of === 'entitlement' ? ownUse : either
  const given = signal.quality === 'inferred' ? /\bfirst seen\b/ : /\b(given|granted|received|got|gained)\b/
  return [{ must: [use, given, /<since>|<days>/, /\b(never|no|not)\b/], negations: 1 }]
}

function comparison(signal: SignalOf<'usage-vs-peers'>): readonly Form[] {
  const isJob = signal.facts.basis === 'department-and-title'
  return [{
    must: [/<owndays>/, /<mediandays>/, signIn, isJob ? /\bsame job\b/ : /\b(others?|other people|people|colleagues) (who|that) (also )?(hold|have) (ent|it)\b/],
    never: isJob ? [] : [/\bsame job\b/], negations: 0,
  }]
}

export const usageForms: FormsOf<'last-use' | 'never-used' | 'usage-frequency' | 'usage-vs-peers' | 'dormant-account' | 'data-gap'> = {
  'last-use': { forms: lastUse, mustNot: () => [/\bnever\b/, /\bunused\b(?! access)/, /\bnot signed in anywhere\b/] },
  'never-used': { forms: neverUsed },
  'usage-frequency': { forms: frequency },
  'usage-vs-peers': { forms: comparison, mustNot: () => [/\bnever\b/, /\bunused\b/] },
  'dormant-account': {
    forms: ({ facts }) => [{
      must: [
        /\baccount\b/, /\b(signed in|sign-ins?)\b/, /\b(anywhere|at all|to anything)\b/,
        facts.lastSeen === null ? /\b(in|for|over) (the |all )?<days>/ : /\bsince <lastseen>|\b(in|for|over) (the |all )?<days>/,
      ],
      negations: 1,
    }],
    mustNot: () => [/\bnever\b/, /\bunused\b(?! access)/],
  },
  'data-gap': {
    forms: ({ facts }) => {
      if (facts.about === 'hr') {
        return [
          { must: [/\bhr\b/, /\b(is|are) (missing|unknown)\b|\bmissing from hr\b/], negations: 0 },
          { must: [/\b(hr (has|holds|knows) no|no hr) (data|record|history)\b/], negations: 1 },
        ]
      }
      const given = /\b(when ent was (given|granted)|(day|date|start) of (ent|it)|since when user has held ent)\b/
      if (facts.about === 'granted-at') {
        return [{ must: [given, /\b(is|are) unknown\b/], negations: 0 }, { must: [given, /\bis not (known|on record)\b/], negations: 1 }]
      }
      if (facts.knownSince === null) {
        const use = /\b(uses? (of )?(app|ent)|signs? in|sign-ins?|used)\b/
        return [
          { must: [use, /\b(is|are) unknown\b/], never: [/\brecord\b/], negations: 0 },
          { must: [use, /\bno (sign-in )?record\b|\bnot (known|on record|recorded)\b|\bno sign-ins? .*\brecorded\b/], negations: 1 },
          { must: [use, /\bis not known\b/, /\bno (sign-in )?record\b/], negations: 2 },
        ]
      }
      const nothing = /\b(no sign-ins?|not (been )?(seen|signed in)|nothing)\b/
      const before = /\b(earlier|before)\b.*\b(is|are|was) not (known|on record)\b/
      return [
        { must: [nothing, /\bsince <knownsince>/, /\b(earlier|before)\b.*\b(is|was|are) unknown\b/], negations: 1 },
        { must: [nothing, /\bsince <knownsince>/, before], never: [/\bnot on record since\b/], negations: 2 },
      ]
    },
    mustNot: () => [/\bnever\b/, /\bunused\b/],
  },
}
