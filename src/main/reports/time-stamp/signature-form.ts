// How a time stamp was signed. Authorities use RSA (PKCS 1 or PSS) and ECDSA; what is none of these is not guessed at.
import { constants, verify, type KeyObject } from 'node:crypto'
import { TAG, algorithmOf, inside, numberOf, oidOf, type Element } from '../signing/der.ts'

export const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** With which hash where the name says so: RSA (PKCS 1), ECDSA. */
const PLAIN: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.1': null, '1.2.840.113549.1.1.11': 'sha256', '1.2.840.113549.1.1.12': 'sha384', '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256', '1.2.840.10045.4.3.3': 'sha384', '1.2.840.10045.4.3.4': 'sha512',
}
const PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'
const CONTEXT_2 = 0xa2

/** `saltLength` in bytes, of RSA-PSS; null for every other way. */
export type SignatureForm = { readonly hash: string; readonly saltLength: number | null }

export class UnknownSignature extends Error {}

/** `digest`: the hash the signer named for the content, which plain RSA leaves it to. Throws UnknownSignature for a way that is not known here. */
export function signatureFormOf(algorithm: Element | undefined, digest: string): SignatureForm {
  try {
    const [name, parameters, ...more] = inside(algorithm, TAG.sequence)
    if (oidOf(name) === PSS && more.length === 0) return pssForm(parameters)
    const hash = PLAIN[algorithmOf(algorithm)]
    if (hash !== undefined) return { hash: hash ?? digest, saltLength: null }
  } catch {
    // Parameters nobody knows are told like a name nobody knows.
  }
  throw new UnknownSignature()
}

export function isSignedBy(key: KeyObject, form: SignatureForm, { bytes, signature }: { readonly bytes: Uint8Array; readonly signature: Uint8Array }): boolean {
  const { hash, saltLength } = form
  return verify(hash, bytes, saltLength === null ? key : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
}

/** RSASSA-PSS-params (RFC 4055), with one hash throughout. The defaults are those of SHA-1, which nobody stamps with: all three have to be spelled out. */
function pssForm(parameters: Element | undefined): SignatureForm {
  const [hashPart, maskPart, saltPart, ...more] = inside(parameters, TAG.sequence)
  const hash = HASHES[algorithmOf(inside(hashPart, TAG.context0, 1)[0])]
  const [mask, maskHash] = inside(inside(maskPart, TAG.context1, 1)[0], TAG.sequence, 2)
  const saltLength = numberOf(inside(saltPart, CONTEXT_2, 1)[0])
  if (hash === undefined || hash === 'sha1' || oidOf(mask) !== MGF1 || HASHES[algorithmOf(maskHash)] !== hash || more.length > 0) throw new Error('unknown form')
  return { hash, saltLength }
}
