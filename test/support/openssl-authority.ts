// An organisation's own authority, played by openssl: a root, an authority under it that certifies people, and its revocation list.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runWitness } from './witness-tools.ts'

export interface OpensslAuthority {
  readonly rootPem: string
  readonly rootPath: string
  /** SHA-256 of the root, hex. */
  readonly rootFingerprint: string
  /** The certificate for a request, followed by the chain up to the root, PEM. */
  readonly certify: (request: string, change?: { readonly extensions?: string; readonly subject?: string; readonly days?: number }) => Promise<string>
  readonly revoke: (certificate: string) => Promise<void>
  /** The list as it is published now, DER. */
  readonly revocationList: () => Promise<Uint8Array>
  /** The authority's key with its chain, as PKCS#12. */
  readonly handOver: (passphrase: string) => Promise<Uint8Array>
}

const asRequested = 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=1.3.6.1.5.5.7.3.36,emailProtection\nsubjectAltName=email:'

export async function openOpensslAuthority(folder: string, kind: 'rsa' | 'ec' = 'rsa'): Promise<OpensslAuthority> {
  await mkdir(folder, { recursive: true })
  const at = (name: string): string => join(folder, name)
  const openssl = (...parameters: string[]): string => {
    const { status, output } = runWitness('openssl', parameters, { cwd: folder })
    if (status !== 0) throw new Error(`openssl ${parameters[0] ?? ''}: ${output}`)
    return output
  }
  const key = kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']
  openssl('req', '-x509', ...key, '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-days', '3650', '-subj', '/O=Harbourline Group/CN=Harbourline Root',
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
  openssl('req', '-new', ...key, '-nodes', '-keyout', 'people.key', '-out', 'people.csr', '-subj', '/O=Harbourline Group/CN=Harbourline People')
  await writeFile(at('authority.ext'), 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n')
  openssl('x509', '-req', '-in', 'people.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '1825', '-extfile', 'authority.ext', '-out', 'people.pem')
  await writeFile(at('index.txt'), '')
  await writeFile(at('crlnumber'), '01\n')
  await writeFile(at('ca.cnf'), '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ndefault_crl_days=30\n')
  let requests = 0
  return {
    rootPem: await readFile(at('root.pem'), 'utf8'), rootPath: at('root.pem'),
    rootFingerprint: openssl('x509', '-in', 'root.pem', '-noout', '-fingerprint', '-sha256').split('=')[1]?.trim().replaceAll(':', '').toLowerCase() ?? '',
    certify: async (request, change = {}) => {
      const name = `request-${requests++}`
      await writeFile(at(`${name}.csr`), request)
      const email = /email:(\S+)/.exec(openssl('req', '-in', `${name}.csr`, '-noout', '-text', '-verify'))?.[1] ?? ''
      await writeFile(at(`${name}.ext`), change.extensions ?? `${asRequested}${email}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`)
      openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'people.pem', '-CAkey', 'people.key', '-CAcreateserial', '-days', String(change.days ?? 730), '-extfile', `${name}.ext`,
        ...(change.subject === undefined ? [] : ['-subj', change.subject]), '-out', `${name}.pem`)
      return [`${name}.pem`, 'people.pem', 'root.pem'].reduce(async (text, file) => (await text) + (await readFile(at(file), 'utf8')), Promise.resolve(''))
    },
    revoke: async (certificate) => {
      await writeFile(at('revoked.pem'), certificate)
      openssl('ca', '-config', 'ca.cnf', '-keyfile', 'people.key', '-cert', 'people.pem', '-revoke', 'revoked.pem', '-crl_reason', 'keyCompromise')
    },
    revocationList: async () => {
      openssl('ca', '-config', 'ca.cnf', '-keyfile', 'people.key', '-cert', 'people.pem', '-gencrl', '-out', 'crl.pem')
      openssl('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der')
      return readFile(at('crl.der'))
    },
    handOver: async (passphrase) => {
      openssl('pkcs12', '-export', '-inkey', 'people.key', '-in', 'people.pem', '-certfile', 'root.pem', '-passout', `pass:${passphrase}`, '-out', 'people.p12')
      return readFile(at('people.p12'))
    },
  }
}

export function base64(content: Uint8Array | string): string {
  return Buffer.from(content).toString('base64')
}
