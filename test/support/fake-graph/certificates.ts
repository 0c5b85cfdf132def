import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as Crypto)

export interface TestCertificates {
  /** Trust this and nothing else changes: NODE_EXTRA_CA_CERTS, or tls.setDefaultCACertificates. */
  readonly ca: string
  readonly certificate: string
  readonly key: string
}

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 }

/** A certificate authority of this test's own, and a server certificate for 127.0.0.1 and localhost signed by it. */
export async function makeTestCertificates(): Promise<TestCertificates> {
  const caKeys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']) as CryptoKeyPair
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Muster test authority', keys: caKeys, signingAlgorithm: EC, notBefore: yesterday(), notAfter: nextYear(),
    extensions: [new x509.BasicConstraintsExtension(true, 1, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  })
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']) as CryptoKeyPair
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=127.0.0.1', issuer: ca.subject, publicKey: keys.publicKey, signingKey: caKeys.privateKey, signingAlgorithm: EC,
    notBefore: yesterday(), notAfter: nextYear(),
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }, { type: 'dns', value: 'localhost' }]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  })
  return { ca: ca.toString('pem'), certificate: certificate.toString('pem'), key: await privatePem(keys.privateKey) }
}

/** What an app registration signs in with: one PEM text with certificate and private key. */
export async function makeClientCertificate(): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']) as CryptoKeyPair
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Muster app', keys, signingAlgorithm: RSA, notBefore: yesterday(), notAfter: nextYear(),
  })
  return `${certificate.toString('pem')}\n${await privatePem(keys.privateKey)}`
}

async function privatePem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
}

function yesterday(): Date {
  return new Date(Date.now() - 86_400_000)
}

function nextYear(): Date {
  return new Date(Date.now() + 365 * 86_400_000)
}
