import { mustBeOfficer } from '../use-cases/find-campaign.ts'
import { insiderAnswersOf, type Engine } from './implementer.ts'

export function workProcedures(engine: Engine) {
  const { work } = insiderAnswersOf(engine)
  return {
    list: work.list.handler(({ context: { actor } }) => engine.work.list(actor.email)),
    stop: work.stop.handler(async ({ input, context: { actor } }) => {
      const work = engine.work.list(actor.email).find(({ name }) => name === input.name)
      if (work !== undefined && work.by !== actor.email) mustBeOfficer(actor)
      return { wasGoing: await engine.work.stop(input.name) }
    }),
    dismiss: work.dismiss.handler(({ input, context: { actor } }) => ({ dismissed: engine.work.dismiss(input.name, actor.email) })),
  }
}
