import { createPrivateKey, X509Certificate } from 'node:crypto'
import { LiveSourceError } from '../live-connector.ts'

export interface ClientCertificate {
  readonly thumbprintSha256: string
  readonly privateKey: string
  readonly x5c: string
}

const KEY = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]+?-----END \1PRIVATE KEY-----/
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/

/**
 * Reads the app's certificate with its private key from one PEM text, as `openssl pkcs12 -nodes` writes it. Throws a LiveSourceError
 * that says what is wrong with it and repeats none of it.
 */
export function readClientCertificate(pem: string): ClientCertificate {
  const key = KEY.exec(pem)
  const certificate = CERTIFICATE.exec(pem)
  if (key === null || certificate === null) {
    throw unusable('The certificate has to be one PEM text with both the certificate and its private key.')
  }
  if (key[1] === 'ENCRYPTED ' || key[0].includes('ENCRYPTED')) {
    throw unusable('The private key has a passphrase of its own. Remove it first (openssl pkcs8); it is kept protected here.')
  }
  try {
    const parsed = new X509Certificate(certificate[0])
    const privateKey = createPrivateKey(key[0])
    if (!parsed.checkPrivateKey(privateKey)) throw unusable('The private key does not belong to the certificate.')
    if (privateKey.asymmetricKeyType !== 'rsa') throw unusable('Microsoft takes RSA keys only for signing in.')
    return {
      thumbprintSha256: parsed.fingerprint256.replaceAll(':', ''),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      x5c: parsed.toString(),
    }
  } catch (error) {
    if (error instanceof LiveSourceError) throw error
    throw unusable('The certificate or its private key cannot be read as PEM.')
  }
}

function unusable(message: string): LiveSourceError {
  return new LiveSourceError('sign-in-failed', message)
}
