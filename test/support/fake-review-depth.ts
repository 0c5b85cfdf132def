import type { z } from 'zod'
import type { togetherOffer } from '../../src/shared/contract/review.ts'
import type { CampaignProgress } from '../../src/shared/model/campaign.ts'
import type { EffectPreview } from '../../src/shared/model/effect-preview.ts'
import type { Question } from '../../src/shared/model/question.ts'
import { attestationStatement, bulkStatement } from '../../src/main/use-cases/offer-together.ts'
import type { FakeItem } from './fake-review-data.ts'
import type { FakeProcedures } from './fake-procedures.ts'

interface Office {
  readonly items: readonly FakeItem[]
  readonly isUndecided: (itemId: number) => boolean
  readonly keep: (itemId: number) => void
  readonly takeBack: (itemId: number) => void
  readonly handOn: (itemId: number) => void
  readonly progress: () => CampaignProgress
  readonly campaign: number
  readonly hasQuestions: () => boolean
}

const me = 'helena.brandt@harbourline.example'
const colleagues = [
  { email: 'ines.caldeira@harbourline.example', name: 'Inês Caldeira', title: 'Head of Treasury' },
  { email: 'ingo.reimann@harbourline.example', name: 'Ingo Reimann', title: 'Team lead, Accounts Payable' },
]

const effectOf = ({ item }: FakeItem): EffectPreview => {
  const [first] = item.access.via
  return {
    isStillHeld: true, removes: first === undefined ? 'right' : 'membership', from: first ?? item.access.entitlement, steps: item.access.via,
    way: first === undefined ? 'at-source' : item.itemId % 3 === 0 ? 'by-rule' : item.itemId % 3 === 1 ? 'on-premises' : 'unknown-group',
    staysThrough: item.itemId % 5 === 0 ? [null, 'Legacy access'] : [], alsoLost: first === undefined ? 0 : 7,
    alsoLostNames: first === undefined ? [] : ['Finance shared drive', 'Expense tool'], othersIfCut: first === undefined ? 0 : 19,
  }
}

