import type { AuthorityFault } from '../reports/signing/authority-file.ts'
import type { DescribedAuthority, NewRoot } from '../reports/signing/replace-root.ts'
import { Refusal, type Context } from './context.ts'

/** A root the organisation brings with its key. `content`: its PKCS#12 or PEM file, base64. `filePassphrase`: empty where the file is not encrypted. */
export interface BroughtFile {
  readonly content: string
  readonly filePassphrase: string
}

/** `rootFingerprint`: what the officer compared with, hex; spaces and colons do not matter. */
export interface BroughtRoot extends BroughtFile {
  readonly rootFingerprint: string
}

type Reader = Pick<Context, 'authority' | 'clock'>

const faults: Readonly<Record<AuthorityFault, string>> = {
  'wrong-passphrase': 'The passphrase does not open the file.',
  'not-readable': 'The file cannot be read: it is damaged, or no PKCS#12 or PEM file.',
  'old-encryption': 'The file is encrypted as in former times, with RC2 or triple DES, which is not read here. Convert it with '
    + '"openssl pkcs12 -legacy -in FILE -out authority.pem", which asks for its passphrase and a new one, and take authority.pem instead.',
  'no-key': 'The file holds no private key.',
  'no-certificate': 'The file holds no certificate for its key.',
  'weak-key': 'The key is too weak to stand for ten years: an elliptic-curve key of P-256, P-384 or P-521 is needed, or RSA of at least 2048 bits.',
  'not-an-authority': 'The certificate is not an authority\'s, or may not sign certificates and revocation lists.',
  'no-root': 'The certificate does not lead to a root: put the certificates up to the self-signed one into the file.',
  'not-valid-now': 'One of the certificates is not valid today.',
}

/** What a file holds, for somebody to compare; nothing is changed. Refused with what is wrong with it. */
export async function describeBroughtRoot(context: Reader, { content, filePassphrase }: BroughtFile): Promise<DescribedAuthority> {
  const found = await context.authority.describeAuthority(Buffer.from(content, 'base64'), filePassphrase, new Date(context.clock.now()))
  if (!found.ok) throw notTaken(found.reason)
  const { ok: _, ...described } = found
  return described
}

/** Takes it in as the organisation's root, if it is the one that was compared. `passphrase` opens its key here from now on. */
export async function takeBroughtRoot(context: Reader & Pick<Context, 'paths'>, brought: BroughtRoot, passphrase: string): Promise<NewRoot> {
  const { rootFingerprint } = await describeBroughtRoot(context, brought)
  if (plainFingerprint(brought.rootFingerprint) !== rootFingerprint) {
    throw new Refusal('not-allowed', `The root in the file has another fingerprint than the one you compared with: ${rootFingerprint}. Nothing was changed.`)
  }
  const now = new Date(context.clock.now())
  const root = await context.authority.importRoot(context.paths.keys, Buffer.from(brought.content, 'base64'), brought.filePassphrase, { passphrase, now })
  if (!root.ok) throw notTaken(root.reason)
  return root
}

export function plainFingerprint(text: string): string {
  return text.replaceAll(/[^0-9a-fA-F]/g, '').toLowerCase()
}

function notTaken(reason: AuthorityFault): Refusal {
  return new Refusal(reason === 'wrong-passphrase' ? 'wrong-passphrase' : 'invalid', `${faults[reason]} Nothing was changed.`)
}
