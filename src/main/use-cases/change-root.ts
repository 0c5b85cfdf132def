import type { EventBody } from '../../shared/model/evidence.ts'
import type { AuthorityFault } from '../reports/signing/authority-file.ts'
import type { CertifiedPerson } from '../reports/signing/certificates.ts'
import type { DescribedAuthority, Recertified } from '../reports/signing/replace-root.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { allPeople, personByEmail, setCertificate, type Person } from '../storage/people.ts'
import { loadSettings } from '../storage/workspace.ts'
import { authorityNow } from './authority-now.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvents } from './record-event.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { unlock } from './unlock-signer.ts'

export interface RootChange {
  /** The officer's own: proves who asks. The root's passphrase may be lost, that is one reason to replace it. */
  readonly passphrase: string
  /** Opens the new root's key from now on. */
  readonly rootPassphrase: string
  readonly reason: string
}

/** `content`: the authority's PKCS#12 or PEM file, base64. `rootFingerprint`: what the officer compared with, hex; spaces and colons do not matter. */
export interface BroughtRoot extends RootChange {
  readonly content: string
  readonly filePassphrase: string
  readonly rootFingerprint: string
}

export interface ChangedRoot {
  readonly rootFingerprint: string
  /** Whose certificates were issued anew, for the keys they have. */
  readonly certified: string[]
}

const shortest = 8

const faults: Readonly<Record<AuthorityFault, string>> = {
  'wrong-passphrase': 'The passphrase does not open the file.',
  'not-readable': 'The file cannot be read: it is damaged, no PKCS#12 or PEM file, or encrypted in a way of former times. Export it again with AES.',
  'no-key': 'The file holds no private key.',
  'no-certificate': 'The file holds no certificate for its key.',
  'weak-key': 'The key is too weak to stand for ten years: an elliptic-curve key of P-256, P-384 or P-521 is needed, or RSA of at least 2048 bits.',
  'not-an-authority': 'The certificate is not an authority\'s, or may not sign certificates and revocation lists.',
  'no-root': 'The certificate does not lead to a root: put the certificates up to the self-signed one into the file.',
  'not-valid-now': 'One of the certificates is not valid today.',
}

/** What a file holds, before anything is changed. */
export async function readAuthority(
  context: Context, actor: Actor, input: { readonly content: string; readonly filePassphrase: string },
): Promise<DescribedAuthority> {
  mustBeOfficer(actor)
  const found = await context.authority.describeAuthority(Buffer.from(input.content, 'base64'), input.filePassphrase, new Date(context.clock.now()))
  if (!found.ok) throw notTaken(found.reason)
  const { ok: _, ...described } = found
  return described
}

/** A new root made here takes the former one's place: rotation, or its passphrase was lost. */
export async function renewRoot(context: Context, actor: Actor, input: RootChange): Promise<ChangedRoot> {
  const officer = await officerAsking(context, actor, input)
  const organisation = (await loadSettings(context.store.db))?.name ?? ''
  const root = await context.authority.makeRoot(context.paths.keys, organisation, { passphrase: input.rootPassphrase, now: new Date(context.clock.now()) })
  return certifyAll(context, officer, { ...root, way: 'made' }, input)
}

/** A root, or an authority under one, that the organisation brings with its key. */
export async function importRoot(context: Context, actor: Actor, input: BroughtRoot): Promise<ChangedRoot> {
  const officer = await officerAsking(context, actor, input)
  const content = Buffer.from(input.content, 'base64')
  const now = new Date(context.clock.now())
  const found = await context.authority.describeAuthority(content, input.filePassphrase, now)
  if (!found.ok) throw notTaken(found.reason)
  if (plainFingerprint(input.rootFingerprint) !== found.rootFingerprint) {
    throw new Refusal('not-allowed', `The root in the file has another fingerprint than the one you compared with: ${found.rootFingerprint}. Nothing was changed.`)
  }
  const root = await context.authority.importRoot(context.paths.keys, content, input.filePassphrase, { passphrase: input.rootPassphrase, now })
  if (!root.ok) throw notTaken(root.reason)
  return certifyAll(context, officer, { ...root, way: 'imported' }, input)
}

export function plainFingerprint(text: string): string {
  return text.replaceAll(/[^0-9a-fA-F]/g, '').toLowerCase()
}

async function officerAsking(context: Context, actor: Actor, input: RootChange): Promise<Person> {
  mustBeOfficer(actor)
  if (input.reason.trim() === '') throw new Refusal('invalid', 'Say why the root is replaced; it is written into the log. Nothing was changed.')
  if (input.rootPassphrase.length < shortest) throw new Refusal('invalid', `The root's passphrase needs at least ${shortest} characters. Nothing was changed.`)
  const person = await personByEmail(context.store.db, actor.email)
  const key = await context.signing.unlockOwnKey(context.paths.keys, actor.email, input.passphrase)
  if (!key.ok && key.reason === 'wrong-passphrase') throw new Refusal('wrong-passphrase', `The passphrase does not open the key of ${actor.email}. Nothing was changed.`)
  if (!key.ok || person === undefined) throw new Refusal('not-allowed', `${actor.email} has no signing key here, so the new root could not be recorded. Nothing was changed.`)
  return person
}

/** Everybody who has a key gets a certificate under the new root; that, the root and a checkpoint under it are recorded together. */
async function certifyAll(
  context: Context, officer: Person, root: { readonly fingerprint: string; readonly intermediates: readonly string[]; readonly way: 'made' | 'imported' }, input: RootChange,
): Promise<ChangedRoot> {
  const people = (await allPeople(context.store.db)).filter(({ certificate }) => certificate !== null)
  const before = await authorityNow(context.store.db)
  const made = await context.authority.recertify(context.paths.keys, people.map(certified), input.rootPassphrase, new Date(context.clock.now()))
  if (!made.ok) throw new Error(`the root just written does not open: ${made.reason}`)
  const { signer } = await unlock(context, officer.email, input.passphrase)
  const event: EventBody = {
    kind: 'root-adopted',
    body: { rootFingerprint: root.fingerprint, retired: before.rootFingerprint, intermediates: [...root.intermediates], way: root.way, reason: input.reason.trim() },
  }
  const checkpoint = await inTransaction(context.store, async (queries) => {
    await recordEvents(context, queries, officer.email, [event, ...(await takenIn(context, queries, people, made.certified))])
    return signCheckpoint(context, queries, signer, 'root replaced')
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  return { rootFingerprint: root.fingerprint, certified: made.certified.map(({ email }) => email) }
}

async function takenIn(context: Context, queries: Queries, people: readonly Person[], all: readonly Recertified[]): Promise<readonly EventBody[]> {
  const events: EventBody[] = []
  for (const { email, certificatePem, fingerprint } of all) {
    const person = people.find((one) => one.email === email)
    if (person === undefined) continue
    await setCertificate(queries, person.id, { certificate: certificatePem, fingerprint, at: context.clock.now() })
    events.push({ kind: 'certificate-imported', body: { person: email, roles: [...person.roles], retired: person.fingerprint, certificateFingerprint: fingerprint } })
  }
  return events
}

export function certified({ email, name, roles }: Pick<Person, 'email' | 'name' | 'roles'>): CertifiedPerson {
  return { email, name, role: roles.includes('officer') ? 'officer' : 'reviewer' }
}

function notTaken(reason: AuthorityFault): Refusal {
  return new Refusal(reason === 'wrong-passphrase' ? 'wrong-passphrase' : 'invalid', `${faults[reason]} Nothing was changed.`)
}
