import type { EventBody } from '../../shared/model/evidence.ts'
import type { CertifiedPerson } from '../reports/signing/certificates.ts'
import type { DescribedAuthority, Recertified } from '../reports/signing/replace-root.ts'
import type { Signer } from '../reports/signing/signer.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { allPeople, personByEmail, setCertificate, type Person } from '../storage/people.ts'
import { loadSettings } from '../storage/workspace.ts'
import { authorityNow, retiredListOf } from './authority-now.ts'
import { describeBroughtRoot, takeBroughtRoot, type BroughtFile, type BroughtRoot } from './brought-root.ts'
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

export interface ChangedRoot {
  readonly rootFingerprint: string
  /** Whose certificates were issued anew, for the keys they have. */
  readonly certified: string[]
}

const shortest = 8

/** What a file holds, before anything is changed. */
export async function readAuthority(context: Context, actor: Actor, input: BroughtFile): Promise<DescribedAuthority> {
  mustBeOfficer(actor)
  return describeBroughtRoot(context, input)
}

/** A new root made here takes the former one's place: rotation, or its passphrase was lost. */
export async function renewRoot(context: Context, actor: Actor, input: RootChange): Promise<ChangedRoot> {
  const officer = await officerAsking(context, actor, input)
  const former = await signerUnderFormer(context, officer.email, [input.passphrase])
  const organisation = (await loadSettings(context.store.db))?.name ?? ''
  const root = await context.authority.makeRoot(context.paths.keys, organisation, { passphrase: input.rootPassphrase, now: new Date(context.clock.now()) })
  return certifyAll(context, officer, { ...root, way: 'made' }, input, former)
}

/** A root, or an authority under one, that the organisation brings with its key. */
export async function importRoot(context: Context, actor: Actor, input: RootChange & BroughtRoot): Promise<ChangedRoot> {
  const officer = await officerAsking(context, actor, input)
  const former = await signerUnderFormer(context, officer.email, [input.passphrase])
  const root = await takeBroughtRoot(context, input, input.rootPassphrase)
  return certifyAll(context, officer, { ...root, way: 'imported' }, input, former)
}

/**
 * The officer as they sign under the root that is about to be replaced: they hand it over, so that reviewers who pinned it can follow. Undefined where
 * nothing given opens that key; those reviewers then start anew.
 */
export async function signerUnderFormer(context: Context, email: string, passphrases: readonly string[]): Promise<Signer | undefined> {
  for (const passphrase of new Set(passphrases)) {
    const unlocked = await context.signing.unlockSigner(context.paths.keys, email, passphrase)
    if (unlocked.ok) return unlocked.signer
  }
  return undefined
}

async function officerAsking(context: Context, actor: Actor, input: RootChange): Promise<Person> {
  mustBeOfficer(actor)
  if (input.reason.trim() === '') throw new Refusal('invalid', 'Say why the root is replaced; it is written into the log. Nothing was changed.')
  if (input.rootPassphrase.length < shortest) throw new Refusal('invalid', `The root's passphrase needs at least ${shortest} characters. Nothing was changed.`)
  const person = await personByEmail(context.store.db, actor.email)
  if (person !== undefined && (await authorityNow(context.store.db)).rootFingerprint === null) return notWaitingAnyMore(context, person, input)
  const key = await context.signing.unlockOwnKey(context.paths.keys, actor.email, input.passphrase)
  if (!key.ok && key.reason === 'wrong-passphrase') throw new Refusal('wrong-passphrase', `The passphrase does not open the key of ${actor.email}. Nothing was changed.`)
  if (!key.ok || person === undefined) throw new Refusal('not-allowed', `${actor.email} has no signing key here, so the new root could not be recorded. Nothing was changed.`)
  return person
}

/** The organisation's own authority was asked when the workspace was made, and its answer is not waited for: the requested key is the officer's. */
async function notWaitingAnyMore(context: Context, officer: Person, input: RootChange): Promise<Person> {
  const certificate = await context.authority.adoptRequestedKey(context.paths.keys, certified(officer), input.passphrase, new Date(context.clock.now()))
  if (certificate === undefined) {
    throw new Refusal('wrong-passphrase', `The passphrase does not open the key a certificate was requested for (${officer.email}). Nothing was changed.`)
  }
  return officer
}

/** Everybody who has a key gets a certificate under the new root; that, the root and a checkpoint under it are recorded together. */
async function certifyAll(
  context: Context, officer: Person, root: { readonly fingerprint: string; readonly intermediates: readonly string[]; readonly way: 'made' | 'imported' }, input: RootChange, former: Signer | undefined,
): Promise<ChangedRoot> {
  const people = (await allPeople(context.store.db)).filter(({ id, certificate }) => certificate !== null || id === officer.id)
  const before = await authorityNow(context.store.db)
  const made = await context.authority.recertify(context.paths.keys, people.map(certified), input.rootPassphrase, new Date(context.clock.now()))
  if (!made.ok) throw new Error(`the root just written does not open: ${made.reason}`)
  const { signer } = await unlock(context, officer.email, input.passphrase)
  if (before.rootFingerprint !== null && former !== undefined) {
    await context.authority.keepHandover(context.paths.keys, before.rootFingerprint, former, signer, new Date(context.clock.now()))
  }
  const event: EventBody = {
    kind: 'root-adopted',
    body: {
      rootFingerprint: root.fingerprint, retired: before.rootFingerprint, intermediates: [...root.intermediates], way: root.way, reason: input.reason.trim(),
      revocationList: await retiredListOf(context, before.rootFingerprint),
    },
  }
  const checkpoint = await inTransaction(context.store, async (queries) => {
    await recordEvents(context, queries, officer.email, [event, ...(await takenIn(context, queries, people, made.certified))])
    return signCheckpoint(context, queries, signer, 'root replaced')
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  if (before.rootFingerprint === null) await context.authority.closeRequest(context.paths.keys, officer.email)
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
