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
import { insiderAnswersOf, keepWork, type Engine } from './implementer.ts'

export function sourceProcedures(engine: Engine) {
  const { context } = engine
  const { sources } = insiderAnswersOf(engine)
  return {
    list: sources.list.handler(() => listSourceCards(context)),
    add: sources.add.handler(({ input, context: { actor } }) => addSource(context, actor, input)),
    addLive: sources.addLive.handler(({ input, context: { actor } }) => addLiveSource(context, actor, input)),
    changeLive: sources.changeLive.handler(({ input, context: { actor } }) => changeLiveSource(context, actor, input)),
    test: sources.test.handler(({ input, context: { actor }, signal }) => {
      mustBeOfficer(actor)
      return keepWork(
        engine, { actor, signal }, { kind: 'test', of: input.source, subject: input.source, campaign: null },
        (client, stop) => client.sources.test(input, { signal: stop }), (watch) => testConnection(context, actor, input, watch),
      )
    }),
    secretsState: sources.secretsState.handler(() => context.secrets.state()),
    openSecrets: sources.openSecrets.handler(({ input, context: { actor } }) => openSecrets(context, actor, input.passphrase)),
    remove: sources.remove.handler(({ input, context: { actor } }) => removeSource(context, actor, input)),
    preview: sources.preview.handler(({ input, context: { actor } }) => previewSource(context, actor, input)),
    previewFile: sources.previewFile.handler(({ input, context: { actor } }) => previewNewFile(context, actor, input)),
    changeFile: sources.changeFile.handler(({ input, context: { actor } }) => changeFileSource(context, actor, input)),
    map: sources.map.handler(({ input, context: { actor } }) => mapSource(context, actor, input)),
    sync: sources.sync.handler(({ input, context: { actor }, signal }) => {
      mustBeOfficer(actor)
      return keepWork(
        engine, { actor, signal }, { kind: 'sync', of: input.source, subject: input.source, campaign: null },
        (client, stop) => client.sources.sync(input, { signal: stop }), (watch) => syncSource(context, actor, { ...input, asOf: input.asOf ?? engine.asOf }, watch),
      )
    }),
    run: sources.run.handler(({ input }) => showRun(context, input)),
    runs: sources.runs.handler(({ input }) => showRuns(context, input)),
    rejects: sources.rejects.handler(({ input }) => showRejects(context, input)),
    judgeHeld: sources.judgeHeld.handler(({ input, context: { actor } }) => judgeHeldRun(context, actor, input)),
  }
}
