import { X509Certificate } from 'node:crypto'
import type { EventBodyOf, EvidenceEvent } from '../../shared/model/evidence.ts'
import type { RevocationWhy } from '../reports/signing/revocation.ts'
import type { Standing } from '../reports/signing/signer.ts'
import type { OpenRequestOfKey } from '../reports/signing/certificate-request.ts'
import { eventsOfKinds } from '../storage/evidence-log.ts'
import { allPeople, type Role } from '../storage/people.ts'
import { authorityNow, type AuthorityNow } from './authority-now.ts'
import type { Context } from './context.ts'

export interface CertificateShown {
  readonly fingerprint: string
  readonly subject: string
  readonly validFrom: string
  readonly validTo: string
}

export interface CustodyEntry {
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly kind: (typeof custodyKinds)[number]
  readonly person: string | null
  readonly fingerprint: string | null
  /** What somebody gave as the reason, or the name of the file; null where there is nothing to add. */
  readonly note: string | null
  /** The whole of it as one sentence. */
  readonly detail: string
}

export interface KeysShown {
  readonly root: CertificateShown | null
  /** Who certifies people: a root made here, one the organisation brought, or its own authority elsewhere. */
  readonly way: AuthorityNow['way']
  /** Fingerprints of roots that were replaced. */
  readonly formerRoots: string[]
  readonly people: {
    readonly email: string
    readonly name: string
    readonly roles: Role[]
    readonly certificate: (CertificateShown & { readonly standing: Standing }) | null
  }[]
  /** What the organisation's own authority has not answered yet. */
  readonly requests: Pick<OpenRequestOfKey, 'email' | 'name' | 'at' | 'request' | 'sha256'>[]
  readonly revoked: { readonly serial: string; readonly at: string; readonly why: RevocationWhy }[]
  readonly custody: CustodyEntry[]
}

/** Who can sign, who no longer, and everything that ever happened to keys here, as the log tells it. */
export async function showKeys(context: Context): Promise<KeysShown> {
  const { db } = context.store
  const { keys } = context.paths
  const now = new Date(context.clock.now())
  const root = await context.signing.readRoot(keys)
  const events = (await eventsOfKinds(db, custodyKinds)).flatMap((event) => entryOf(event))
  const people = await allPeople(db)
  const requests = await openRequests(context)
  const former = (await context.signing.trustedRoots(keys)).map((der) => context.enrolment.describeCertificate(der)?.fingerprint ?? '').filter((one) => one !== root?.fingerprint)
  return {
    root: root === undefined ? null : certificateShown(root.pem),
    way: (await authorityNow(db)).way,
    formerRoots: former,
    people: await Promise.all(people.map(async ({ email, name, roles, certificate }) => ({
      email, name, roles: [...roles],
      certificate: certificate === null ? null : { ...certificateShown(certificate), standing: await context.signing.standingOf(keys, certificate, now) },
    }))),
    requests: requests.map(({ email, name, at, request, sha256 }) => ({ email, name, at, request, sha256 })),
    revoked: (await context.signing.revokedCertificates(keys)).map(({ serial, at, why }) => ({ serial, at: at.toISOString(), why })),
    custody: events.toReversed(),
  }
}

/** What the organisation's own authority was asked for and has not answered yet. */
export async function openRequests(context: Context): Promise<readonly OpenRequestOfKey[]> {
  const asked = new Set((await eventsOfKinds(context.store.db, ['certificate-requested'])).flatMap((event) => (event.kind === 'certificate-requested' ? [event.body.person] : [])))
  return (await Promise.all([...asked].map((email) => context.authority.openRequestOf(context.paths.keys, email)))).filter((request) => request !== undefined)
}

const rootWords = {
  made: 'A new root was made here.', imported: 'A root the organisation brought was taken in with its key.',
  elsewhere: 'The root of the organisation\'s own authority was taken as the organisation\'s.',
} as const

const firstRootWords = {
  made: 'The organisation\'s root was made.', imported: 'The organisation\'s root was brought with its key.',
  elsewhere: 'The organisation\'s own authority was asked for a certificate; no root is here yet.',
} as const

const custodyKinds = [
  'workspace-created', 'person-enrolled', 'key-replaced', 'key-revoked', 'passphrase-changed', 'certificate-requested', 'certificate-imported', 'root-adopted',
  'revocation-list-changed', 'workspace-key-changed', 'backup-made', 'restored',
] as const

