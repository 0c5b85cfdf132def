import type { Signer } from '../reports/signing/signer.ts'
import { personByEmail } from '../storage/people.ts'
import { keepForClosing } from './closing-checkpoint.ts'
import { Refusal, type Context } from './context.ts'

/** Re-authentication: the person's own passphrase opens their key, for this one signature (an officer's also for the checkpoint at the close). */
export async function unlock(context: Context, email: string, passphrase: string): Promise<{ signer: Signer; fingerprint: string }> {
  const unlocked = await context.signing.unlockSigner(context.paths.keys, email, passphrase)
  if (unlocked.ok) {
    const person = await personByEmail(context.store.db, email)
    if (person?.roles.includes('officer') === true) keepForClosing(context, unlocked.signer)
    return unlocked
  }
  switch (unlocked.reason) {
    case 'wrong-passphrase':
      throw new Refusal('wrong-passphrase', `The passphrase does not open the key of ${email}. Nothing was signed.`)
    case 'no-key':
      if ((await context.authority.openRequestOf(context.paths.keys, email)) !== undefined) throw new Refusal('not-allowed', awaited(email))
      throw new Refusal('not-allowed', `${email} has no signing key yet. Nothing was signed; the compliance officer makes one with "muster enrol ${email}".`)
    case 'former-root':
      throw new Refusal('conflict', `The certificate of ${email} leads to the organisation's former root. Nothing was signed; the compliance officer requests a new one with "muster key request ${email}".`)
    case 'revoked':
      throw new Refusal('not-allowed', `The certificate of ${email} is on the revocation list. Nothing was signed; the compliance officer gives them a new one.`)
    case 'damaged-key':
      throw new Refusal('conflict', `The key file of ${email} is damaged. Nothing was signed; restore it from a backup or enrol the person again.`)
  }
}

function awaited(email: string): string {
  return `The certificate of ${email} was requested from your organisation's own authority and is not here yet. Nothing was signed; the compliance officer takes its answer in`
    + ` under Settings, Keys and people, or with "muster key take ${email} FILE".`
}
