// Certificates as authorities hand them out: PEM with one or many, DER, or a PKCS#7 collection (.p7b) in either form.
import { X509Certificate } from 'node:crypto'
import { pkijs } from './certificate-library.ts'

const most = 20

/** DER of each certificate in the order they stand; empty when there is none, or the file is something else. */
export function certificatesIn(content: Uint8Array | string): readonly Uint8Array[] {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1')
  const pem = [...text.matchAll(/-----BEGIN (CERTIFICATE|PKCS7|CMS)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g)]
  const blocks = pem.map(([, label, body = '']) => ({ label, der: Buffer.from(body, 'base64') }))
  const found = blocks.length > 0 ? blocks.flatMap(({ label, der }) => (label === 'CERTIFICATE' ? certificate(der) : collection(der))) : binary(content)
  return found.slice(0, most)
}

function binary(content: Uint8Array | string): readonly Uint8Array[] {
  if (typeof content === 'string') return []
  const one = certificate(content)
  return one.length > 0 ? one : collection(content)
}

function certificate(der: Uint8Array): readonly Uint8Array[] {
  try {
    return [new Uint8Array(new X509Certificate(der).raw)]
  } catch {
    return []
  }
}

function collection(der: Uint8Array): readonly Uint8Array[] {
  try {
    const { content } = pkijs.ContentInfo.fromBER(Uint8Array.from(der)) as { content: unknown }
    const { certificates = [] } = new pkijs.SignedData({ schema: content })
    return certificates.flatMap((one) => (one instanceof pkijs.Certificate ? certificate(new Uint8Array(one.toSchema().toBER(false))) : []))
  } catch {
    return []
  }
}
