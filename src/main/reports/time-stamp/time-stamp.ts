// Time stamps (RFC 3161): an authority outside this machine signs that it saw a hash at a time. Read and checked here, never trusted by itself.
import { X509Certificate, createHash } from 'node:crypto'
import { TAG, algorithmOf, derOf, inside, isSameBytes, isSameElement, numberOf, oidOf, readWhole, type Element } from '../signing/der.ts'
import { HASHES, UnknownSignature, isSignedBy, signatureFormOf, type SignatureForm } from './signature-form.ts'

/** `roots`: certificates of authorities somebody trusts, DER; left out, whose word it is is not asked. */
export type TimeTrust = { readonly roots: readonly Uint8Array[] | undefined }

/** `at`: ISO 8601, as the authority wrote it. `authority`: who signs, as its certificate says. `serial`: the stamp's own number, hex. */
export type TimeStampVerdict =
  | { ok: true; at: string; authority: string; serial: string; certificate: Uint8Array; isTrusted: true | undefined }
  | { ok: false; reason: 'not-a-stamp' | 'refused' | 'other-content' | 'bad-signature' | 'untrusted'; detail: string }

const OID = {
  signedData: '1.2.840.113549.1.7.2', tstInfo: '1.2.840.113549.1.9.16.1.4', contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12', signingCertificateV2: '1.2.840.113549.1.9.16.2.47', timeStamping: '1.3.6.1.5.5.7.3.8',
} as const
const MAX_CHAIN = 5
/** PKIStatus granted and grantedWithMods. */
const GRANTED = [0, 1]

/** The token in a response of an authority, or the token itself. Throws where it is neither, or a refusal. */
export function tokenOf(stamp: Uint8Array): Uint8Array {
  const whole = readWhole(stamp)
  const [first, token, ...more] = inside(whole, TAG.sequence)
  if (first?.tag === TAG.oid) return whole.der
  const [status] = inside(first, TAG.sequence)
  if (!GRANTED.includes(numberOf(status))) throw new RefusedStamp()
  if (token === undefined || more.length > 0) throw new Error('not a stamp')
  return token.der
}

/** The same as a response, which is how the common tools want it in a file (TimeStampResp, status granted). */
export function responseOf(stamp: Uint8Array): Uint8Array {
  const token = tokenOf(stamp)
  return derOf(TAG.sequence, derOf(TAG.sequence, derOf(TAG.integer, Uint8Array.of(0))), token)
}

class RefusedStamp extends Error {}

/** Checks a stamp over `content`: whole, signed, and, if asked, by an authority under one of the roots. */
export function verifyTimeStamp(content: Uint8Array | string, stamp: Uint8Array, trust: TimeTrust): TimeStampVerdict {
  try {
    return judge(parse(tokenOf(stamp)), createHash('sha256').update(content).digest(), trust)
  } catch (error) {
    if (error instanceof RefusedStamp) return { ok: false, reason: 'refused', detail: 'the time authority refused to stamp it' }
    if (error instanceof UnknownSignature) {
      return { ok: false, reason: 'not-a-stamp', detail: 'the time stamp is signed in a way that is not known here (RSA, RSA-PSS and ECDSA with SHA-2 are)' }
    }
    return { ok: false, reason: 'not-a-stamp', detail: 'the time stamp cannot be read' }
  }
}

type Parsed = {
  readonly info: { readonly imprint: Uint8Array; readonly at: string; readonly serial: string; readonly nonce: Uint8Array | undefined }
  readonly content: Uint8Array
  readonly digest: Uint8Array
  readonly certificateHash: { readonly hash: string; readonly value: Uint8Array }
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
  readonly hash: string
  readonly form: SignatureForm
  readonly signer: X509Certificate
  readonly others: readonly X509Certificate[]
}

/** The number a request named, as the stamp repeats it; undefined where it repeats none. Throws what is unreadable. */
export function nonceOf(stamp: Uint8Array): Uint8Array | undefined {
  return parse(tokenOf(stamp)).info.nonce
}

