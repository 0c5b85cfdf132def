import type { Run } from '../../shared/model/source.ts'
import type { Steps } from '../jobs/progress-stream.ts'
import { Refusal } from '../use-cases/context.ts'
import { mustBeOfficer } from '../use-cases/find-campaign.ts'
import { addLiveSource, changeLiveSource } from '../use-cases/change-live-source.ts'
import { addSource } from '../use-cases/add-source.ts'
import { changeFileSource } from '../use-cases/change-file-source.ts'
import { judgeHeldRun } from '../use-cases/judge-held-run.ts'
import { listSourceCards, showRejects, showRun, showRuns } from '../use-cases/list-sources.ts'
import { mapSource } from '../use-cases/map-source.ts'
import { previewNewFile, previewSource } from '../use-cases/preview-source.ts'
import { removeSource } from '../use-cases/remove-source.ts'
import { syncSource } from '../use-cases/sync-source.ts'
import { testConnection } from '../use-cases/test-connection.ts'
import { openSecrets } from '../use-cases/open-secrets.ts'
import { insiderAnswersOf, longWork, type Engine } from './implementer.ts'

function followed(engine: Engine, source: string, signal: AbortSignal | undefined): AsyncGenerator<Steps<Run>, void, void> {
  const steps = engine.readings.follow(source, signal)
  if (steps === undefined) throw new Refusal('not-found', `“${source}” is not being read right now.`)
  return steps
}

export function sourceProcedures(engine: Engine) {
  const { context } = engine
  const { sources } = insiderAnswersOf(engine)
  return {
    list: sources.list.handler(() => listSourceCards(context)),
    add: sources.add.handler(({ input, context: { actor } }) => addSource(context, actor, input)),
    addLive: sources.addLive.handler(({ input, context: { actor } }) => addLiveSource(context, actor, input)),
    changeLive: sources.changeLive.handler(({ input, context: { actor } }) => changeLiveSource(context, actor, input)),
    test: sources.test.handler(({ input, context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.sources.test(input, { signal: stop }), (watch) => testConnection(context, actor, input, watch)),
    ),
    secretsState: sources.secretsState.handler(() => context.secrets.state()),
    openSecrets: sources.openSecrets.handler(({ input, context: { actor } }) => openSecrets(context, actor, input.passphrase)),
    remove: sources.remove.handler(({ input, context: { actor } }) => removeSource(context, actor, input)),
    preview: sources.preview.handler(({ input, context: { actor } }) => previewSource(context, actor, input)),
    previewFile: sources.previewFile.handler(({ input, context: { actor } }) => previewNewFile(context, actor, input)),
    changeFile: sources.changeFile.handler(({ input, context: { actor } }) => changeFileSource(context, actor, input)),
    map: sources.map.handler(({ input, context: { actor } }) => mapSource(context, actor, input)),
    sync: sources.sync.handler(({ input, context: { actor }, signal }) => {
      const read = (stop: AbortSignal | undefined) =>
        longWork(
          engine, { actor, signal: stop }, (client, inner) => client.sources.sync(input, { signal: inner }),
          (watch) => syncSource(context, actor, { ...input, asOf: input.asOf ?? engine.asOf }, watch),
        )
      // A command line stays until its work is done; a tab may be closed.
      if (engine.host === 'cli') return read(signal)
      mustBeOfficer(actor)
      if (!engine.readings.begin(input.source, read)) throw new Refusal('conflict', `“${input.source}” is being read right now.`)
      return followed(engine, input.source, signal)
    }),
    reading: sources.reading.handler(() => [...engine.readings.names()]),
    follow: sources.follow.handler(({ input, signal }) => followed(engine, input.source, signal)),
    stop: sources.stop.handler(async ({ input, context: { actor } }) => {
      mustBeOfficer(actor)
      return { wasReading: await engine.readings.stop(input.source) }
    }),
    run: sources.run.handler(({ input }) => showRun(context, input)),
    runs: sources.runs.handler(({ input }) => showRuns(context, input)),
    rejects: sources.rejects.handler(({ input }) => showRejects(context, input)),
    judgeHeld: sources.judgeHeld.handler(({ input, context: { actor } }) => judgeHeldRun(context, actor, input)),
  }
}
