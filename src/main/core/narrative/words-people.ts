import { percentOf } from '../signals/peer-groups.ts'
import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Wording, WordingsOf } from './wording.ts'

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
  // "29 of the 29" makes a reader count.
  if (holders === signal.facts.peers) {
    const meaning = signal.direction === 'keep' ? { meaning: 'keeping it fits the work' } : {}
    return [{ fact: `all {{.peers}} ${who} hold ENT`, ...meaning }, { fact: `ENT is held by all {{.peers}} ${who}`, ...meaning }]
  }
  const hold = holders === 1 ? 'holds' : 'hold'
  if (signal.direction === 'revoke') {
    const only = percent < 25 ? 'only ' : ''
    const meaning = 'removing it would bring USER in line with the others'
    return [
      { fact: `ENT is held by ${only}{{.holders}} of the {{.peers}} ${who}`, meaning },
      { fact: `${only}{{.holders}} of the {{.peers}} ${who} ${hold} ENT`, meaning },
    ]
  }
  const meaning = signal.direction === 'keep' && percent >= 50 ? { meaning: 'keeping it fits the work' } : {}
  return [
    { fact: `ENT is held by {{.holders}} of the {{.peers}} ${who}`, ...meaning },
    { fact: `ENT is shared by {{.percent}} of the {{.peers}} ${who}`, ...meaning },
    { fact: `{{.holders}} of the {{.peers}} ${who} ${hold} ENT too`, ...meaning },
  ]
}

function moved(signal: SignalOf<'mover'>): string {
  const { attribute } = signal.facts
  const move = attribute === 'title' ? 'changed title from {{.from}} to {{.to}}' : 'moved from {{.from}} to {{.to}}'
  return `USER ${move} on {{.on}}${signal.quality === 'inferred' ? '' : ', after ENT was given'}`
}

function mover(signal: SignalOf<'mover'>): readonly Wording[] {
  const { oldPeersPercent, newPeersPercent } = signal.facts
  // Only what was more usual in the old job is a part of it.
  const leftOver = oldPeersPercent !== null && newPeersPercent !== null && oldPeersPercent > newPeersPercent
    ? { meaning: 'keeping it would carry the old job along' } : {}
  if (newPeersPercent === null) return [{ fact: `${moved(signal)}, and whether the new job needs it is unknown` }]
  if (signal.direction !== 'revoke') return [{ fact: `${moved(signal)}, and it is held by {{.newPeersPercent}} of the present colleagues` }]
  if (oldPeersPercent === null) {return [
    { fact: `${moved(signal)}, and it is held by {{.newPeersPercent}} of the present colleagues` },
  ]}
  return [
    {
      fact: `${moved(signal)}, and it is held by {{.oldPeersPercent}} of the old colleagues and {{.newPeersPercent}} of the new ones`,
      ...leftOver,
    },
    {
      fact: `${moved(signal)}, and it goes with {{.oldPeersPercent}} of the old colleagues ${oldPeersPercent > newPeersPercent ? 'but' : 'and'} {{.newPeersPercent}} of the new ones`,
      ...leftOver,
    },
  ]
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

function similar({ facts, direction }: SignalOf<'similar-identities'>): readonly Wording[] {
  const who = 'people whose access is most like that of USER'
  if (facts.holders === 0) {
    const meaning = direction === 'revoke' ? { meaning: 'removing it would bring USER in line with them' } : {}
    return [
      { fact: `none of the {{.people}} ${who} holds ENT`, ...meaning }, { fact: `ENT is held by none of the {{.people}} ${who}`, ...meaning },
    ]
  }
  if (facts.holders === facts.people) return [{ fact: `all {{.people}} ${who} hold ENT` }, { fact: `ENT is held by all {{.people}} ${who}` }]
  const hold = facts.holders === 1 ? 'holds' : 'hold'
  return [{ fact: `{{.holders}} of the {{.people}} ${who} ${hold} ENT` }, { fact: `ENT is held by {{.holders}} of the {{.people}} ${who}` }]
}

function companion({ facts }: SignalOf<'companion-right'>): readonly Wording[] {
  const who = '{{.others}} others who also hold {{.right}}'
  if (facts.holders === 0) return [{ fact: `none of the ${who} holds ENT` }, { fact: `ENT is held by none of the ${who}` }]
  const only = percentOf({ peers: facts.others, holders: facts.holders }) < 25 ? 'only ' : ''
  if (facts.holders === facts.others) return [{ fact: `all ${who} hold ENT` }, { fact: `ENT is held by all ${who}` }]
  const hold = facts.holders === 1 ? 'holds' : 'hold'
  return [{ fact: `${only}{{.holders}} of the ${who} ${hold} ENT` }, { fact: `ENT is held by ${only}{{.holders}} of the ${who}` }]
}

export const peopleWords: WordingsOf<
  'peer-prevalence' | 'similar-identities' | 'no-peer-group' | 'companion-right' | 'mover' | 'manager-change' | 'leaver' | 'account-disabled' | 'orphan-account'
  | 'service-account' | 'outsider'
> = {
  'peer-prevalence': prevalence,
  'similar-identities': similar,
  'no-peer-group': ({ facts }) => facts.largestGroup === 0 ? [{ fact: 'there is nobody to compare USER with' }] : [
    { fact: 'there is nobody to compare USER with, as the largest comparable group counts {{.largestGroup}} and {{.needed}} are needed' },
    { fact: 'the largest comparable group counts {{.largestGroup}} and {{.needed}} are needed, so there is nobody to compare USER with' },
  ],
  'companion-right': companion,
  mover,
  'manager-change': () => [
    { fact: 'USER has had another manager since {{.on}}, who is yet to confirm ENT' },
    { fact: 'the manager of USER changed on {{.on}}, and the present manager is yet to confirm ENT' },
    { fact: 'USER has had a new manager since {{.on}}, who is still to confirm ENT' },
  ],
  leaver,
  'account-disabled': () => [
    { fact: 'the account that holds ENT is disabled', meaning: 'removing it would end access that lies idle' },
    { fact: 'ENT sits on a disabled account', meaning: 'removing it would end access that lies idle' },
    { fact: 'ENT belongs to an account that is switched off', meaning: 'removing it would end access that lies idle' },
  ],
  'orphan-account': ({ facts }) => {
    const meaning = 'keeping it leaves a way in with an unknown owner'
    return facts.reason === 'no-candidate'
      ? [
          { fact: 'the account that holds ENT belongs to no known person', meaning }, { fact: 'the account that holds ENT has no known owner', meaning },
          { fact: 'ENT sits on an account that belongs to no known person', meaning },
        ]
      : [
          { fact: 'the account that holds ENT fits several people and is tied to none of them', meaning },
          { fact: 'ENT sits on an account that fits several people and is tied to none of them', meaning },
        ]
  },
  'service-account': ({ facts }) => {
    const meaning = 'its keeper has to be asked'
    return [
      { fact: `the account that holds ENT is a ${facts.kind} login, so what people do says little about it`, meaning },
      { fact: `ENT is held by a ${facts.kind} login, so what people do says little about it`, meaning },
      { fact: `ENT sits on a ${facts.kind} login`, meaning },
    ]
  },
  outsider: ({ facts }) => [
    { fact: `USER is a ${facts.kind}, so ENT needs a current reason to stay` },
    { fact: `ENT is held by a ${facts.kind}, so it needs a current reason to stay` },
    { fact: `as a ${facts.kind}, USER needs a current reason for ENT to stay` },
  ],
}