function judge(parsed: Parsed, imprint: Uint8Array, { roots }: TimeTrust): TimeStampVerdict {
  const { info, signer, others } = parsed
  const failure = (reason: 'other-content' | 'bad-signature' | 'untrusted', detail: string): TimeStampVerdict => ({ ok: false, reason, detail })
  if (!isSameBytes(info.imprint, imprint)) return failure('other-content', 'the time stamp was made over something else')
  if (!isSameBytes(parsed.digest, createHash(parsed.hash).update(parsed.content).digest())) return failure('bad-signature', 'the time stamp was changed')
  const named = createHash(parsed.certificateHash.hash).update(signer.raw).digest()
  if (!isSameBytes(parsed.certificateHash.value, named)) return failure('bad-signature', 'the time stamp does not name the certificate it was made with')
  if (!isSignedBy(signer.publicKey, parsed.form, { bytes: parsed.signedBytes, signature: parsed.signature })) {
    return failure('bad-signature', 'the time stamp was not signed with the key of its certificate')
  }
  // A certificate for anything else, a web server's or a person's, must not be able to say what time it was.
  if (signer.ca || signer.keyUsage.join() !== OID.timeStamping) return failure('untrusted', 'the time stamp\'s certificate is not one for time stamping')
  const verdict = { ok: true, at: info.at, authority: nameOf(signer), serial: info.serial, certificate: new Uint8Array(signer.raw) } as const
  if (roots === undefined) return { ...verdict, isTrusted: undefined }
  const distrust = distrustOf(signer, others, roots.map((root) => new X509Certificate(root)), new Date(info.at))
  return distrust === undefined ? { ...verdict, isTrusted: true } : failure('untrusted', distrust)
}

/** Certificates have to have been valid when the stamp was made, not now: that is what stamps are kept for. */
function distrustOf(signer: X509Certificate, others: readonly X509Certificate[], roots: readonly X509Certificate[], at: Date): string | undefined {
  let current = signer
  for (let step = 0; step < MAX_CHAIN; step++) {
    if (at < current.validFromDate || at > current.validToDate) {
      return `the certificate "${nameOf(current)}" of the time authority is for ${dayOf(current.validFromDate)} to ${dayOf(current.validToDate)}, and the stamp says ${dayOf(at)}`
    }
    const own = current
    if (roots.some((root) => root.fingerprint256 === own.fingerprint256 || isIssuedBy(own, root))) return undefined
    const next = others.find((other) => other.fingerprint256 !== own.fingerprint256 && isIssuedBy(own, other))
    if (next === undefined) break
    current = next
  }
  return 'the time stamp does not come from an authority whose certificate was given'
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
}

/** RFC 5652, SignedData around a TSTInfo: one signer, named by issuer and serial or by its key identifier. */
function parse(token: Uint8Array): Parsed {
  const [type, wrapped] = inside(readWhole(token), TAG.sequence, 2)
  const [version, , encapsulated, ...rest] = inside(inside(wrapped, TAG.context0, 1)[0], TAG.sequence)
  const [contentType, carried] = inside(encapsulated, TAG.sequence, 2)
  if (oidOf(type) !== OID.signedData || numberOf(version) !== 3 || oidOf(contentType) !== OID.tstInfo) throw new Error('not a stamp')
  const [octets] = inside(carried, TAG.context0, 1)
  if (octets?.tag !== TAG.octets) throw new Error('not a stamp')
  const certificates = rest.filter(({ tag }) => tag === TAG.context0).flatMap((part) => inside(part, TAG.context0)).filter(({ tag }) => tag === TAG.sequence)
  const [info] = inside(rest.find(({ tag }) => tag === TAG.set), TAG.set, 1)
  const [, sid, digestAlgorithm, signedAttributes, algorithm, signature] = inside(info, TAG.sequence)
  const hash = HASHES[algorithmOf(digestAlgorithm)]
  const own = certificates.find((certificate) => isNamed(certificate, sid))
  if (hash === undefined || own === undefined || signature?.tag !== TAG.octets || signedAttributes === undefined) throw new Error('unknown form')
  const attributes = attributesOf(signedAttributes)
  const [digest, kind] = [attributes.get(OID.messageDigest), attributes.get(OID.contentType)]
  if (digest?.tag !== TAG.octets || oidOf(kind) !== OID.tstInfo) throw new Error('unknown form')
  return {
    info: infoOf(octets.value), content: octets.value, digest: digest.value, hash, form: signatureFormOf(algorithm, hash), signature: signature.value,
    certificateHash: certificateHashOf(attributes), signedBytes: Uint8Array.from(signedAttributes.der).with(0, TAG.set),
    signer: new X509Certificate(own.der), others: certificates.filter((certificate) => certificate !== own).map(({ der }) => new X509Certificate(der)),
  }
}

