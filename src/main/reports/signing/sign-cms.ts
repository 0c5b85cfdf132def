// Detached CMS signatures of the CAdES-BES kind: content type, message digest and signing-certificate-v2 are signed. There is no
// signing time: this machine's clock proves nothing, and the event log already says when (evidence.md, PDF).
import { createHash } from 'node:crypto'
import * as asn1js from 'asn1js'
import { libraryKey, pkijs } from './certificate-library.ts'
import type { Signer } from './signer.ts'

export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
} as const

/** Asks a time authority for a token (RFC 3161) over these bytes. Throws where there is none to be had. */
export type Stamp = (bytes: Uint8Array) => Promise<Uint8Array>

/** Signature over `content` as DER. */
export async function signContent(content: Uint8Array | string, signer: Signer): Promise<Uint8Array> {
  return signDigest(createHash('sha256').update(content).digest(), signer)
}

/** The same for content that was hashed while it streamed by; `digest` is its SHA-256. `stamp`: the signature carries the time it was seen at. */
export async function signDigest(digest: Uint8Array, signer: Signer, stamp?: Stamp): Promise<Uint8Array> {
  const certificates = [signer.certificate, ...signer.chain].map((der) => pkijs.Certificate.fromBER(Uint8Array.from(der)))
  const [own] = certificates
  if (own === undefined) throw new Error('A signer without a certificate cannot sign')
  const signedData = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: signedAttributes(digest, signer.certificate) }),
      }),
    ],
    certificates,
  })
  await signedData.sign(libraryKey(signer.privateKey), 0, 'SHA-256')
  const [info] = signedData.signerInfos
  if (stamp !== undefined && info !== undefined) {
    const token = asn1js.fromBER(Uint8Array.from(await stamp(new Uint8Array(info.signature.valueBlock.valueHexView))).buffer).result
    info.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 1, attributes: [new pkijs.Attribute({ type: OID.timeStampToken, values: [token] })] })
  }
  const wrapped = new pkijs.ContentInfo({ contentType: OID.signedData, content: signedData.toSchema(true) })
  return new Uint8Array(wrapped.toSchema().toBER(false))
}

function signedAttributes(digest: Uint8Array, certificate: Uint8Array): InstanceType<typeof pkijs.Attribute>[] {
  const certificateHash = createHash('sha256').update(certificate).digest()
  const attributes = [
    new pkijs.Attribute({ type: OID.contentType, values: [new asn1js.ObjectIdentifier({ value: OID.data })] }),
    new pkijs.Attribute({ type: OID.messageDigest, values: [octets(digest)] }),
    // SigningCertificateV2 (RFC 5035); SHA-256 is the default algorithm there, and DER leaves defaults out.
    new pkijs.Attribute({
      type: OID.signingCertificateV2,
      values: [sequence(sequence(sequence(octets(certificateHash))))],
    }),
  ]
  // DER orders a SET OF by its encodings; verifiers that encode again before hashing would otherwise see other bytes.
  return attributes
    .map((attribute) => ({ attribute, der: Buffer.from(attribute.toSchema().toBER(false)) }))
    .sort((left, right) => Buffer.compare(left.der, right.der))
    .map(({ attribute }) => attribute)
}

function octets(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: Uint8Array.from(bytes).buffer })
}

function sequence(value: asn1js.BaseBlock): asn1js.Sequence {
  return new asn1js.Sequence({ value: [value as asn1js.AsnType] })
}
