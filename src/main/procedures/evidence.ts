import { checkLog } from '../use-cases/check-log.ts'
import { listBundles } from '../use-cases/list-bundles.ts'
import { amendCampaign, drawAuditSample, enterPopulationTest, noteCustody, showEvidenceNotes } from '../use-cases/note-evidence.ts'
import { sealEvidence } from '../use-cases/seal-evidence.ts'
import { requestStamp, takeStamp } from '../use-cases/stamp-bundle.ts'
import { removeTimeAuthority, setTimeAuthority, showTimeAuthority } from '../use-cases/time-authority.ts'
import { showSample } from '../use-cases/show-sample.ts'
import { verifySealed } from '../use-cases/verify-sealed.ts'
import { loadTimeAuthority } from '../storage/time-authority.ts'
import { insiderAnswersOf, longWork, type Engine } from './implementer.ts'

export function evidenceProcedures(engine: Engine) {
  const { context } = engine
  const { evidence } = insiderAnswersOf(engine)
  return {
    seal: evidence.seal.handler(({ input, context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.evidence.seal(input, { signal: stop }), (watch) => sealEvidence(context, actor, input, watch)),
    ),
    notes: evidence.notes.handler(({ input }) => showEvidenceNotes(context, input)),
    enterTest: evidence.enterTest.handler(({ input, context: { actor } }) => enterPopulationTest(context, actor, input)),
    drawSample: evidence.drawSample.handler(({ input, context: { actor } }) => drawAuditSample(context, actor, input)),
    sample: evidence.sample.handler(async ({ input }) => { const shown = await showSample(context, input); return { ...shown, items: [...shown.items] } }),
    noteCustody: evidence.noteCustody.handler(({ input, context: { actor } }) => noteCustody(context, actor, input)),
    amend: evidence.amend.handler(({ input, context: { actor } }) => amendCampaign(context, actor, input)),
    frameworks: evidence.frameworks.handler(() => [...context.reports.frameworks()]),
    bundles: evidence.bundles.handler(() => listBundles(context)),
    verify: evidence.verify.handler(async ({ input }) => verifySealed({
      reports: context.reports, signing: context.signing, keys: context.paths.keys, now: context.clock.now, timeRootsPem: (await loadTimeAuthority(context.store.db)).rootsPem,
    }, input)),
    timeAuthority: evidence.timeAuthority.handler(() => showTimeAuthority(context)),
    setTimeAuthority: evidence.setTimeAuthority.handler(({ input, context: { actor } }) => setTimeAuthority(context, actor, input)),
    removeTimeAuthority: evidence.removeTimeAuthority.handler(({ context: { actor } }) => removeTimeAuthority(context, actor)),
    requestStamp: evidence.requestStamp.handler(({ input, context: { actor } }) => requestStamp(context, actor, input)),
    takeStamp: evidence.takeStamp.handler(({ input, context: { actor } }) => takeStamp(context, actor, input)),
    checkLog: evidence.checkLog.handler(async () => {
      const checks = [...(await checkLog(context))]
      return { bundle: engine.workspace.name, isValid: checks.every((check) => check.outcome !== 'failed'), checks }
    }),
  }
}
