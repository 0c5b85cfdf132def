import { activateModel, rollBackModel } from '../use-cases/activate-model.ts'
import { importHistory, previewHistory, withdrawHistory } from '../use-cases/import-history.ts'
import { learnModel } from '../use-cases/learn-model.ts'
import { historyRejects, learningState, showModel } from '../use-cases/show-learning.ts'
import { insiderAnswersOf, longWork, type Engine } from './implementer.ts'

export function learningProcedures(engine: Engine) {
  const { context } = engine
  const { learning } = insiderAnswersOf(engine)
  return {
    overview: learning.overview.handler(() => learningState(context)),
    preview: learning.preview.handler(({ input, context: { actor } }) => previewHistory(context, actor, input)),
    importFile: learning.importFile.handler(({ input, context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.learning.importFile(input, { signal: stop }), (watch) => importHistory(context, actor, input, watch)),
    ),
    rejects: learning.rejects.handler(({ input }) => historyRejects(context, input)),
    withdraw: learning.withdraw.handler(({ input, context: { actor } }) => withdrawHistory(context, actor, input)),
    train: learning.train.handler(({ input, context: { actor }, signal }) =>
      longWork(
        engine, { actor, signal }, (client, stop) => client.learning.train(input, { signal: stop }),
        (watch) => learnModel(context, actor, { seed: input.seed, asOf: engine.asOf }, watch),
      ),
    ),
    show: learning.show.handler(({ input }) => showModel(context, input.model)),
    activate: learning.activate.handler(({ input, context: { actor } }) => activateModel(context, actor, input)),
    rollback: learning.rollback.handler(({ input, context: { actor } }) => rollBackModel(context, actor, input)),
  }
}
