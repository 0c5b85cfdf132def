import type { EventBody } from '../../shared/model/evidence.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { UnlockFailure } from '../reports/signing/unlock-key.ts'
import type { RevocationWhy } from '../reports/signing/revocation.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { eventsOfKinds } from '../storage/evidence-log.ts'
import { forgetRecipient } from '../storage/packets.ts'
import { clearCertificate, personByEmail, setCertificate, type Person } from '../storage/people.ts'
import { authorityNow } from './authority-now.ts'
import { followOwnKey } from './change-workspace-key.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { followSigningKey, lockAnew, type FollowedKey } from './packets/exchange-key.ts'
import { recordEvent, recordEvents } from './record-event.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { unlock } from './unlock-signer.ts'

export interface KeyChange {
  readonly email: string
  readonly why: RevocationWhy
  readonly reason: string
  /** Opens the organisation's root. */
  readonly officerPassphrase: string
}

const shortest = 8

/**
 * Rotation: a new key and certificate. What was signed with the former one before this moment stays valid. `formerPassphrase`: of the key that is replaced,
 * where somebody still knows it: with it answers to packets that are out already stay readable; `answers` says whether they do.
 */
export async function replaceKey(
  context: Context, actor: Actor, input: KeyChange & { readonly passphrase: string; readonly formerPassphrase: string | null },
): Promise<{ email: string; fingerprint: string; answers: FollowedKey }> {
  mustBeOfficer(actor)
  mustBeLong(input.passphrase)
  const person = await enrolledPerson(context, input.email)
  if ((await authorityNow(context.store.db)).way === 'elsewhere') {
    throw new Refusal('conflict', `Certificates come from your organisation's own authority. Nothing was changed; request a new one with "muster key request ${person.email}".`)
  }
  const made = await context.signing.replaceKey(context.paths.keys, { email: person.email, name: person.name, role: person.roles.includes('officer') ? 'officer' : 'reviewer' },
    input.officerPassphrase, { passphrase: input.passphrase, now: new Date(context.clock.now()), why: input.why })
  if (!made.ok) throw refusalOf(made.reason, person.email)
  const known = [...(input.formerPassphrase === null ? [] : [input.formerPassphrase]), input.officerPassphrase, input.passphrase]
  const answers = await followSigningKey(context, person.email, { known, next: input.passphrase, isExposed: input.why === 'compromised' })
  await recorded(context, actor, {
    kind: 'key-replaced',
    body: { person: person.email, retired: person.fingerprint ?? '', certificateFingerprint: made.fingerprint, why: input.why, reason: input.reason.trim() },
  }, input.officerPassphrase, async (queries) => {
    await setCertificate(queries, person.id, { certificate: made.certificatePem, fingerprint: made.fingerprint, at: context.clock.now() })
    // The key packets were encrypted to lies with a signing key that no longer stands.
    await forgetRecipient(queries, person.id)
  })
  return { email: person.email, fingerprint: made.fingerprint, answers }
}

/** Loss, theft, or somebody who went: the certificate goes on the revocation list, the private key is deleted. */
export async function revokeKey(context: Context, actor: Actor, input: KeyChange): Promise<{ email: string; fingerprint: string }> {
  mustBeOfficer(actor)
  const person = await enrolledPerson(context, input.email)
  if (person.email === foldEmail(actor.email)) {
    throw new Refusal('invalid', 'Your own key cannot be revoked by yourself: nobody could sign any more. Replace it instead, which revokes the former one.')
  }
  const revoked = await takeAway(context, actor, person.email, input)
  // Revoked by an attempt that was cut off before it was recorded: the files are gone, the record is still missing.
  if (!revoked.ok && revoked.reason !== 'no-key') throw refusalOf(revoked.reason, person.email)
  const fingerprint = person.fingerprint ?? ''
  await recorded(context, actor, {
    kind: 'key-revoked', body: { person: person.email, certificateFingerprint: fingerprint, why: input.why, reason: input.reason.trim() },
  }, input.officerPassphrase, async (queries) => {
    await clearCertificate(queries, person.id)
    await forgetRecipient(queries, person.id)
  })
  return { email: person.email, fingerprint }
}

