import { mustBeOfficer } from '../use-cases/find-campaign.ts'
import type { Context } from '../use-cases/context.ts'
import { checkLog } from '../use-cases/check-log.ts'
import { listBundles } from '../use-cases/list-bundles.ts'
import { amendCampaign, drawAuditSample, enterPopulationTest, noteCustody, showEvidenceNotes } from '../use-cases/note-evidence.ts'
import { sealEvidence } from '../use-cases/seal-evidence.ts'
import { askForStamp, requestStamp, stampRequest, takeStamp } from '../use-cases/stamp-bundle.ts'
import { removeTimeAuthority, setTimeAuthority, showTimeAuthority, testTimeAuthority } from '../use-cases/time-authority.ts'
import { showSample } from '../use-cases/show-sample.ts'
import { verifySealed } from '../use-cases/verify-sealed.ts'
import { believedRootsPem } from '../storage/time-authority.ts'
import { insiderAnswersOf, keepWork, nameOfFile, ofCampaign, type Engine } from './implementer.ts'

const verifying = async (context: Context) => ({
  reports: context.reports, signing: context.signing, keys: context.paths.keys, now: context.clock.now, timeRootsPem: await believedRootsPem(context.store.db),
})

export function evidenceProcedures(engine: Engine) {
  const { context } = engine
  const { evidence } = insiderAnswersOf(engine)
  return {
    seal: evidence.seal.handler(async ({ input, context: { actor }, signal }) => {
      mustBeOfficer(actor)
      return keepWork(
        engine, { actor, signal }, await ofCampaign(context, 'seal', input.campaign), (client, stop) => client.evidence.seal(input, { signal: stop }),
        (watch) => sealEvidence(context, actor, input, watch),
      )
    }),
    notes: evidence.notes.handler(({ input }) => showEvidenceNotes(context, input)),
    enterTest: evidence.enterTest.handler(({ input, context: { actor } }) => enterPopulationTest(context, actor, input)),
    drawSample: evidence.drawSample.handler(({ input, context: { actor } }) => drawAuditSample(context, actor, input)),
    sample: evidence.sample.handler(async ({ input }) => { const shown = await showSample(context, input); return { ...shown, items: [...shown.items] } }),
    noteCustody: evidence.noteCustody.handler(({ input, context: { actor } }) => noteCustody(context, actor, input)),
    amend: evidence.amend.handler(({ input, context: { actor } }) => amendCampaign(context, actor, input)),
    frameworks: evidence.frameworks.handler(() => [...context.reports.frameworks()]),
    bundles: evidence.bundles.handler(() => listBundles(context)),
    verify: evidence.verify.handler(async ({ input }) => verifySealed(await verifying(context), input)),
    verifySteps: evidence.verifySteps.handler(({ input, context: { actor }, signal }) => keepWork(
      engine, { actor, signal }, { kind: 'verify', of: input.bundle, subject: nameOfFile(input.bundle), campaign: null },
      (client, stop) => client.evidence.verifySteps(input, { signal: stop }), async (watch) => verifySealed(await verifying(context), input, watch),
    )),
    timeAuthority: evidence.timeAuthority.handler(() => showTimeAuthority(context)),
    setTimeAuthority: evidence.setTimeAuthority.handler(({ input, context: { actor } }) => setTimeAuthority(context, actor, input)),
    testTimeAuthority: evidence.testTimeAuthority.handler(({ input, context: { actor }, signal }) => testTimeAuthority(context, actor, input, { signal: signal ?? new AbortController().signal })),
    removeTimeAuthority: evidence.removeTimeAuthority.handler(({ context: { actor } }) => removeTimeAuthority(context, actor)),
    requestStamp: evidence.requestStamp.handler(({ input, context: { actor } }) => requestStamp(context, actor, input)),
    takeStamp: evidence.takeStamp.handler(({ input, context: { actor } }) => takeStamp(context, actor, input)),
    stampRequest: evidence.stampRequest.handler(({ input, context: { actor } }) => stampRequest(context, actor, input)),
    askForStamp: evidence.askForStamp.handler(({ input, context: { actor }, signal }) => askForStamp(context, actor, input, { signal: signal ?? new AbortController().signal })),
    checkLog: evidence.checkLog.handler(async () => {
      const checks = [...(await checkLog(context))]
      return { bundle: engine.workspace.name, isValid: checks.every((check) => check.outcome !== 'failed'), checks }
    }),
  }
}
