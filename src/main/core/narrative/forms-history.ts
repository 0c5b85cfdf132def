import type { SignalOf } from '../../../shared/model/signal.ts'
import type { Form, FormsOf } from './wording.ts'

// What a sentence about earlier reviews has to say.

const about: Readonly<Record<SignalOf<'past-decision'>['facts']['basis'], RegExp>> = {
  'same-grant': /\bent (for|of|with|to) user\b|\buser's ent\b|\bthis (very )?access\b/,
  entitlement: /\bent (for|of|with) (other people|others)\b/,
  department: /\bent in the same department\b/,
  title: /\bent for the same title\b/,
  'department-and-title': /\bent for the same job\b/,
  manager: /\bent under the same manager\b/,
  combined: /\baccess like this\b/,
}

function pastDecision({ facts }: SignalOf<'past-decision'>): readonly Form[] {
  const what = about[facts.basis]
  const decided = /\b(earlier|past|former) (decisions?|reviews?)\b|\b(was|were) decided on before\b|\bdecided before\b|\bdecisions? (taken )?before\b/
  const never = Object.values(about).filter((one) => one !== what && one !== about['same-grant'])
  const kept = /<kept> (for (it|keeping)|to keep)\b/
  const revoked = /<revoked> (against( it)?|to remove)\b/
  const both: Form = { must: [what, decided, kept, revoked], never, negations: 0 }
  if (facts.kept + facts.revoked === 1) {
    const single = /\b(the earlier decision|the decision on .* in the earlier review)\b/
    const side = facts.kept === 1 ? /\bwas for (it|keeping)\b/ : /\bwas against it\b/
    return [both, { must: [what, decided, facts.kept === 1 ? kept : revoked], never, negations: 0 }, {
      must: [what, decided, facts.kept === 1 ? kept : revoked, /\bnone (against|for|to (keep|remove))\b/], never, negations: 1,
    }, { must: [what, single, side], never, negations: 0 }]
  }
  if (facts.kept > 0 && facts.revoked === 0) {
    return [both, { must: [what, decided, kept, /\bnone (against|to remove)\b/], never, negations: 1 }, { must: [what, decided, kept], never, negations: 0 }]
  }
  if (facts.revoked > 0 && facts.kept === 0) {
    return [both, { must: [what, decided, revoked, /\bnone (for|to keep)\b/], never, negations: 1 }, { must: [what, decided, revoked], never, negations: 0 }]
  }
  return [both]
}

export const historyForms: FormsOf<'past-decision' | 'unreviewed-streak'> = {
  'past-decision': { forms: pastDecision },
  'unreviewed-streak': {
    forms: ({ facts }) => {
      const reviews = facts.campaigns === 1 ? /\b(latest|last) (review|campaign)\b/ : /\blast <campaigns> (reviews|campaigns)\b|<campaigns> (reviews|campaigns) in a row\b/
      return [
        { must: [reviews, /\bnobody (has )?answered\b|\bno one answered\b|\bwithout an answer\b|\b(got|brought) no answer\b|\bnot answered\b/, /\bent\b/], negations: 1 },
        { must: [reviews, /\bunanswered\b/, /\bent\b/], negations: 0 },
      ]
    },
  },
}
