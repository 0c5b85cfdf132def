import { setAirGap, showAirGap } from '../use-cases/air-gap.ts'
import { backupWorkspace } from '../use-cases/backup-workspace.ts'
import { beginRekey, changeWorkspacePassphrase, makeRecoveryKit, showProtection } from '../use-cases/change-workspace-key.ts'
import { enrol } from '../use-cases/enrol.ts'
import { showStatus } from '../use-cases/show-status.ts'
import { allPeople, personByEmail } from '../storage/people.ts'
import { mustBeOfficer } from '../use-cases/find-campaign.ts'
import { answersOf, insiderAnswersOf, keepWork, nameOfFile, type Engine } from './implementer.ts'

export function workspaceProcedures(engine: Engine) {
  const { context } = engine
  const { workspace } = answersOf(engine)
  const { workspace: insiders } = insiderAnswersOf(engine)
  return {
    session: workspace.session.handler(async ({ context: { actor } }) => ({
      person: {
        email: actor.email, name: actor.name, roles: [...actor.roles],
        isEnrolled: (await personByEmail(context.store.db, actor.email))?.fingerprint != null,
      },
      workspace: { ...engine.workspace, rootFingerprint: (await context.signing.readRoot(context.paths.keys))?.fingerprint ?? '' }, asOf: engine.asOf, version: context.productVersion, host: engine.host,
    })),
    status: insiders.status.handler(async () => ({ workspace: engine.workspace.name, asOf: engine.asOf, ...(await showStatus(context)) })),
    backup: insiders.backup.handler(({ input, context: { actor } }) => backupWorkspace(context, actor, input)),
    backupSteps: insiders.backupSteps.handler(({ input, context: { actor }, signal }) => {
      mustBeOfficer(actor)
      return keepWork(
        engine, { actor, signal }, { kind: 'backup', of: input.file, subject: nameOfFile(input.file), campaign: null },
        (client, stop) => client.workspace.backupSteps(input, { signal: stop }), (watch) => backupWorkspace(context, actor, input, watch),
      )
    }),
    protection: workspace.protection.handler(({ context: { actor } }) => showProtection(context, actor)),
    changePassphrase: workspace.changePassphrase.handler(({ input, context: { actor } }) => changeWorkspacePassphrase(context, actor, input)),
    makeRecoveryKit: workspace.makeRecoveryKit.handler(({ input, context: { actor } }) => makeRecoveryKit(context, actor, input)),
    rekey: workspace.rekey.handler(({ input, context: { actor } }) => beginRekey(context, actor, input)),
    airGap: insiders.airGap.handler(() => showAirGap(context)),
    setAirGap: workspace.setAirGap.handler(({ input, context: { actor } }) => setAirGap(context, actor, input.isOn)),
    enrol: workspace.enrol.handler(({ input, context: { actor } }) => enrol(context, actor, input)),
    people: insiders.people.handler(async () =>
      (await allPeople(context.store.db)).map((person) => ({
        email: person.email, name: person.name, roles: [...person.roles], isEnrolled: person.fingerprint !== null,
      })),
    ),
  }
}
