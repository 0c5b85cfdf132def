// ECDSA on P-256 with SHA-256 for everything made here: small, and understood by every verifier named in VERIFY.txt. An organisation's own authority
// may have another kind of key.
import { createPrivateKey, webcrypto } from 'node:crypto'

export const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const SIGNATURE_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const

export type KeyPair = { readonly publicKey: webcrypto.CryptoKey; readonly privateKey: webcrypto.CryptoKey }

/** Extractable, because a new key has to be encrypted and written once. Keys read back are not. */
export async function createKeyPair(): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify'])
}

export async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<Uint8Array> {
  return new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', key))
}

export async function importPrivateKey(pkcs8: Uint8Array): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), KEY_ALGORITHM, false, ['sign'])
}

const CURVES: Readonly<Record<string, { readonly namedCurve: string; readonly hash: string }>> = {
  prime256v1: { namedCurve: 'P-256', hash: 'SHA-256' }, secp384r1: { namedCurve: 'P-384', hash: 'SHA-384' }, secp521r1: { namedCurve: 'P-521', hash: 'SHA-512' },
}

/** The same for an authority's key: ECDSA on a NIST curve, or RSA. */
export async function importAuthorityKey(pkcs8: Uint8Array): Promise<webcrypto.CryptoKey> {
  const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const curve = CURVES[asymmetricKeyDetails?.namedCurve ?? '']
  const algorithm = asymmetricKeyType === 'rsa' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: curve?.namedCurve ?? '' }
  return webcrypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), algorithm, false, ['sign'])
}

/** How certificates and revocation lists are signed with this key. */
export function signatureAlgorithmOf({ algorithm }: webcrypto.CryptoKey): { readonly name: string; readonly hash: string } {
  if (algorithm.name !== 'ECDSA') return { name: algorithm.name, hash: 'SHA-256' }
  const { namedCurve } = algorithm as webcrypto.EcKeyAlgorithm
  return { name: 'ECDSA', hash: Object.values(CURVES).find((curve) => curve.namedCurve === namedCurve)?.hash ?? 'SHA-256' }
}
