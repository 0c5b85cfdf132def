import { lettersOf } from '../storage/letters.ts'
import { mailReviewers } from '../use-cases/ask-letters.ts'
import { mustBeOfficer } from '../use-cases/find-campaign.ts'
import { setMail, showMail, switchMailOff, testMail } from '../use-cases/mail-settings.ts'
import { insiderAnswersOf, keepWork, ofCampaign, type Engine } from './implementer.ts'

export function mailProcedures(engine: Engine) {
  const { context } = engine
  const { mail } = insiderAnswersOf(engine)
  const never = new AbortController().signal
  return {
    settings: mail.settings.handler(() => showMail(context)),
    set: mail.set.handler(({ input, context: { actor } }) => setMail(context, actor, input)),
    off: mail.off.handler(({ context: { actor } }) => switchMailOff(context, actor)),
    test: mail.test.handler(({ context: { actor }, signal }) => testMail(context, actor, signal ?? never)),
    send: mail.send.handler(async ({ input, context: { actor }, signal }) => {
      mustBeOfficer(actor)
      return keepWork(
        engine, { actor, signal }, await ofCampaign(context, 'mail', input.campaign), (client, stop) => client.mail.send(input, { signal: stop }), (watch) => mailReviewers(context, actor, input, watch),
      )
    }),
    letters: mail.letters.handler(({ input }) => lettersOf(context.store.db, input.campaign, input.latest ? 'latest' : 'all')),
  }
}
