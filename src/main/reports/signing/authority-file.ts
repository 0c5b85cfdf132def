// An authority's key and certificates as an organisation hands them over: PKCS#12 (.p12, .pfx) or PEM.
import { X509Certificate, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { pkijs } from './certificate-library.ts'
import { certificatesIn } from './certificate-files.ts'
import { wayToRoot } from './chain.ts'

/** `key`: PKCS#8. `certificate`: the authority's own; `root`: what it leads to, itself where it is self-signed; `way`: what stands between. DER. */
export type AuthorityFile = {
  readonly key: Uint8Array
  readonly certificate: Uint8Array
  readonly root: Uint8Array
  readonly way: readonly Uint8Array[]
}

export type AuthorityFault =
  | 'wrong-passphrase' | 'not-readable' | 'old-encryption' | 'no-key' | 'no-certificate' | 'weak-key' | 'not-an-authority' | 'no-root' | 'not-valid-now'

/** The bytes of a file; `passphrase` empty where it is not encrypted. Nothing is kept. */
export async function readAuthorityFile(
  content: Uint8Array, passphrase: string, now: Date,
): Promise<({ ok: true } & AuthorityFile) | { ok: false; reason: AuthorityFault }> {
  const opened = Buffer.from(content).includes('-----BEGIN') ? fromPem(content, passphrase) : await fromPkcs12(content, passphrase)
  if (!opened.ok) return opened
  const { key, certificates } = opened
  if (!isStrong(key)) return { ok: false, reason: 'weak-key' }
  const own = certificates.find((der) => isKeyOf(key, der))
  if (own === undefined) return { ok: false, reason: 'no-certificate' }
  if (!mayIssue(own)) return { ok: false, reason: 'not-an-authority' }
  const root = isSelfSigned(own) ? own : certificates.find((der) => isSelfSigned(der) && wayToRoot(own, der, certificates) !== undefined)
  const way = root === undefined || root === own ? [] : wayToRoot(own, root, certificates)
  if (root === undefined || way === undefined) return { ok: false, reason: 'no-root' }
  if (![own, root, ...way].every((der) => isValid(der, now))) return { ok: false, reason: 'not-valid-now' }
  return { ok: true, key: new Uint8Array(key.export({ type: 'pkcs8', format: 'der' })), certificate: own, root, way }
}

type Opened = { ok: true; key: KeyObject; certificates: readonly Uint8Array[] } | { ok: false; reason: AuthorityFault }

function fromPem(content: Uint8Array, passphrase: string): Opened {
  const text = Buffer.from(content).toString('latin1')
  const pem = /-----BEGIN ((?:[A-Z]+ )*PRIVATE KEY)-----[\s\S]*?-----END \1-----/.exec(text)?.[0]
  if (pem === undefined) return { ok: false, reason: 'no-key' }
  try {
    return { ok: true, key: createPrivateKey({ key: pem, passphrase }), certificates: certificatesIn(text) }
  } catch {
    return { ok: false, reason: /ENCRYPTED/.test(pem) ? 'wrong-passphrase' : 'not-readable' }
  }
}

async function fromPkcs12(content: Uint8Array, passphrase: string): Promise<Opened> {
  const unreadable = { ok: false, reason: 'not-readable' } as const
  const parsed = attempt(() => pkijs.PFX.fromBER(Uint8Array.from(content)))
  if (parsed === undefined) return unreadable
  const password = Uint8Array.from(Buffer.from(passphrase, 'utf8')).buffer
  try {
    await parsed.parseInternalValues({ password, checkIntegrity: true })
  } catch (error) {
    return { ok: false, reason: /integrity|mac/i.test(String(error)) ? 'wrong-passphrase' : 'not-readable' }
  }
  try {
    const safe = parsed.parsedValue?.authenticatedSafe
    if (safe === undefined) return unreadable
    await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) })
    const bags = ((safe.parsedValue as { safeContents?: { value: InstanceType<typeof pkijs.SafeContents> }[] } | undefined)?.safeContents ?? [])
      .flatMap(({ value }) => value.safeBags)
    let key: KeyObject | undefined
    const certificates: Uint8Array[] = []
    for (const { bagValue } of bags) {
      if (bagValue instanceof pkijs.PKCS8ShroudedKeyBag) {
        await (bagValue as unknown as { parseInternalValues: (by: { password: ArrayBuffer }) => Promise<void> }).parseInternalValues({ password })
        key ??= privateKey(bagValue.parsedValue)
      } else if (bagValue instanceof pkijs.PrivateKeyInfo) key ??= privateKey(bagValue)
      else if (bagValue instanceof pkijs.CertBag && bagValue.parsedValue instanceof pkijs.Certificate) {
        certificates.push(new Uint8Array(bagValue.parsedValue.toSchema().toBER(false)))
      }
    }
    return key === undefined ? { ok: false, reason: 'no-key' } : { ok: true, key, certificates }
  } catch {
    return isOfFormerTimes(content) ? { ok: false, reason: 'old-encryption' } : unreadable
  }
}

/** Encrypted with RC2, RC4 or triple DES as PKCS#12 named them (1.2.840.113549.1.12.1.x), which neither library opens. Their names stand in the clear. */
function isOfFormerTimes(content: Uint8Array): boolean {
  return Buffer.from(content).includes(Buffer.from('060a2a864886f70d010c01', 'hex'))
}

function privateKey(info: InstanceType<typeof pkijs.PrivateKeyInfo> | undefined): KeyObject | undefined {
  if (info === undefined) return undefined
  return attempt(() => createPrivateKey({ key: Buffer.from(info.toSchema().toBER(false)), format: 'der', type: 'pkcs8' }))
}

/** What common verifiers still accept for ten years: the NIST curves, and RSA from 2048 bits. */
function isStrong({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === 'ec') return ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '')
  return type === 'rsa' && (details?.modulusLength ?? 0) >= 2048
}

function isKeyOf(key: KeyObject, certificate: Uint8Array): boolean {
  return attempt(() => createPublicKey(key).equals(new X509Certificate(certificate).publicKey)) === true
}

function isSelfSigned(certificate: Uint8Array): boolean {
  const read = new X509Certificate(certificate)
  return read.checkIssued(read) && read.verify(read.publicKey)
}

function isValid(certificate: Uint8Array, now: Date): boolean {
  const read = new X509Certificate(certificate)
  return now >= read.validFromDate && now <= read.validToDate
}

/** An authority that may issue certificates and sign revocation lists, and whose people need no further authority between. */
export function mayIssue(certificate: Uint8Array): boolean {
  const read = pkijs.Certificate.fromBER(Uint8Array.from(certificate))
  const usage = read.extensions?.find(({ extnID }) => extnID === '2.5.29.15')?.parsedValue as { valueBlock: { valueHexView: Uint8Array } } | undefined
  const bits = usage?.valueBlock.valueHexView[0]
  // keyCertSign (bit 5) and cRLSign (bit 6), counted from the most significant.
  return new X509Certificate(certificate).ca && (usage === undefined || ((bits ?? 0) & 0b110) === 0b110)
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
