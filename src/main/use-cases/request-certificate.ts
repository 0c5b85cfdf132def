import type { EventBody } from '../../shared/model/evidence.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { Issued, IssuedFault, OpenRequestOfKey } from '../reports/signing/certificate-request.ts'
import { identitiesByEmail } from '../storage/campaign-population.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction } from '../storage/database.ts'
import { addPerson, personByEmail, setCertificate, type Role } from '../storage/people.ts'
import { loadSettings } from '../storage/workspace.ts'
import { authorityNow, retiredListOf } from './authority-now.ts'
import { plainFingerprint } from './brought-root.ts'
import { certified, signerUnderFormer } from './change-root.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent, recordEvents } from './record-event.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { unlock } from './unlock-signer.ts'

export interface RequestInput {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** The person's own: opens their key once the certificate is here. */
  readonly passphrase: string
}

const shortest = 8

/**
 * Makes a key and the PKCS#10 request the organisation's own authority certifies. The key in use stays in use until the certificate is here; an earlier
 * request that is still open is replaced.
 */
export async function requestCertificate(context: Context, actor: Actor, input: RequestInput): Promise<OpenRequestOfKey> {
  mustBeOfficer(actor)
  if (input.passphrase.length < shortest) throw new Refusal('invalid', `The passphrase needs at least ${shortest} characters. Nothing was made.`)
  const email = foldEmail(input.email)
  const known = await personByEmail(context.store.db, email)
  const person = { email, name: known?.name ?? input.name, roles: [...new Set([...(known?.roles ?? []), ...input.roles])] }
  const organisation = (await loadSettings(context.store.db))?.name ?? ''
  const made = await context.authority.requestFromAuthority(context.paths.keys, organisation, { ...certified(person), roles: person.roles }, {
    passphrase: input.passphrase, now: new Date(context.clock.now()),
  })
  await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, { kind: 'certificate-requested', body: { person: email, requestSha256: made.sha256 } }))
  return made
}

export interface IssuedInput {
  readonly email: string
  /** What the authority sent, base64: PEM, DER or PKCS#7, with its chain. */
  readonly content: string
}

export interface IssuedShown {
  readonly email: string
  readonly subject: string
  readonly issuer: string
  readonly validTo: string
  readonly fingerprint: string
  readonly rootFingerprint: string
  readonly rootSubject: string
  /** It leads to another root than the one that is here: taking it in replaces the organisation's root. */
  readonly isOtherRoot: boolean
}

/** What the authority sent, checked; nothing is changed. */
export async function readCertificate(context: Context, actor: Actor, input: IssuedInput): Promise<IssuedShown> {
  mustBeOfficer(actor)
  const { email, issued } = await found(context, input)
  return shown(email, issued)
}

export interface ImportInput extends IssuedInput {
  /** Opens the key the certificate is for, where it is the acting officer's own; otherwise the officer's key. */
  readonly passphrase: string
  /** The fingerprint of the root the officer compared with, hex; null = it has to lead to the root that is here. */
  readonly rootFingerprint: string | null
  readonly reason: string
  /** Of the officer's key in use until now, where it is another: with it the former root is handed over to the new one. */
  readonly formerPassphrase: string | null
}

/**
 * Takes in a certificate of the organisation's own authority, with its chain. The first one that leads to another root is the acting officer's own: with
 * it the former root is retired, and everybody else needs a certificate of that authority before they can sign again.
 */
