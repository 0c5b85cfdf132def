import { X509Certificate } from 'node:crypto'
import type { EvidenceEvent } from '../../shared/model/evidence.ts'
import type { RevocationWhy } from '../reports/signing/revocation.ts'
import { eventsOfKinds } from '../storage/evidence-log.ts'
import { allPeople, type Role } from '../storage/people.ts'
import type { Context } from './context.ts'

export interface CertificateShown {
  readonly fingerprint: string
  readonly subject: string
  readonly validTo: string
}

export interface CustodyEntry {
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly kind: string
  readonly person: string | null
  readonly fingerprint: string | null
  readonly detail: string
}

export interface KeysShown {
  readonly root: CertificateShown | null
  readonly people: { readonly email: string; readonly name: string; readonly roles: Role[]; readonly certificate: CertificateShown | null }[]
  readonly revoked: { readonly serial: string; readonly at: string; readonly why: RevocationWhy }[]
  readonly custody: CustodyEntry[]
}

/** Who can sign, who no longer, and everything that ever happened to keys here, as the log tells it. */
export async function showKeys(context: Context): Promise<KeysShown> {
  const root = await context.signing.readRoot(context.paths.keys)
  return {
    root: root === undefined ? null : certificateShown(root.pem),
    people: (await allPeople(context.store.db)).map(({ email, name, roles, certificate }) => ({
      email, name, roles: [...roles], certificate: certificate === null ? null : certificateShown(certificate),
    })),
    revoked: (await context.signing.revokedCertificates(context.paths.keys)).map(({ serial, at, why }) => ({ serial, at: at.toISOString(), why })),
    custody: (await eventsOfKinds(context.store.db, custodyKinds)).map(entryOf).reverse(),
  }
}

const custodyKinds = [
  'workspace-created', 'person-enrolled', 'key-replaced', 'key-revoked', 'passphrase-changed', 'certificate-requested', 'certificate-imported', 'root-adopted',
  'revocation-list-changed', 'backup-made', 'restored',
] as const

function certificateShown(pem: string): CertificateShown {
  const read = new X509Certificate(pem)
  return {
    fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(), subject: read.subject.replaceAll('\n', ', '), validTo: read.validToDate.toISOString(),
  }
}

function entryOf(event: EvidenceEvent): CustodyEntry {
  const common = { seq: event.seq, at: event.ts, by: event.actor, kind: event.kind }
  switch (event.kind) {
    case 'workspace-created': return { ...common, person: null, fingerprint: event.body.rootFingerprint, detail: 'The organisation\'s root was made.' }
    case 'person-enrolled': return { ...common, person: event.body.person, fingerprint: event.body.certificateFingerprint, detail: `Enrolled as ${event.body.roles.join(', ')}.` }
    case 'key-replaced': return {
      ...common, person: event.body.person, fingerprint: event.body.certificateFingerprint, detail: `Key ${event.body.why}: ${event.body.reason} Former certificate ${event.body.retired}.`,
    }
    case 'key-revoked': return { ...common, person: event.body.person, fingerprint: event.body.certificateFingerprint, detail: `Key revoked (${event.body.why}): ${event.body.reason}` }
    case 'passphrase-changed': return { ...common, person: event.body.person, fingerprint: event.body.certificateFingerprint, detail: 'Passphrase changed; the key is the same.' }
    case 'certificate-requested': return { ...common, person: event.body.person, fingerprint: null, detail: `Certificate requested, request ${event.body.requestSha256}.` }
    case 'certificate-imported': return { ...common, person: event.body.person, fingerprint: event.body.certificateFingerprint, detail: 'Certificate of the organisation\'s own authority taken in.' }
    case 'root-adopted': return { ...common, person: null, fingerprint: event.body.rootFingerprint, detail: `The organisation's own root replaces ${event.body.retired}.` }
    case 'revocation-list-changed': return { ...common, person: null, fingerprint: null, detail: `Revocation list with ${event.body.entries} entries.` }
    case 'backup-made': return { ...common, person: null, fingerprint: null, detail: `Backup ${event.body.fileName} over ${event.body.events} events, SHA-256 ${event.body.sha256}.` }
    case 'restored': return { ...common, person: null, fingerprint: event.body.certificateFingerprint, detail: `Backup ${event.body.fileName} over ${event.body.events} events restored: ${event.body.reason}` }
    default: return { ...common, person: null, fingerprint: null, detail: event.kind }
  }
}
