import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Wording, WordingsOf } from './wording.ts'

// Sentences about earlier reviews: what people decided, and what nobody answered.

type PastDecision = SignalOf<'past-decision'>

/** What the earlier decisions were about, as said in a sentence. */
const about: Readonly<Record<PastDecision['facts']['basis'], string>> = {
  'same-grant': 'ENT for USER',
  entitlement: 'ENT for other people',
  department: 'ENT in the same department',
  title: 'ENT for the same title',
  'department-and-title': 'ENT for the same job',
  manager: 'ENT under the same manager',
  combined: 'access like this',
}

function pastDecision(signal: PastDecision): readonly Wording[] {
  const { basis, kept, revoked, latest } = signal.facts
  const what = about[basis]
  const last = latest === null ? '' : ', the last of them on {{.latest}}'
  if (kept + revoked === 1) {
    const side = kept === 1 ? 'for it' : 'against it'
    const on = latest === null ? '' : ', on {{.latest}},'
    return [{ fact: `the earlier decision on ${what}${on} was ${side}` }, { fact: `the decision on ${what} in the earlier review${on} was ${side}` }]
  }
  if (kept > 0 && revoked === 0) {
    return [
      { fact: `earlier decisions on ${what} went {{.kept}} for it and none against it${last}` },
      { fact: `${what} was decided on before, {{.kept}} for it and none against it${last}` },
    ]
  }
  if (revoked > 0 && kept === 0) {
    return [
      { fact: `earlier decisions on ${what} went {{.revoked}} against it and none for it${last}` },
      { fact: `${what} was decided on before, {{.revoked}} against it and none for it${last}` },
    ]
  }
  return [
    { fact: `people decided both ways on ${what} before: the earlier decisions went {{.kept}} for it and {{.revoked}} against it${last}` },
    { fact: `earlier decisions on ${what} went {{.kept}} for it and {{.revoked}} against it${last}` },
    { fact: `${what} was decided on before, {{.kept}} for it and {{.revoked}} against it${last}` },
  ]
}

export const historyWords: WordingsOf<'past-decision' | 'unreviewed-streak'> = {
  'past-decision': pastDecision,
  'unreviewed-streak': ({ facts }) => facts.campaigns === 1
    ? [
        { fact: 'nobody answered for ENT in the latest review that asked, as of {{.since}}' },
        { fact: 'the latest review that asked about ENT ended without an answer, as of {{.since}}' },
        { fact: 'ENT was left unanswered in the latest review that asked, as of {{.since}}' },
      ]
    : [
        { fact: 'nobody answered for ENT in the last {{.campaigns}} reviews that asked, the first of them as of {{.since}}' },
        { fact: 'the last {{.campaigns}} reviews that asked about ENT ended without an answer, the first of them as of {{.since}}' },
        { fact: 'ENT was left unanswered in the last {{.campaigns}} reviews that asked, the first of them as of {{.since}}' },
      ],
}
