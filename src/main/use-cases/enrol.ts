import { addPerson, personByEmail, setCertificate, type Role } from '../storage/people.ts'
import { identitiesByEmail } from '../storage/campaign-population.ts'
import { inTransaction } from '../storage/database.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { Enrolled } from '../reports/signing/signer.ts'
import { authorityNow } from './authority-now.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Makes a person's signing key under their own passphrase, certified by the organisation's root (which the officer's passphrase opens). */
export async function enrol(
  context: Context,
  actor: Actor,
  input: { readonly email: string; readonly name: string; readonly roles: readonly Role[]; readonly passphrase: string; readonly officerPassphrase: string },
): Promise<{ email: string; fingerprint: string }> {
  mustBeOfficer(actor)
  const email = foldEmail(input.email)
  const known = await personByEmail(context.store.db, email)
  if (known?.fingerprint != null) throw new Refusal('conflict', `${email} already has a signing key (${known.fingerprint.slice(0, 16)}…).`)
  const role = input.roles.includes('officer') ? 'officer' : 'reviewer'
  const made = await context.signing.enrolPerson(context.paths.keys, { email, name: input.name, role }, input.officerPassphrase, {
    passphrase: input.passphrase, now: new Date(context.clock.now()),
  })
  // A key made by an earlier attempt that was cut off before its row was written is taken up, not made twice.
  const key = made.ok ? { pem: made.certificatePem, fingerprint: made.fingerprint } : await keyAlreadyThere(context, email, input.passphrase, made.reason)
  const identity = (await identitiesByEmail(context.store.db, [email])).get(email)
  await inTransaction(context.store, async (queries) => {
    const person = await addPerson(queries, { email, name: input.name, identityId: identity?.identityId ?? null, roles: input.roles })
    await setCertificate(queries, person.id, { certificate: key.pem, fingerprint: key.fingerprint, at: context.clock.now() })
    await recordEvent(context, queries, actor.email, {
      kind: 'person-enrolled', body: { person: email, name: input.name, roles: [...input.roles], certificateFingerprint: key.fingerprint },
    })
  })
  return { email, fingerprint: key.fingerprint }
}

async function keyAlreadyThere(
  context: Context, email: string, passphrase: string, reason: Exclude<Enrolled, { ok: true }>['reason'],
): Promise<{ pem: string; fingerprint: string }> {
  if (reason === 'already-enrolled') {
    const unlocked = await context.signing.unlockSigner(context.paths.keys, email, passphrase)
    const certificate = await context.signing.readPersonCertificate(context.paths.keys, email)
    if (unlocked.ok && certificate !== undefined) return certificate
    throw new Refusal('conflict', `There is already a key file for ${email}, and this passphrase does not open it. Nothing was changed.`)
  }
  if (reason === 'wrong-passphrase') throw new Refusal('wrong-passphrase', 'The officer\'s passphrase does not open the organisation\'s root key. Nobody was enrolled.')
  if ((await authorityNow(context.store.db)).way === 'elsewhere') {
    throw new Refusal('conflict', `Certificates come from your organisation's own authority. Nobody was enrolled; request one with "muster key request ${email}".`)
  }
  throw new Refusal('conflict', 'The organisation\'s root key is missing or damaged. Nobody was enrolled; restore the keys folder from a backup.')
}
