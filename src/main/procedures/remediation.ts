import { remediationFacts } from '../storage/remediation-facts.ts'
import { reopenRemediation, reportDone, takeBackRemediation } from '../use-cases/act-on-remediation.ts'
import { applyAutomatic, applyRemovals, tryRemovals } from '../use-cases/apply-remediation.ts'
import { giveBack, openGiveBackTicket, tryGiveBack } from '../use-cases/give-back.ts'
import { planRemediation } from '../use-cases/plan-remediation.ts'
import { handOutList, openTicket } from '../use-cases/remediation-tickets.ts'
import { setActMode, setTicketSecret, showActMode } from '../use-cases/set-act-mode.ts'
import { countRemediations, showRemediation, showRemediations } from '../use-cases/show-remediation.ts'
import { insiderAnswersOf, longWork, type Engine } from './implementer.ts'

export function remediationProcedures(engine: Engine) {
  const { context, asOf } = engine
  const { remediation } = insiderAnswersOf(engine)
  const neverStopped = { signal: new AbortController().signal, onProgress: () => undefined }
  return {
    counts: remediation.counts.handler(() => countRemediations(context, asOf)),
    list: remediation.list.handler(({ input }) => showRemediations(context, input, asOf)),
    detail: remediation.detail.handler(({ input }) => showRemediation(context, input.id, asOf)),
    plan: remediation.plan.handler(({ input, context: { actor } }) => planRemediation(context, actor, input, asOf)),
    tryRemovals: remediation.tryRemovals.handler(({ input, context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.remediation.tryRemovals(input, { signal: stop }), (watch) => tryRemovals(context, actor, input, watch))),
    applyRemovals: remediation.applyRemovals.handler(({ input, context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.remediation.applyRemovals(input, { signal: stop }), (watch) => applyRemovals(context, actor, input, watch))),
    applyAutomatic: remediation.applyAutomatic.handler(({ context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.remediation.applyAutomatic(undefined, { signal: stop }), (watch) => applyAutomatic(context, actor, watch))),
    openTicket: remediation.openTicket.handler(({ input, context: { actor }, signal }) => openTicket(context, actor, input, { ...neverStopped, ...(signal === undefined ? {} : { signal }) })),
    workList: remediation.workList.handler(({ input, context: { actor } }) => handOutList(context, actor, input)),
    reportDone: remediation.reportDone.handler(({ input, context: { actor } }) => reportDone(context, actor, input)),
    reopen: remediation.reopen.handler(({ input, context: { actor } }) => reopenRemediation(context, actor, input)),
    takeBack: remediation.takeBack.handler(({ input, context: { actor } }) => takeBackRemediation(context, actor, input)),
    tryGiveBack: remediation.tryGiveBack.handler(({ input, context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.remediation.tryGiveBack(input, { signal: stop }), (watch) => tryGiveBack(context, actor, input, watch))),
    giveBack: remediation.giveBack.handler(({ input, context: { actor }, signal }) =>
      longWork(engine, { actor, signal }, (client, stop) => client.remediation.giveBack(input, { signal: stop }), (watch) => giveBack(context, actor, input, watch))),
    openGiveBackTicket: remediation.openGiveBackTicket.handler(({ input, context: { actor }, signal }) =>
      openGiveBackTicket(context, actor, input, { ...neverStopped, ...(signal === undefined ? {} : { signal }) })),
    facts: remediation.facts.handler(async ({ input }) => [...(await remediationFacts(context.store.db, input.campaign))]),
    actMode: remediation.actMode.handler(() => showActMode(context)),
    setActMode: remediation.setActMode.handler(({ input, context: { actor } }) => setActMode(context, actor, input)),
    setTicketSecret: remediation.setTicketSecret.handler(({ input, context: { actor } }) => setTicketSecret(context, actor, input)),
  }
}
