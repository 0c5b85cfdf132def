import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Form, Wording, WordsOf } from './wording.ts'

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
  const last = latest === null ? '' : kept + revoked === 1 ? ', on {{.latest}}' : ', the last of them on {{.latest}}'
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
    { fact: `earlier decisions on ${what} went {{.kept}} for it and {{.revoked}} against it${last}` },
    { fact: `${what} was decided on before, {{.kept}} for it and {{.revoked}} against it${last}` },
  ]
}

function pastDecisionForms(signal: PastDecision): readonly Form[] {
  const { basis, kept, revoked } = signal.facts
  const what = new RegExp(`\\b${about[basis].toLowerCase()}\\b`)
  const decided = /\b(earlier decisions on|was decided on before)\b/
  const both = { must: [what, decided, /<kept> for it\b/, /<revoked> against it\b/], negations: 0 }
  if (kept > 0 && revoked === 0) return [both, { must: [what, decided, /<kept> for it and none against it\b/], negations: 1 }]
  if (revoked > 0 && kept === 0) return [both, { must: [what, decided, /<revoked> against it and none for it\b/], negations: 1 }]
  return [both]
}

export const historyWords: WordsOf<'past-decision' | 'unreviewed-streak'> = {
  'past-decision': { wordings: pastDecision, forms: pastDecisionForms },
  'unreviewed-streak': {
    wordings: ({ facts }) => facts.campaigns === 1
      ? [
          { fact: 'nobody answered for ENT in the latest review that asked, as of {{.since}}' },
          { fact: 'the latest review that asked about ENT ended without an answer, as of {{.since}}' },
        ]
      : [
          { fact: 'nobody answered for ENT in the last {{.campaigns}} reviews that asked, the first of them as of {{.since}}' },
          { fact: 'the last {{.campaigns}} reviews that asked about ENT ended without an answer, the first of them as of {{.since}}' },
        ],
    forms: ({ facts }) => {
      const reviews = facts.campaigns === 1 ? 'latest review' : 'last <campaigns> reviews'
      return [
        { must: [new RegExp(`\\bnobody answered for ent in the ${reviews} that asked`), /\bas of <since>/], negations: 1 },
        { must: [new RegExp(`\\b${reviews} that asked about ent ended without an answer\\b`), /\bas of <since>/], negations: 1 },
      ]
    },
  },
}
