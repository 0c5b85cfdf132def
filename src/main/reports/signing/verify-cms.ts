// Our own check of a detached CMS signature against a pinned root. It never asks the system's trust store.
import { X509Certificate, createHash, verify } from 'node:crypto'
import { fingerprint } from './certificates.ts'
import { TAG, algorithmOf, inside, isSameBytes, isSameElement, numberOf, oidOf, readWhole, type Element } from './der.ts'
import { OID } from './sign-cms.ts'

export type CmsFailure = 'not-a-signature' | 'other-content' | 'bad-signature' | 'untrusted' | 'not-valid-then'

/** `signer` is DER; `fingerprint` its SHA-256 in hex. With no root given, `isTrusted` is undefined: nobody asked. */
export type CmsVerdict =
  | { ok: true; signer: Uint8Array; fingerprint: string; isTrusted: true | undefined }
  | { ok: false; reason: CmsFailure; detail: string }

/**
 * `root`: the pinned certificate, DER; `formerRoots`: those it replaced, as far as they are trusted too. `at`: the moment at which the
 * certificates must have been valid.
 */
export type Trust = { readonly root: Uint8Array | undefined; readonly formerRoots?: readonly Uint8Array[]; readonly at: Date }

const MAX_CHAIN = 5

export function verifyContent(content: Uint8Array | string, cms: Uint8Array, trust: Trust): CmsVerdict {
  return verifyDigest(createHash('sha256').update(content).digest(), cms, trust)
}

/** `digest` is the SHA-256 of the content. */
export function verifyDigest(digest: Uint8Array, cms: Uint8Array, trust: Trust): CmsVerdict {
  const unreadable = { ok: false, reason: 'not-a-signature', detail: 'the signature cannot be read' } as const
  try {
    const parsed = parse(cms)
    return parsed === undefined ? unreadable : judge(parsed, digest, trust)
  } catch {
    // The libraries throw on damaged keys, names and dates; for the reader that is all the same.
    return unreadable
  }
}

function judge(parsed: Parsed, digest: Uint8Array, trust: Trust): CmsVerdict {
  const { signer, attributes, signedBytes, signature, others } = parsed
  const signed = attributes.get(OID.messageDigest)
  if (signed === undefined || !isSameBytes(signed, digest)) {
    return { ok: false, reason: 'other-content', detail: 'the content is not the one that was signed' }
  }
  if (!verify('sha256', signedBytes, signer.publicKey, signature)) {
    return { ok: false, reason: 'bad-signature', detail: 'the signature was not made with the key of its certificate' }
  }
  const named = attributes.get(OID.signingCertificateV2)
  if (named === undefined || !isSameBytes(named, createHash('sha256').update(signer.raw).digest())) {
    return { ok: false, reason: 'bad-signature', detail: 'the signature does not name the certificate it was made with' }
  }
  const verdict = { ok: true, signer: new Uint8Array(signer.raw), fingerprint: fingerprint(signer.raw) } as const
  if (trust.root === undefined) return { ...verdict, isTrusted: undefined }
  const refusals = [trust.root, ...(trust.formerRoots ?? [])].map((root) => distrust(signer, others, new X509Certificate(root), trust.at))
  return (refusals.includes(undefined) ? undefined : refusals[0]) ?? { ...verdict, isTrusted: true }
}

/** Undefined when the certificate leads to the pinned root, and every other certificate carried along is part of that way. */
function distrust(signer: X509Certificate, others: readonly X509Certificate[], root: X509Certificate, at: Date): CmsVerdict | undefined {
  const untrusted = (detail: string): CmsVerdict => ({ ok: false, reason: 'untrusted', detail })
  if (signer.ca) return untrusted('the signing certificate is an authority\'s, not a person\'s')
  const used = new Set([signer.fingerprint256, root.fingerprint256])
  let current = signer
  for (let step = 0; step < MAX_CHAIN; step++) {
    if (at < current.validFromDate || at > current.validToDate) {
      const name = current.subject.replaceAll('\n', ', ')
      return { ok: false, reason: 'not-valid-then', detail: `the certificate "${name}" was not valid on ${at.toISOString()}` }
    }
    if (isIssuedBy(current, root)) {
      const isStray = others.some(({ fingerprint256 }) => !used.has(fingerprint256))
      return isStray ? untrusted('the signature carries a certificate that does not belong to it') : undefined
    }
    const next = others.find((other) => !used.has(other.fingerprint256) && isIssuedBy(current, other))
    if (next === undefined) break
    used.add(next.fingerprint256)
    current = next
  }
  return untrusted('the signing certificate does not come from the organisation whose root was given')
}

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
}

type Parsed = {
  signer: X509Certificate
  /** Message digest and hash of the signing certificate, by the attribute's OID. */
  attributes: ReadonlyMap<string, Uint8Array>
  signedBytes: Uint8Array
  signature: Uint8Array
  others: readonly X509Certificate[]
  timeStamp: Uint8Array | undefined
}

