import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRootCertificate, issuePersonCertificate, nameText } from '../../../src/main/reports/signing/certificates.ts'
import { createKeyPair } from '../../../src/main/reports/signing/key-pair.ts'

const now = new Date('2026-11-22T08:00:00Z')
const rootKeys = await createKeyPair()
const root = await createRootCertificate('Example Ltd', rootKeys, now)
const issue = async (name: string, email = 'a@example.com') => {
  const keys = await createKeyPair()
  const authority = { certificate: root, privateKey: rootKeys.privateKey }
  const der = await issuePersonCertificate({ name, email, role: 'reviewer' }, keys.publicKey, authority, now)
  return new X509Certificate(der)
}

test('the root is an authority for ten years and cannot be mistaken for a person', () => {
  const certificate = new X509Certificate(root)
  expect(certificate.ca).toBe(true)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.validToDate.getUTCFullYear()).toBe(2036)
  expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{39}$/)
})

test('a person gets a certificate of the root, for signing documents and mail, bound to the address', async () => {
  const authority = new X509Certificate(root)
  const certificate = await issue('Anna Berg', 'anna.berg@example.com')
  expect(certificate.ca).toBe(false)
  expect(certificate.checkIssued(authority) && certificate.verify(authority.publicKey)).toBe(true)
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.4'])
  expect(certificate.checkEmail('anna.berg@example.com')).toBe('anna.berg@example.com')
  expect(certificate.validToDate <= authority.validToDate).toBe(true)
})

test.each(['#04deadbeef', 'Eve, CN=officer', 'Eve+O=Other', '"quoted\\"', 'a=b;c', 'Ελένη', '王小明', '', '   ', '\u202eevil'])(
  'a directory name like %j stays one name and adds no field',
  async (name) => {
    const certificate = await issue(name)
    const lines = certificate.subject.split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe('O=Example Ltd')
    expect(lines[1]).toBe('OU=reviewer')
    expect(certificate.toLegacyObject().subject.CN).toBe(nameText(name))
  },
)

test('names fit the certificate whatever the directory holds', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
    const name = nameText(text)
    expect([...name].length).toBeLessThanOrEqual(64)
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(name).not.toBe('')
  }))
})

test('an address outside ASCII is left out of the certificate rather than written wrongly', async () => {
  expect((await issue('Jörg', 'jörg@example.com')).subjectAltName).toBeUndefined()
})