export async function importCertificate(context: Context, actor: Actor, input: ImportInput): Promise<IssuedShown> {
  mustBeOfficer(actor)
  const { email, person, issued } = await found(context, input)
  const isOwn = email === foldEmail(actor.email)
  const before = await authorityNow(context.store.db)
  if (issued.isOtherRoot) mustBeWanted(issued, input, isOwn, before.rootFingerprint === null)
  if (isOwn && !(await context.authority.opensRequestedKey(context.paths.keys, email, issued.certificate, input.passphrase))) {
    throw new Refusal('wrong-passphrase', 'The passphrase does not open the key this certificate is for: it is the one given with the request. Nothing was changed.')
  }
  if (!isOwn) await unlock(context, actor.email, input.passphrase)
  const known = await personByEmail(context.store.db, email)
  const passphrases = [input.passphrase, ...(input.formerPassphrase === null ? [] : [input.formerPassphrase])]
  const former = issued.isOtherRoot && isOwn ? await signerUnderFormer(context, actor.email, passphrases) : undefined
  await context.authority.installIssued(context.paths.keys, email, issued)
  const { signer } = await unlock(context, actor.email, input.passphrase)
  if (former !== undefined && before.rootFingerprint !== null) {
    await context.authority.keepHandover(context.paths.keys, before.rootFingerprint, former, signer, new Date(context.clock.now()))
  }
  const identity = (await identitiesByEmail(context.store.db, [email])).get(email)
  const events: EventBody[] = [
    ...(before.rootFingerprint === issued.rootFingerprint ? [] : [{
      kind: 'root-adopted' as const,
      body: {
        rootFingerprint: issued.rootFingerprint, retired: before.rootFingerprint, intermediates: issued.way.map((der) => context.enrolment.describeCertificate(der)?.fingerprint ?? ''),
        way: 'elsewhere' as const, reason: input.reason.trim(), revocationList: await retiredListOf(context, before.rootFingerprint),
      },
    }]),
    { kind: 'certificate-imported', body: { person: email, roles: [...person.roles], retired: known?.fingerprint ?? null, certificateFingerprint: issued.fingerprint } },
  ]
  const checkpoint = await inTransaction(context.store, async (queries) => {
    const row = await addPerson(queries, { email, name: person.name, identityId: identity?.identityId ?? null, roles: person.roles })
    await setCertificate(queries, row.id, { certificate: context.signing.certificatesToPem([issued.certificate]), fingerprint: issued.fingerprint, at: context.clock.now() })
    await recordEvents(context, queries, actor.email, events)
    return signCheckpoint(context, queries, signer, `certificate of ${email} taken in`)
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  await context.authority.closeRequest(context.paths.keys, email)
  return shown(email, issued)
}

function mustBeWanted(issued: Issued, input: ImportInput, isOwn: boolean, isFirst: boolean): void {
  if (input.rootFingerprint === null) {
    throw new Refusal('conflict', `The certificate leads to ${isFirst ? 'the root' : 'another root than this workspace\'s:'} ${issued.rootSubject}, fingerprint ${issued.rootFingerprint}. `
      + 'Compare that with what your authority publishes, then name it to take it as the organisation\'s root. Nothing was changed.')
  }
  if (plainFingerprint(input.rootFingerprint) !== issued.rootFingerprint) {
    throw new Refusal('not-allowed', `The root it leads to has another fingerprint than the one you compared with: ${issued.rootFingerprint}. Nothing was changed.`)
  }
  if (!isOwn) throw new Refusal('conflict', 'The first certificate under another root has to be your own: you sign the record of it. Request one for yourself first. Nothing was changed.')
  if (!isFirst && input.reason.trim() === '') throw new Refusal('invalid', 'Say why the root is replaced; it is written into the log. Nothing was changed.')
}

function shown(email: string, issued: Issued): IssuedShown {
  const { subject, issuer, validTo, fingerprint, rootFingerprint, rootSubject, isOtherRoot } = issued
  return { email, subject, issuer, validTo, fingerprint, rootFingerprint, rootSubject, isOtherRoot }
}

async function found(
  context: Context, input: IssuedInput,
): Promise<{ email: string; person: { readonly name: string; readonly roles: readonly Role[] }; issued: Issued }> {
  const email = foldEmail(input.email)
  const [known, open] = [await personByEmail(context.store.db, email), await context.authority.openRequestOf(context.paths.keys, email)]
  if (open === undefined && known?.certificate == null) throw new Refusal('not-found', `No certificate was requested for ${email} here. Nothing was changed.`)
  const person = open ?? { name: known?.name ?? email, roles: known?.roles ?? [] }
  const read = await context.authority.readIssued(context.paths.keys, certified({ email, ...person }), Buffer.from(input.content, 'base64'), new Date(context.clock.now()))
  if (!read.ok) throw new Refusal('invalid', `${faults[read.reason](email, certified({ email, ...person }).role)} Nothing was changed.`)
  return { email, person, issued: read }
}

const faults: Readonly<Record<IssuedFault, (email: string, role: string) => string>> = {
  'no-certificate': () => 'The file holds no certificate.',
  'other-key': (email) => `None of the certificates is for the key that was made for ${email}. Send the request of this workspace, and take the answer to it.`,
  'an-authority': () => 'The certificate is an authority\'s, not a person\'s.',
  'other-role': (_, role) => `The certificate does not say OU=${role}. The verifiers tell by it who may seal: ask your authority to take the subject from the request.`,
  'other-person': (email) => `The certificate does not name ${email}. Ask your authority to take the alternative name from the request.`,
  purpose: () => 'The certificate is not for both document signing (1.3.6.1.5.5.7.3.36) and e-mail protection: common verifiers refuse the first alone. Ask your authority for both extended key usages.',
  usage: () => 'The certificate may not be used for digital signatures.',
  'no-root': () => 'The certificate does not lead to a root: ask your authority for the whole chain, up to the self-signed certificate, and put it into one file.',
  'not-valid-now': () => 'One of the certificates on the way to the root is not valid today.',
}
