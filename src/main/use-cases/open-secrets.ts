import type { SecretsState } from '../../shared/model/live-source.ts'
import type { Actor, Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'

/** Opens the workspace's secrets for as long as this app runs; the first time they are made under this passphrase. */
export async function openSecrets(context: Context, actor: Actor, passphrase: string): Promise<SecretsState> {
  mustBeOfficer(actor)
  return context.secrets.open(passphrase)
}
