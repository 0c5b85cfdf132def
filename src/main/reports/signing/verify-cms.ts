// Our own check of a detached CMS signature against a pinned root. It never asks the system's trust store.
import { X509Certificate, createHash, verify } from 'node:crypto'
import { pkijs } from './certificate-library.ts'
import { fingerprint } from './certificates.ts'
import { OID } from './sign-cms.ts'

export type CmsFailure = 'not-a-signature' | 'other-content' | 'bad-signature' | 'untrusted' | 'not-valid-then'

/** `signer` is DER; `fingerprint` its SHA-256 in hex. With no root given, `isTrusted` is undefined: nobody asked. */
export type CmsVerdict =
  | { ok: true; signer: Uint8Array; fingerprint: string; isTrusted: true | undefined }
  | { ok: false; reason: CmsFailure; detail: string }

/** `root`: the pinned certificate, DER. `at`: the moment at which the certificates must have been valid. */
export type Trust = { readonly root: Uint8Array | undefined; readonly at: Date }

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
  if (signed === undefined || !sameBytes(signed, digest)) {
    return { ok: false, reason: 'other-content', detail: 'the content is not the one that was signed' }
  }
  if (!verify('sha256', signedBytes, signer.publicKey, signature)) {
    return { ok: false, reason: 'bad-signature', detail: 'the signature was not made with the key of its certificate' }
  }
  const named = attributes.get(OID.signingCertificateV2)
  if (named === undefined || !sameBytes(named, createHash('sha256').update(signer.raw).digest())) {
    return { ok: false, reason: 'bad-signature', detail: 'the signature does not name the certificate it was made with' }
  }
  const verdict = { ok: true, signer: new Uint8Array(signer.raw), fingerprint: fingerprint(signer.raw) } as const
  if (trust.root === undefined) return { ...verdict, isTrusted: undefined }
  const refused = distrust(signer, others, new X509Certificate(trust.root), trust.at)
  return refused ?? { ...verdict, isTrusted: true }
}

/** Undefined when the certificate leads to the pinned root. */
function distrust(signer: X509Certificate, others: readonly X509Certificate[], root: X509Certificate, at: Date): CmsVerdict | undefined {
  const untrusted = (detail: string): CmsVerdict => ({ ok: false, reason: 'untrusted', detail })
  if (signer.ca) return untrusted('the signing certificate is an authority\'s, not a person\'s')
  let current = signer
  for (let step = 0; step < MAX_CHAIN; step++) {
    if (at < current.validFromDate || at > current.validToDate) {
      const name = current.subject.replaceAll('\n', ', ')
      return { ok: false, reason: 'not-valid-then', detail: `the certificate "${name}" was not valid on ${at.toISOString()}` }
    }
    if (isIssuedBy(current, root)) return undefined
    const next = others.find((other) => other.fingerprint256 !== current.fingerprint256 && isIssuedBy(current, other))
    if (next === undefined) return untrusted('the signing certificate does not come from the organisation whose root was given')
    current = next
  }
  return untrusted('the chain of certificates does not end at the root that was given')
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
}

function parse(cms: Uint8Array): Parsed | undefined {
  const wrapped = pkijs.ContentInfo.fromBER(Uint8Array.from(cms))
  if (wrapped.contentType !== OID.signedData) return undefined
  const data = new pkijs.SignedData({ schema: wrapped.content })
  const [info, ...moreSigners] = data.signerInfos
  if (info?.signedAttrs === undefined || moreSigners.length > 0 || data.encapContentInfo.eContent !== undefined) return undefined
  if (info.digestAlgorithm.algorithmId !== '2.16.840.1.101.3.4.2.1') return undefined
  const certificates = (data.certificates ?? []).flatMap((one) => (one instanceof pkijs.Certificate ? [one] : []))
  const { sid } = info
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return undefined
  const own = certificates.find((one) => one.issuer.isEqual(sid.issuer) && one.serialNumber.isEqual(sid.serialNumber))
  if (own === undefined) return undefined
  const attributes = new Map<string, Uint8Array>()
  for (const attribute of info.signedAttrs.attributes) {
    const value = readAttribute(attribute)
    if (attributes.has(attribute.type)) return undefined
    attributes.set(attribute.type, value)
  }
  if (!attributes.has(OID.contentType)) return undefined
  return {
    signer: new X509Certificate(Buffer.from(own.toSchema().toBER(false))),
    attributes,
    signedBytes: new Uint8Array(info.signedAttrs.encodedValue),
    signature: new Uint8Array(info.signature.valueBlock.valueHexView),
    others: certificates.map((one) => new X509Certificate(Buffer.from(one.toSchema().toBER(false)))),
  }
}

type Block = { valueBlock: { value?: Block[]; valueHexView?: Uint8Array } }

/** The digest in a message-digest, or the certificate's hash in the first entry of a signing-certificate-v2; empty for others. */
function readAttribute(attribute: InstanceType<typeof pkijs.Attribute>): Uint8Array {
  const [value] = attribute.values as Block[]
  if (attribute.values.length !== 1 || value === undefined) return new Uint8Array(0)
  if (attribute.type === OID.messageDigest) return Uint8Array.from(value.valueBlock.valueHexView ?? [])
  if (attribute.type !== OID.signingCertificateV2) return new Uint8Array(0)
  const fields = value.valueBlock.value?.[0]?.valueBlock.value?.[0]?.valueBlock.value ?? []
  // With another algorithm than the default the first field is a sequence, and the hash would not be SHA-256: refused as unequal.
  return Uint8Array.from(fields[0]?.valueBlock.valueHexView ?? [])
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length > 0 && Buffer.compare(left, right) === 0
}