/** Where the organisation's own authority certifies people, it keeps the revocation list: here only the key goes, and the officer's own passphrase is asked. */
async function takeAway(
  context: Context, actor: Actor, email: string, input: KeyChange,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: UnlockFailure['reason'] }> {
  const { keys } = context.paths
  if ((await authorityNow(context.store.db)).way !== 'elsewhere') {
    return context.signing.revokeKey(keys, email, { why: input.why, at: new Date(context.clock.now()) }, input.officerPassphrase)
  }
  await unlock(context, actor.email, input.officerPassphrase)
  return context.signing.takeKeyAway(keys, email)
}

/** Another passphrase for the same key. */
export async function changePassphrase(
  context: Context, actor: Actor, input: { readonly of: 'own' | 'root'; readonly current: string; readonly next: string },
): Promise<{ fingerprint: string }> {
  if (input.of === 'root') mustBeOfficer(actor)
  mustBeLong(input.next)
  const changed = await context.signing.changePassphrase(context.paths.keys, input.of === 'root' ? 'root' : { email: foldEmail(actor.email) }, input.current, input.next)
  if (!changed.ok) throw changed.reason === 'wrong-passphrase' ? new Refusal('wrong-passphrase', 'The current passphrase is not this one. Nothing was changed.') : refusalOf(changed.reason, actor.email)
  if (input.of === 'own') await lockAnew(context, actor.email, input.current, input.next)
  await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, {
    kind: 'passphrase-changed', body: { person: input.of === 'root' ? 'organisation root' : foldEmail(actor.email), certificateFingerprint: changed.fingerprint },
  }))
  if (input.of === 'own') await followOwnKey(context, actor, input)
  return changed
}

/** Signs the log's head with the acting officer's key. */
export async function signHead(context: Context, actor: Actor, input: { readonly passphrase: string }): Promise<{ size: number; root: string }> {
  mustBeOfficer(actor)
  const { signer } = await unlock(context, actor.email, input.passphrase)
  const checkpoint = await inTransaction(context.store, (queries) => signCheckpoint(context, queries, signer, `asked for by ${actor.email}`))
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  return { size: checkpoint.size, root: checkpoint.root }
}

/** The row, its event and, where the passphrase given opens the officer's own key too, a checkpoint over them: all or nothing. */
async function recorded(context: Context, actor: Actor, event: EventBody, passphrase: string, change: (queries: Queries) => Promise<void>): Promise<void> {
  const officer = await context.signing.unlockSigner(context.paths.keys, actor.email, passphrase)
  const list = await context.signing.revocationListState(context.paths.keys)
  const checkpoint = await inTransaction(context.store, async (queries) => {
    await change(queries)
    const recordedList = (await eventsOfKinds(queries, ['revocation-list-changed'])).at(-1)
    const isNewList = list !== null && !(recordedList?.kind === 'revocation-list-changed' && recordedList.body.sha256 === list.sha256)
    await recordEvents(context, queries, actor.email, [event, ...(isNewList ? [{ kind: 'revocation-list-changed' as const, body: { ...list, isImported: false } }] : [])])
    return officer.ok ? signCheckpoint(context, queries, officer.signer, `${event.kind} recorded`) : undefined
  })
  if (checkpoint !== undefined) rememberCheckpoint(context.paths.folder, checkpoint.note)
}

async function enrolledPerson(context: Context, email: string): Promise<Person> {
  const person = await personByEmail(context.store.db, email)
  if (person?.fingerprint != null) return person
  throw new Refusal('not-found', `${email} has no signing key here. Nothing was changed.`)
}

function mustBeLong(passphrase: string): void {
  if (passphrase.length < shortest) throw new Refusal('invalid', `The passphrase needs at least ${shortest} characters. Nothing was changed.`)
}

function refusalOf(reason: Exclude<UnlockFailure, { ok: true }>['reason'] | 'already-enrolled', email: string): Refusal {
  if (reason === 'wrong-passphrase') return new Refusal('wrong-passphrase', 'The officer\'s passphrase does not open the organisation\'s root key. Nothing was changed.')
  return new Refusal('conflict', `The key files of ${email} or of the organisation's root are missing or damaged. Nothing was changed; restore the keys folder from a copy.`)
}
