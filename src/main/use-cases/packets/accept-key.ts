import { enrolmentRequest, type EnrolmentRequest } from '../../../shared/model/packet.ts'
import { foldEmail } from '../../core/campaign/fold-email.ts'
import { isSameSpoken, spokenFingerprint } from '../../core/evidence/spoken-fingerprint.ts'
import { identitiesByEmail } from '../../storage/campaign-population.ts'
import { inTransaction } from '../../storage/database.ts'
import { putRecipient } from '../../storage/packets.ts'
import { addPerson, allPeople, personByEmail, setCertificate } from '../../storage/people.ts'
import { Refusal, type Actor, type Context } from '../context.ts'
import { mustBeOfficer } from '../find-campaign.ts'
import { recordEvents } from '../record-event.ts'
import { ownPacket, readResponse } from './import-response.ts'

const mostRequestBytes = 100_000

export interface KeyToAccept {
  readonly person: string
  readonly name: string
  readonly from: 'request' | 'response'
  /** What its owner has to read out, and nobody else. */
  readonly spoken: string
  readonly fingerprint: string
  readonly standing: 'new' | 'enrolled' | 'other-key' | 'unknown'
}

/** Whose key a file asks to be certified. Certifies nothing. `passphrase`: the officer's, for a response. */
export async function lookAtKey(context: Context, actor: Actor, input: { readonly file: string; readonly passphrase: string }): Promise<KeyToAccept> {
  mustBeOfficer(actor)
  const asked = await readRequest(context, input.file)
  const request = asked ?? (await requestInResponse(context, actor, input))
  const described = context.enrolment.describeCertificate(request.certificate)
  if (described === undefined) throw new Refusal('invalid', 'The file holds no key that can be certified.')
  const email = foldEmail(request.email)
  const known = await personByEmail(context.store.db, email)
  const standing = known === undefined ? 'unknown' : known.certificate == null ? 'new' : context.enrolment.isSameKey(known.certificate, request.certificate) ? 'enrolled' : 'other-key'
  return { person: email, name: known?.name ?? request.name, from: asked === undefined ? 'response' : 'request', spoken: spokenFingerprint(described.fingerprint), fingerprint: described.fingerprint, standing }
}

/** Certifies a key that was made on its owner's machine. What its owner told by voice has to be the fingerprint of this very key. */
export async function acceptKey(
  context: Context, actor: Actor, input: { readonly file: string; readonly spoken: string; readonly passphrase: string },
): Promise<{ person: string; fingerprint: string }> {
  mustBeOfficer(actor)
  const request = (await readRequest(context, input.file)) ?? (await requestInResponse(context, actor, input))
  const email = foldEmail(request.email)
  const described = context.enrolment.describeCertificate(request.certificate)
  if (described === undefined || !isSameSpoken(input.spoken, described.fingerprint)) {
    throw new Refusal('not-allowed', `What was told is not the fingerprint of the key in this file. Nobody was enrolled; ask ${email} to read out their digits again, and trust nothing else.`)
  }
  const known = await personByEmail(context.store.db, email)
  if (known?.certificate != null) {
    if (context.enrolment.isSameKey(known.certificate, request.certificate)) return { person: email, fingerprint: known.fingerprint ?? '' }
    throw new Refusal('conflict', `${email} already has another key (${known.fingerprint?.slice(0, 16) ?? ''}…). Nobody was enrolled.`)
  }
  const name = known?.name ?? request.name
  const made = await context.enrolment.acceptRequest(
    context.paths.keys, { email, name, role: 'reviewer' }, request.certificate, input.passphrase, new Date(context.clock.now()),
  )
  if (!made.ok) {
    if (made.reason === 'wrong-passphrase') throw new Refusal('wrong-passphrase', 'The officer\'s passphrase does not open the organisation\'s root key. Nobody was enrolled.')
    if (made.reason === 'not-a-request') throw new Refusal('invalid', 'The file holds no key that can be certified. Nobody was enrolled.')
    throw new Refusal('conflict', made.reason === 'already-enrolled' ? `There is another key file for ${email}. Nobody was enrolled.` : 'The organisation\'s root key is missing or damaged. Nobody was enrolled.')
  }
  const identity = (await identitiesByEmail(context.store.db, [email])).get(email)
  await inTransaction(context.store, async (queries) => {
    const person = await addPerson(queries, { email, name, identityId: identity?.identityId ?? null, roles: ['reviewer'] })
    await setCertificate(queries, person.id, { certificate: made.certificatePem, fingerprint: made.fingerprint, at: context.clock.now() })
    await putRecipient(queries, person.id, request.recipient, context.clock.now())
    await recordEvents(context, queries, actor.email, [
      { kind: 'key-accepted', body: { person: email, requestFingerprint: described.fingerprint, certificateFingerprint: made.fingerprint } },
      { kind: 'person-enrolled', body: { person: email, name, roles: ['reviewer'], certificateFingerprint: made.fingerprint } },
    ])
  })
  return { person: email, fingerprint: made.fingerprint }
}

/** Undefined where the file is something else than a request. */
async function readRequest(context: Context, file: string): Promise<EnrolmentRequest | undefined> {
  const bytes = await context.exchange.files.readBounded(file, mostRequestBytes)
  try {
    return bytes === undefined ? undefined : enrolmentRequest.safeParse(JSON.parse(new TextDecoder().decode(bytes)) as unknown).data
  } catch {
    return undefined
  }
}

async function requestInResponse(context: Context, actor: Actor, input: { readonly file: string; readonly passphrase: string }): Promise<EnrolmentRequest> {
  const { content, bytes, cms } = await readResponse(context, actor, input)
  const packet = await ownPacket(context, content)
  const reviewer = (await allPeople(context.store.db)).find(({ id }) => id === packet.reviewerId)
  if (content.request === null || reviewer === undefined) throw new Refusal('invalid', 'The response was signed with a certified key; there is nothing to accept.')
  const verdict = context.signing.verifyContent(bytes, cms, { root: undefined, at: new Date(context.clock.now()) })
  if (!verdict.ok || !context.enrolment.isSameKey(verdict.signer, content.request)) {
    throw new Refusal('invalid', 'The response was not signed with the key it asks to be certified. Nobody was enrolled.')
  }
  return { type: 'muster-enrolment', version: 1, email: reviewer.email, name: reviewer.name, certificate: content.request, recipient: content.recipient }
}