function certificateShown(pem: string): CertificateShown {
  const read = new X509Certificate(pem)
  return {
    fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(), subject: read.subject.replaceAll('\n', ', '), validFrom: read.validFromDate.toISOString(),
    validTo: read.validToDate.toISOString(),
  }
}

function entryOf(event: EvidenceEvent): readonly CustodyEntry[] {
  const common = { seq: event.seq, at: event.ts, by: event.actor, person: null, fingerprint: null, note: null }
  switch (event.kind) {
    case 'workspace-created': return [{ ...common, kind: event.kind, fingerprint: event.body.rootFingerprint, detail: firstRootWords[event.body.way ?? 'made'] }]
    case 'root-adopted': return [{
      ...common, kind: event.kind, fingerprint: event.body.rootFingerprint, note: event.body.reason,
      detail: `${rootWords[event.body.way]}${event.body.retired === null ? '' : ` It replaces ${event.body.retired}:`} ${event.body.reason}`.trim(),
    }]
    case 'revocation-list-changed': return [{
      ...common, kind: event.kind, note: String(event.body.entries),
      detail: `Revocation list ${event.body.isImported ? 'of the organisation\'s own authority' : 'signed anew'}, entries: ${event.body.entries}, SHA-256 ${event.body.sha256}.`,
    }]
    case 'workspace-key-changed': return [{ ...common, kind: event.kind, note: event.body.change, detail: protectionWords(event.body) }]
    case 'backup-made': return [{
      ...common, kind: event.kind, note: event.body.fileName, detail: `Backup ${event.body.fileName} over ${event.body.events} events, SHA-256 ${event.body.sha256}.`,
    }]
    case 'restored': return [{
      ...common, kind: event.kind, fingerprint: event.body.certificateFingerprint, note: event.body.reason,
      detail: `Backup ${event.body.fileName} over ${event.body.events} events restored: ${event.body.reason}`,
    }]
    default: return personEntryOf(event)
  }
}

const protectionChanges = {
  made: 'The workspace was made encrypted.', encrypted: 'The workspace was encrypted where it lay.', rekeyed: 'Everything on the disk is under a new key.', 'rekey-begun': 'A new key was made; the files follow at the next opening.',
  'passphrase-changed': 'The workspace\'s passphrase was changed.', 'recovery-kit-made': 'A recovery kit was made.',
} as const

const waysIn = { passphrase: 'a passphrase', computer: 'a computer\'s key store', 'recovery-kit': 'a recovery kit', public: 'a public passphrase (invented organisation)' } as const

function protectionWords({ change, databases, originals, opensWith }: EventBodyOf<'workspace-key-changed'>): string {
  if (databases === undefined || originals === undefined || opensWith === undefined) return protectionChanges[change]
  return `${protectionChanges[change]} Databases: ${databases}; originals: ${originals}. Opens with ${opensWith.map((way) => waysIn[way]).join(', ')}.`
}

function personEntryOf(event: EvidenceEvent): readonly CustodyEntry[] {
  const common = { seq: event.seq, at: event.ts, by: event.actor, fingerprint: null, note: null }
  switch (event.kind) {
    case 'person-enrolled': return [{
      ...common, kind: event.kind, person: event.body.person, fingerprint: event.body.certificateFingerprint, detail: `Enrolled as ${event.body.roles.join(', ')}.`,
    }]
    case 'key-replaced': return [{
      ...common, kind: event.kind, person: event.body.person, fingerprint: event.body.certificateFingerprint, note: event.body.reason,
      detail: `Key ${event.body.why}: ${event.body.reason} Former certificate ${event.body.retired}.`,
    }]
    case 'key-revoked': return [{
      ...common, kind: event.kind, person: event.body.person, fingerprint: event.body.certificateFingerprint, note: event.body.reason,
      detail: `Key revoked (${event.body.why}): ${event.body.reason}`,
    }]
    case 'passphrase-changed': return [{
      ...common, kind: event.kind, person: event.body.person, fingerprint: event.body.certificateFingerprint, detail: 'Passphrase changed; the key is the same.',
    }]
    case 'certificate-requested': return [{ ...common, kind: event.kind, person: event.body.person, detail: `Certificate requested, request ${event.body.requestSha256}.` }]
    case 'certificate-imported': return [{
      ...common, kind: event.kind, person: event.body.person, fingerprint: event.body.certificateFingerprint,
      detail: event.body.retired === null ? 'Certificate taken in.' : `Certificate taken in; it replaces ${event.body.retired}.`,
    }]
    default: return []
  }
}