const SHA_256 = '2.16.840.1.101.3.4.2.1'
/** ecdsa-with-SHA256; rsaEncryption and sha256WithRSAEncryption for organisations whose own authority uses RSA. */
const SIGNATURE_ALGORITHMS = ['1.2.840.10045.4.3.2', '1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11']

/** RFC 5652, SignedData, narrowed to what Muster writes: DER, detached, one signer, SHA-256. Undefined or an error for the rest. */
function parse(cms: Uint8Array): Parsed | undefined {
  const [type, wrapped] = inside(readWhole(cms), TAG.sequence, 2)
  const [signedData] = inside(wrapped, TAG.context0, 1)
  const [version, digests, content, ...rest] = inside(signedData, TAG.sequence)
  const certificates = rest.filter(({ tag }) => tag === TAG.context0).flatMap((part) => inside(part, TAG.context0))
  const signerInfos = rest.find(({ tag }) => tag === TAG.set)
  const known = [TAG.context0, TAG.context1, TAG.set] as number[]
  if (oidOf(type) !== OID.signedData || numberOf(version) !== 1 || rest.some(({ tag }) => !known.includes(tag))) return undefined
  if (algorithmOf(inside(digests, TAG.set, 1)[0]) !== SHA_256) return undefined
  if (oidOf(inside(content, TAG.sequence, 1)[0]) !== OID.data) return undefined

  const [info] = inside(signerInfos, TAG.set, 1)
  const [infoVersion, sid, digestAlgorithm, signedAttributes, algorithm, signature, unsigned, ...more] = inside(info, TAG.sequence)
  if (more.length > 0 || (unsigned !== undefined && unsigned.tag !== TAG.context1)) return undefined
  if (numberOf(infoVersion) !== 1 || signature?.tag !== TAG.octets || algorithmOf(digestAlgorithm) !== SHA_256) return undefined
  if (!SIGNATURE_ALGORITHMS.includes(algorithmOf(algorithm))) return undefined
  const [issuer, serial] = inside(sid, TAG.sequence, 2)
  const own = certificates.find((certificate) => {
    const fields = inside(inside(certificate, TAG.sequence)[0], TAG.sequence).filter(({ tag }) => tag !== TAG.context0)
    return isSameElement(fields[0], serial) && isSameElement(fields[2], issuer)
  })
  if (own === undefined || signedAttributes === undefined) return undefined
  const attributes = new Map<string, Uint8Array>()
  for (const attribute of inside(signedAttributes, TAG.context0)) {
    const [name, values] = inside(attribute, TAG.sequence, 2)
    const [value] = inside(values, TAG.set, 1)
    const key = oidOf(name)
    if (attributes.has(key) || value === undefined) return undefined
    attributes.set(key, attributeValue(key, value))
  }
  if (!attributes.has(OID.contentType)) return undefined
  return {
    signer: new X509Certificate(own.der),
    attributes,
    // The signature is over the attributes as a SET, not under the implicit tag they are carried with (RFC 5652 section 5.4).
    signedBytes: Uint8Array.from(signedAttributes.der).with(0, TAG.set),
    signature: signature.value,
    others: certificates.filter((certificate) => certificate !== own).map(({ der }) => new X509Certificate(der)),
    timeStamp: unsigned === undefined ? undefined : timeStampIn(unsigned),
  }
}

/** The time stamp a signature carries, and the bytes it was made over; undefined where it carries none. Throws what is unreadable. */
export function carriedTimeStamp(cms: Uint8Array): { readonly token: Uint8Array; readonly over: Uint8Array } | undefined {
  const parsed = parse(cms)
  return parsed?.timeStamp === undefined ? undefined : { token: parsed.timeStamp, over: parsed.signature }
}

/** RFC 3161, appendix A: a token among the attributes that are not signed. It speaks for itself, so nothing else may stand there. */
function timeStampIn(unsigned: Element): Uint8Array {
  const [attribute] = inside(unsigned, TAG.context1, 1)
  const [name, values] = inside(attribute, TAG.sequence, 2)
  const [token] = inside(values, TAG.set, 1)
  if (oidOf(name) !== OID.timeStampToken || token === undefined) throw new Error('an attribute nobody knows')
  return token.der
}

/** Digest or certificate hash; the content type only has to be the right one. */
function attributeValue(key: string, value: Element): Uint8Array {
  if (key === OID.messageDigest && value.tag === TAG.octets) return value.value
  if (key === OID.contentType && oidOf(value) !== OID.data) throw new Error('a signature over something else than data')
  if (key !== OID.signingCertificateV2) return new Uint8Array(0)
  const [first] = inside(inside(inside(value, TAG.sequence)[0], TAG.sequence)[0], TAG.sequence)
  // Another algorithm than the default stands before the hash, as a sequence: not ours, and unequal to any hash.
  return first?.tag === TAG.octets ? first.value : new Uint8Array(0)
}
