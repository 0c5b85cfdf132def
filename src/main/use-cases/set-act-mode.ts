import { remediationSettings, type RemediationSettings, type TicketSystem } from '../../shared/model/remediation.ts'
import { inTransaction } from '../storage/database.ts'
import { loadRemediationSettings, saveRemediationSettings } from '../storage/remediation-settings.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'
import { deskOwner, deskSecret } from './remediation-tickets.ts'
import { unlock } from './unlock-signer.ts'

export interface ActModeShown extends RemediationSettings {
  /** Which ticket systems have a password or token that can be read or opened. */
  readonly hasSecret: { readonly servicenow: boolean; readonly jira: boolean }
}

export async function showActMode(context: Context): Promise<ActModeShown> {
  const has = async (system: TicketSystem): Promise<boolean> =>
    context.secrets.read(deskOwner[system], deskSecret[system]).then((secret) => secret !== null, () => true)
  return { ...(await loadRemediationSettings(context.store.db)), hasSecret: { servicenow: await has('servicenow'), jira: await has('jira') } }
}

/** Says how revokes are carried out from now on; the officer's passphrase is asked, because it may let Muster change sources. */
export async function setActMode(context: Context, actor: Actor, input: { readonly settings: RemediationSettings; readonly passphrase: string }): Promise<ActModeShown> {
  mustBeOfficer(actor)
  const settings = remediationSettings.parse(input.settings)
  if (settings.mode === 'automatic' && settings.automatic.length === 0) throw new Refusal('invalid', 'Name at least one rule that lets Muster act by itself.')
  const { fingerprint } = await unlock(context, actor.email, input.passphrase)
  await inTransaction(context.store, async (queries) => {
    await saveRemediationSettings(queries, settings)
    await recordEvent(context, queries, actor.email, {
      kind: 'act-mode-set',
      body: {
        mode: settings.mode, automatic: settings.mode === 'automatic' ? settings.automatic : [], urgentDays: settings.slaDays.urgent, standardDays: settings.slaDays.standard,
        separatesDuties: settings.separatesDuties, certificateFingerprint: fingerprint, authentication: 'passphrase',
        ticketSystems: [...(settings.serviceNow === null ? [] : ['servicenow' as const]), ...(settings.jira === null ? [] : ['jira' as const])],
      },
    })
  })
  return showActMode(context)
}

/** Keeps a ticket system's password or token where secrets are kept; it is in no answer, event or table. */
export async function setTicketSecret(context: Context, actor: Actor, input: { readonly system: TicketSystem; readonly secret: string }): Promise<ActModeShown> {
  mustBeOfficer(actor)
  await context.secrets.save(deskOwner[input.system], deskSecret[input.system], input.secret)
  return showActMode(context)
}
