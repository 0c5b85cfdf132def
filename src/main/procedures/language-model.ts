import { progressStream } from '../jobs/progress-stream.ts'
import { examineModel } from '../use-cases/examine-model.ts'
import { allowModelHost, chooseModel, setModelHost, switchModelOff } from '../use-cases/set-language-model.ts'
import { showLanguageModel } from '../use-cases/show-language-model.ts'
import { showWordings } from '../use-cases/show-wordings.ts'
import { wordAhead, wordRiskiest } from '../use-cases/word-ahead.ts'
import { wordItem } from '../use-cases/word-item.ts'
import { answersOf, insiderAnswersOf, type Engine } from './implementer.ts'
import { withContractErrors } from './refusals.ts'

/** Long work here waits for a server, not for this machine, and shares one queue: it runs in the engine's own thread. */
export function languageModelProcedures(engine: Engine) {
  const { context } = engine
  const { path } = context.store
  const { languageModel } = answersOf(engine)
  const { languageModel: insiders } = insiderAnswersOf(engine)
  return {
    status: insiders.status.handler(() => showLanguageModel(context)),
    setHost: insiders.setHost.handler(({ input, context: { actor } }) => setModelHost(context, actor, input.host)),
    allowHost: insiders.allowHost.handler(({ input, context: { actor } }) => allowModelHost(context, actor, input)),
    exam: insiders.exam.handler(({ input, context: { actor }, signal }) =>
      withContractErrors(progressStream((watch) => examineModel(context, actor, input.model, watch), signal), path)),
    choose: insiders.choose.handler(({ input, context: { actor } }) => chooseModel(context, actor, input.model)),
    off: insiders.off.handler(({ context: { actor } }) => switchModelOff(context, actor)),
    word: languageModel.word.handler(({ input, context: { actor }, signal }) => withContractErrors(wordItem(context, actor, input, signal), path)),
    ahead: languageModel.ahead.handler(({ input, context: { actor } }) => wordAhead(context, actor, input.itemIds)),
    wordRiskiest: insiders.wordRiskiest.handler(({ input, context: { actor }, signal }) =>
      withContractErrors(progressStream((watch) => wordRiskiest(context, actor, input, watch), signal), path)),
    record: languageModel.record.handler(({ input, context: { actor } }) => showWordings(context, actor, input.itemId)),
  }
}
