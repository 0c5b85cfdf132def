import { decideTogether } from '../use-cases/decide-together.ts'
import { drawGroup, offerTogether, unchangedLines } from '../use-cases/offer-together.ts'
import { undoTogether } from '../use-cases/undo-together.ts'
import { answerQuestion, showQuestions } from '../use-cases/questions.ts'
import { showEffect } from '../use-cases/show-effect.ts'
import { findColleagues } from '../use-cases/find-colleagues.ts'
import { passOn } from '../use-cases/reassign-items.ts'
import { handedOn } from './campaigns.ts'
import { recordDecision, undoDecision } from '../use-cases/record-decision.ts'
import { showItem } from '../use-cases/show-item.ts'
import { campaignsToReview, showQueue } from '../use-cases/show-queue.ts'
import { signOff } from '../use-cases/sign-off.ts'
import { signOffSummary } from '../use-cases/sign-off-summary.ts'
import { answersOf, type Engine } from './implementer.ts'

export function reviewProcedures(engine: Engine) {
  const { context } = engine
  const { review } = answersOf(engine)
  return {
    mine: review.mine.handler(({ context: { actor } }) => campaignsToReview(context, actor)),
    queue: review.queue.handler(({ input, context: { actor } }) => showQueue(context, actor, input.campaign, input)),
    item: review.item.handler(({ input, context: { actor } }) => showItem(context, actor, input.itemId)),
    decide: review.decide.handler(async ({ input, context: { actor } }) => {
      const progress = await recordDecision(context, actor, input)
      return { progress, item: await showItem(context, actor, input.itemId) }
    }),
    undo: review.undo.handler(async ({ input, context: { actor } }) => {
      const progress = await undoDecision(context, actor, input.itemId)
      return { progress, item: await showItem(context, actor, input.itemId) }
    }),
    passOn: review.passOn.handler(async ({ input, context: { actor } }) => {
      const done = await passOn(context, actor, input)
      return { ...handedOn(done), progress: (await showQueue(context, actor, input.campaign, { after: 0, limit: 1 })).progress }
    }),
    colleagues: review.colleagues.handler(({ input, context: { actor } }) => findColleagues(context, actor, input.text)),
    effect: review.effect.handler(({ input, context: { actor } }) => showEffect(context, actor, input.itemId)),
    together: review.together.handler(({ input, context: { actor } }) => offerTogether(context, actor, input.campaign)),
    unchangedLines: review.unchangedLines.handler(({ input, context: { actor } }) => unchangedLines(context, actor, input.campaign, input.items)),
    drawGroup: review.drawGroup.handler(({ input, context: { actor } }) => drawGroup(context, actor, input.campaign, input.group)),
    decideTogether: review.decideTogether.handler(({ input, context: { actor } }) => decideTogether(context, actor, input)),
    undoTogether: review.undoTogether.handler(({ input, context: { actor } }) => undoTogether(context, actor, input)),
    questions: review.questions.handler(({ context: { actor } }) => showQuestions(context, actor)),
    answer: review.answer.handler(({ input, context: { actor } }) => answerQuestion(context, actor, input)),
    signOffSummary: review.signOffSummary.handler(({ input, context: { actor } }) => signOffSummary(context, actor, input.campaign)),
    signOff: review.signOff.handler(({ input, context: { actor } }) => signOff(context, actor, input)),
  }
}
