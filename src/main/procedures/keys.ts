import { changePassphrase, replaceKey, revokeKey, signHead } from '../use-cases/change-key.ts'
import { showKeys } from '../use-cases/show-keys.ts'
import { answersOf, insiderAnswersOf, type Engine } from './implementer.ts'

export function keyProcedures(engine: Engine) {
  const { context } = engine
  const { keys } = answersOf(engine)
  const { keys: insiders } = insiderAnswersOf(engine)
  return {
    show: insiders.show.handler(() => showKeys(context)),
    replace: insiders.replace.handler(({ input, context: { actor } }) => replaceKey(context, actor, input)),
    revoke: insiders.revoke.handler(({ input, context: { actor } }) => revokeKey(context, actor, input)),
    changePassphrase: keys.changePassphrase.handler(({ input, context: { actor } }) => changePassphrase(context, actor, input)),
    revocationList: insiders.revocationList.handler(async () => ({ pem: (await context.signing.revocationListPem(context.paths.keys)) ?? null })),
    checkpoint: insiders.checkpoint.handler(({ input, context: { actor } }) => signHead(context, actor, input)),
  }
}
