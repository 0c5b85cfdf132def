// A time authority as others run them: openssl makes its certificates and its stamps; over http on loopback where one is to be asked.
import { createServer } from 'node:http'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { TAG, inside, readWhole } from '../../src/main/reports/signing/der.ts'
import { tokenOf } from '../../src/main/reports/time-stamp/time-stamp.ts'
import { runWitness } from './witness-tools.ts'

export type TimeAuthority = {
  /** PEM of the root its certificate comes from, and the file it is in. */
  readonly rootPem: string
  readonly rootFile: string
  /** TimeStampResp for a TimeStampReq, both DER. */
  readonly answer: (query: Uint8Array) => Buffer
  /** The same signed with RSA-PSS, which openssl's own authority cannot do: the token alone, over what the honest answer says. Only where `ess` is sha1, that is RSA. */
  readonly answerWithPss: (query: Uint8Array) => Buffer
}

const CONFIG = `
oid_section = oids
[oids]
policy = 1.3.6.1.4.1.99999.1
[tsa]
default_tsa = here
[here]
dir = .
serial = $dir/serial
crypto_device = builtin
signer_cert = $dir/tsa.pem
certs = $dir/root.pem
signer_key = $dir/tsa.key
signer_digest = sha256
default_policy = policy
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = ALGORITHM
`

/** `ess`: how the stamp names its certificate; older authorities still use SHA-1 there. `isExpired`: its certificate is over since yesterday, and it stamps on. */
export function createTimeAuthority(folder: string, options: { readonly ess?: 'sha1' | 'sha256'; readonly name?: string; readonly isExpired?: boolean } = {}): TimeAuthority {
  mkdirSync(folder, { recursive: true })
  const name = options.name ?? 'Example Time'
  const openssl = (...parameters: string[]): void => {
    const { status, output } = runWitness('openssl', parameters, { cwd: folder })
    if (status !== 0) throw new Error(`openssl ${parameters.join(' ')}: ${output}`)
  }
  writeFileSync(join(folder, 'tsa.cnf'), CONFIG.replace('ALGORITHM', options.ess ?? 'sha256'))
  writeFileSync(join(folder, 'purpose'), 'extendedKeyUsage=critical,timeStamping\nbasicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n')
  writeFileSync(join(folder, 'serial'), '01\n')
  // Older authorities sign with RSA.
  const key = options.ess === 'sha1' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  openssl('req', '-x509', '-newkey', ...key, '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-days', '3650', '-subj', `/O=${name}/CN=${name} root`)
  openssl('req', '-newkey', ...key, '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', `/O=${name}/CN=${name} unit 1`)
  openssl('x509', '-req', '-in', 'tsa.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-out', 'tsa.pem', '-days', options.isExpired === true ? '-1' : '3650', '-extfile', 'purpose')
  const answer = (query: Uint8Array): Buffer => {
    writeFileSync(join(folder, 'query.tsq'), query)
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr')
    return readFileSync(join(folder, 'reply.tsr'))
  }
  return {
    rootPem: readFileSync(join(folder, 'root.pem'), 'utf8'), rootFile: join(folder, 'root.pem'), answer,
    answerWithPss: (query) => {
      const [, wrapped] = inside(readWhole(tokenOf(answer(query))), TAG.sequence)
      const [, , encapsulated] = inside(inside(wrapped, TAG.context0)[0], TAG.sequence)
      const [octets] = inside(inside(encapsulated, TAG.sequence)[1], TAG.context0)
      writeFileSync(join(folder, 'info.der'), octets?.value ?? '')
      openssl('cms', '-sign', '-binary', '-nodetach', '-cades', '-md', 'sha256', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-in', 'info.der', '-signer', 'tsa.pem', '-inkey', 'tsa.key',
        '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:digest', '-certfile', 'root.pem', '-outform', 'DER', '-out', 'pss.der')
      return readFileSync(join(folder, 'pss.der'))
    },
  }
}

/** Serves it on loopback; `answer` may be exchanged for one that misbehaves. */
export async function serveTimeAuthority(
  answer: (query: Buffer) => { readonly status?: number; readonly body: Uint8Array },
): Promise<{ readonly url: string; readonly asked: Buffer[]; readonly close: () => Promise<void> }> {
  const asked: Buffer[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const query = Buffer.concat(parts)
      asked.push(query)
      const { status = 200, body } = answer(query)
      response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`, asked,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