/** Handing on, effects, deciding on several at once and questions, as far as a screen can see them. */
export const fakeReviewDepth = (os: FakeProcedures, { items, isUndecided, keep, takeBack, handOn, progress, campaign, hasQuestions }: Office) => {
  const asked: Question[] = [{
    question: 401, itemId: items[0]?.item.itemId ?? 1, campaignId: campaign, askedBy: 'tom.reed@harbourline.example', askedByName: 'Tom Reed', askedOf: me,
    askedOfName: 'Helena Brandt', role: 'owner', askedAt: '2026-11-20T08:00:00.000Z', text: 'Does the night shift still need this?\nI cannot tell.', answer: null,
    answeredBy: null, answeredAt: null, subjectName: items[0]?.item.subject.name ?? '',
    entitlementName: items[0]?.item.access.entitlement ?? '', application: 'Bank portal', description: 'Prepares transfers from company accounts.', isMine: false, canAnswer: true,
  }]
  const goes = new Map<number, { readonly id: number; readonly way: 'attestation' | 'bulk'; readonly at: string; readonly items: readonly number[] }>()
  const easy = (): readonly FakeItem[] => items.filter(({ queue, item }) => queue.risk === 'low' && !item.isAdviceHidden && isUndecided(queue.itemId))
  const offer = (): z.infer<typeof togetherOffer> => {
    const alike = easy()
    const [first] = alike
    return {
      isAttestationAllowed: true, isBulkAllowed: true, attestationStatement, bulkStatement,
      unchanged: alike.slice(0, 4).map(({ queue }) => queue.itemId),
      changed: items.filter(({ queue }) => queue.isFlagged && isUndecided(queue.itemId)).slice(0, 3).map(({ queue }) => ({
        itemId: queue.itemId, subjectName: queue.subjectName, entitlementName: queue.entitlementName, reason: 'changed-job' as const,
      })),
      leftOut: [{ reason: 'risky', items: 31 }, { reason: 'flagged', items: 9 }],
      groups: first === undefined || alike.length < 5 ? [] : [{
        entitlementId: 7, subjectKind: 'employee', entitlementName: first.queue.entitlementName, application: first.queue.application, size: alike.length, drawn: 3,
      }],
      recorded: [...goes.values()].map((go) => ({ ...go, size: go.items.length, standing: go.items.filter((itemId) => !isUndecided(itemId)).length }))
        .filter(({ standing }) => standing > 0).toReversed(),
    }
  }
  const note = (itemId: number, to: 'owner' | 'officer', text: string): void => {
    const item = items.find((one) => one.item.itemId === itemId)?.item
    if (item === undefined) return
    asked.unshift({
      question: 500 + asked.length, itemId, campaignId: campaign, askedBy: me, askedByName: 'Helena Brandt', askedOf: item.access.owner ?? 'grace.muir@harbourline.example',
      askedOfName: 'Grace Muir', role: to, askedAt: '2026-11-22T09:00:00.000Z', text, answer: null, answeredBy: null, answeredAt: null, subjectName: item.subject.name,
      entitlementName: item.access.entitlement, application: item.access.application, description: item.access.description, isMine: true, canAnswer: false,
    })
  }
  const procedures = {
    effect: os.review.effect.handler(({ input, errors }) => {
      const one = items.find(({ item }) => item.itemId === input.itemId)
      if (one === undefined) throw errors.NOT_FOUND({ message: `There is no item ${input.itemId}.` })
      return effectOf(one)
    }),
    together: os.review.together.handler(offer),
    unchangedLines: os.review.unchangedLines.handler(({ input }) => items.filter(({ queue }) => input.items.includes(queue.itemId)).map(({ queue }) => ({
      itemId: queue.itemId, subjectName: queue.subjectName, entitlementName: queue.entitlementName, application: queue.application, lastReviewed: '2026-05-29',
    }))),
    drawGroup: os.review.drawGroup.handler(({ input, errors }) => {
      const alike = easy()
      const [first] = alike
      if (first === undefined || alike.length < 5) throw errors.CONFLICT({ message: 'This group is no longer there: what is left of it is decided one by one.' })
      return {
        ...input.group, key: 'ab'.repeat(32), entitlementName: first.queue.entitlementName, application: first.queue.application, size: alike.length,
        sample: alike.slice(0, 3).map(({ queue }) => queue.itemId), people: alike.map(({ queue }) => queue.subjectName),
      }
    }),
    undoTogether: os.review.undoTogether.handler(({ input, errors }) => {
      const undone = (goes.get(input.id)?.items ?? []).filter((itemId) => !isUndecided(itemId))
      if (undone.length === 0) throw errors.CONFLICT({ message: 'Nothing of this is left to undo: it was signed off, taken back or decided anew.' })
      for (const itemId of undone) takeBack(itemId)
      return { undone, progress: progress() }
    }),
    decideTogether: os.review.decideTogether.handler(({ input, errors }) => {
      if (input.way === 'bulk' && input.sample.some(({ openMs }) => openMs < 1_500)) throw errors.INVALID({ message: 'The drawn items were not opened.' })
      const decided = input.way === 'attestation' ? input.items : easy().map(({ queue }) => queue.itemId)
      for (const itemId of decided) keep(itemId)
      const id = 700 + goes.size
      goes.set(id, { id, way: input.way, at: '2026-11-22T09:05:00.000Z', items: decided })
      return { id, decided: [...decided], progress: progress() }
    }),
    questions: os.review.questions.handler(() => (hasQuestions() ? [...asked] : [])),
    answer: os.review.answer.handler(({ input, errors }) => {
      const at = asked.findIndex(({ question }) => question === input.question)
      const before = asked[at]
      if (before === undefined) throw errors.NOT_FOUND({ message: 'There is no such question.' })
      const answered = { ...before, answer: input.text, answeredBy: me, answeredAt: '2026-11-22T09:10:00.000Z' }
      asked[at] = answered
      return answered
    }),
    colleagues: os.review.colleagues.handler(({ input }) =>
      colleagues.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(input.text.toLowerCase()))),
    passOn: os.review.passOn.handler(({ input }) => {
      for (const itemId of input.items) handOn(itemId)
      return { moved: input.items.length, refused: [], progress: progress() }
    }),
  }
  return { procedures, note }
}
