// A detached signature and its content as one CMS file, and apart again. The signature is the same in both: it covers the content's digest.
import * as asn1js from 'asn1js'

export interface SignedContent {
  readonly content: Uint8Array
  /** Detached, DER. */
  readonly cms: Uint8Array
}

/** One DER file that `openssl cms -verify -inform DER` can check by itself. */
export function attachContent({ content, cms }: SignedContent): Uint8Array {
  const { root, encapsulated } = open(cms)
  if (encapsulated.valueBlock.value.length !== 1) throw new Error('the signature has a content already')
  encapsulated.valueBlock.value.push(new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 0 }, value: [new asn1js.OctetString({ valueHex: Uint8Array.from(content).buffer })],
  }))
  return new Uint8Array(root.toBER(false))
}

/** Undefined where it is no such file. */
export function detachContent(file: Uint8Array): SignedContent | undefined {
  try {
    const { root, encapsulated } = open(file)
    const [wrapped] = encapsulated.valueBlock.value.splice(1)
    // The library keeps the long form of a length it read, which is no DER once the content is out.
    encapsulated.lenBlock.longFormUsed = false
    const octets = wrapped instanceof asn1js.Constructed ? wrapped.valueBlock.value[0] : undefined
    if (!(octets instanceof asn1js.OctetString) || octets.idBlock.isConstructed) return undefined
    return { content: new Uint8Array(octets.valueBlock.valueHexView), cms: new Uint8Array(root.toBER(false)) }
  } catch {
    return undefined
  }
}

function open(der: Uint8Array): { root: asn1js.Sequence; encapsulated: asn1js.Sequence } {
  const decoded = asn1js.fromBER(Uint8Array.from(der).buffer)
  const root = decoded.result
  if (decoded.offset !== der.length || !(root instanceof asn1js.Sequence)) throw new Error('not a CMS file')
  const wrapped = root.valueBlock.value[1]
  const signedData = wrapped instanceof asn1js.Constructed ? wrapped.valueBlock.value[0] : undefined
  const encapsulated = signedData instanceof asn1js.Sequence ? signedData.valueBlock.value[2] : undefined
  if (!(encapsulated instanceof asn1js.Sequence)) throw new Error('not a CMS file')
  return { root, encapsulated }
}