const KEY_IDENTIFIER = 0x80

function isNamed(certificate: Element, sid: Element | undefined): boolean {
  if (sid?.tag === KEY_IDENTIFIER) return Buffer.from(certificate.der).includes(Buffer.from(derOf(TAG.octets, sid.value)))
  const [issuer, serial] = inside(sid, TAG.sequence, 2)
  const fields = inside(inside(certificate, TAG.sequence)[0], TAG.sequence).filter(({ tag }) => tag !== TAG.context0)
  return isSameElement(fields[0], serial) && isSameElement(fields[2], issuer)
}

function attributesOf(signed: Element): ReadonlyMap<string, Element> {
  const attributes = new Map<string, Element>()
  for (const attribute of inside(signed, TAG.context0)) {
    const [name, values] = inside(attribute, TAG.sequence, 2)
    const [value] = inside(values, TAG.set)
    if (value === undefined || attributes.has(oidOf(name))) throw new Error('unknown form')
    attributes.set(oidOf(name), value)
  }
  return attributes
}

/** ESSCertID (SHA-1, RFC 2634) or ESSCertIDv2 (SHA-256 unless it says otherwise, RFC 5035). */
function certificateHashOf(attributes: ReadonlyMap<string, Element>): Parsed['certificateHash'] {
  const second = attributes.get(OID.signingCertificateV2)
  const [first, next] = inside(inside(inside(second ?? attributes.get(OID.signingCertificate), TAG.sequence)[0], TAG.sequence)[0], TAG.sequence)
  if (first?.tag === TAG.octets) return { hash: second === undefined ? 'sha1' : 'sha256', value: first.value }
  const hash = HASHES[algorithmOf(first)]
  if (second === undefined || hash === undefined || next?.tag !== TAG.octets) throw new Error('unknown form')
  return { hash, value: next.value }
}

function infoOf(bytes: Uint8Array): Parsed['info'] {
  const [version, , imprint, serial, time, ...rest] = inside(readWhole(bytes), TAG.sequence)
  const [algorithm, hashed] = inside(imprint, TAG.sequence, 2)
  if (numberOf(version) !== 1 || HASHES[algorithmOf(algorithm)] !== 'sha256' || hashed?.tag !== TAG.octets || serial?.tag !== TAG.integer) throw new Error('unknown form')
  return {
    imprint: hashed.value, serial: Buffer.from(serial.value).toString('hex'), at: timeOf(time), nonce: rest.find(({ tag }) => tag === TAG.integer)?.value,
  }
}

/** `20261122083015.25Z` → `2026-11-22T08:30:15.250Z` */
function timeOf(element: Element | undefined): string {
  const text = element?.tag === TAG.generalizedTime ? Buffer.from(element.value).toString('latin1') : ''
  const [, year, month, day, hour, minute, second, fraction = ''] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
  if (Number.isNaN(Date.parse(iso))) throw new Error('not a time')
  return iso
}

/** The certificate's common name, else its organisation. What it holds is somebody else's text: control characters are left out. */
function nameOf(certificate: X509Certificate): string {
  const named = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? /^O=(.*)$/m.exec(certificate.subject)?.[1] ?? ''
  return named.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 120) || 'an authority without a name'
}
