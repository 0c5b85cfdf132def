import { changePassphrase, replaceKey, revokeKey, signHead } from '../use-cases/change-key.ts'
import { importRoot, readAuthority, renewRoot } from '../use-cases/change-root.ts'
import { importRevocationList } from '../use-cases/import-revocation-list.ts'
import { importCertificate, readCertificate, requestCertificate } from '../use-cases/request-certificate.ts'
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
    renewRoot: insiders.renewRoot.handler(({ input, context: { actor } }) => renewRoot(context, actor, input)),
    readAuthority: insiders.readAuthority.handler(({ input, context: { actor } }) => readAuthority(context, actor, input)),
    importRoot: insiders.importRoot.handler(({ input, context: { actor } }) => importRoot(context, actor, input)),
    requestCertificate: insiders.requestCertificate.handler(({ input, context: { actor } }) => requestCertificate(context, actor, input)),
    readCertificate: insiders.readCertificate.handler(({ input, context: { actor } }) => readCertificate(context, actor, input)),
    importCertificate: insiders.importCertificate.handler(({ input, context: { actor } }) => importCertificate(context, actor, input)),
    importRevocationList: insiders.importRevocationList.handler(({ input, context: { actor } }) => importRevocationList(context, actor, input)),
  }
}
