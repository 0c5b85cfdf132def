import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex, utf8Bytes } from '../../core/evidence/bytes.ts'
import { foldEmail } from '../../core/campaign/fold-email.ts'
import { Refusal, type Context } from '../context.ts'

const mostBytes = 20_000

type KeyHolder = Pick<Context, 'paths' | 'hash' | 'exchange' | 'enrolment'>

/** `envelope` holds one identity a line, the present one first: what was encrypted to a former one stays readable. */
interface KeyFile { readonly recipient: string; readonly envelope: unknown }

/** What became of it: there was none, it opens under the new passphrase, or nobody could open it and it lies aside. */
export type FollowedKey = 'none' | 'kept' | 'set-aside'

const pathOf = (context: KeyHolder, email: string): string =>
  join(context.paths.keys, 'exchange', `${toHex(context.hash(utf8Bytes(foldEmail(email)))).slice(0, 32)}.json`)

async function stored(context: KeyHolder, email: string): Promise<KeyFile | undefined> {
  const file = await context.exchange.files.readBounded(pathOf(context, email), mostBytes)
  if (file === undefined) return undefined
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(file))
    if (typeof found === 'object' && found !== null && 'recipient' in found && typeof found.recipient === 'string' && 'envelope' in found) {
      return { recipient: found.recipient, envelope: found.envelope }
    }
  } catch {
    // Told below, as for any other damage.
  }
  throw new Refusal('conflict', `The file that opens what is encrypted to ${email} is damaged. Restore the keys folder from a backup.`)
}

/**
 * What files for this person are encrypted to; made when first asked for, under the same passphrase as their signing key, and made anew where their
 * signing key has got another one that does not open it. Only for a passphrase that opens the signing key.
 */
export async function recipientOfKey(context: KeyHolder, email: string, passphrase: string): Promise<string> {
  const known = await stored(context, email)
  if (known !== undefined && (await context.enrolment.openSecret(known.envelope, passphrase)) !== undefined) return known.recipient
  if (known !== undefined) await setAside(context, email, known)
  const { identity, recipient } = await context.exchange.newIdentity()
  await mkdir(join(context.paths.keys, 'exchange'), { recursive: true, mode: 0o700 })
  await context.exchange.files.writeFileOnce(pathOf(context, email), await written(context, recipient, identity, passphrase))
  return recipient
}

/**
 * Follows a signing key that was replaced: goes under its passphrase where one of `known` opens it. `isExposed`: somebody else may have it, so what comes
 * from now on is encrypted to another one.
 */
export async function followSigningKey(
  context: KeyHolder, email: string, { known, next, isExposed }: { readonly known: readonly string[]; readonly next: string; readonly isExposed: boolean },
): Promise<FollowedKey> {
  const file = await stored(context, email)
  if (file === undefined) return 'none'
  for (const passphrase of new Set(known)) {
    const identities = await context.enrolment.openSecret(file.envelope, passphrase)
    if (identities === undefined) continue
    const fresh = isExposed ? await context.exchange.newIdentity() : undefined
    const all = fresh === undefined ? identities : `${fresh.identity}\n${identities}`
    await context.exchange.files.replaceFile(pathOf(context, email), await written(context, fresh?.recipient ?? file.recipient, all, next))
    return 'kept'
  }
  await setAside(context, email, file)
  return 'set-aside'
}

/** Kept for whoever remembers its passphrase after all. */
async function setAside(context: KeyHolder, email: string, { recipient }: KeyFile): Promise<void> {
  const path = pathOf(context, email)
  await rename(path, path.replace(/\.json$/, `-${toHex(context.hash(utf8Bytes(recipient))).slice(0, 8)}.former.json`))
}

async function written(context: KeyHolder, recipient: string, identities: string, passphrase: string): Promise<string> {
  return `${JSON.stringify({ recipient, envelope: await context.enrolment.lockSecret(identities, passphrase) })}\n`
}

/** The key that opens packets and responses goes under the new passphrase with the signing key; one under an even older passphrase stays as it is. */
export async function lockAnew(context: KeyHolder, email: string, current: string, next: string): Promise<void> {
  const known = await stored(context, email)
  const identity = known === undefined ? undefined : await context.enrolment.openSecret(known.envelope, current)
  if (known === undefined || identity === undefined) return
  await context.exchange.files.replaceFile(pathOf(context, email), await written(context, known.recipient, identity, next))
}

/** Opens what was encrypted to this person. */
export async function identityOfKey(context: KeyHolder, email: string, passphrase: string): Promise<string> {
  const known = await stored(context, email)
  if (known === undefined) {
    throw new Refusal('conflict', `Nothing here opens what is encrypted to ${email}: no packet was written in this person's name, or their key was replaced since and nobody could open the former one. Write the packet again.`)
  }
  const identity = await context.enrolment.openSecret(known.envelope, passphrase)
  if (identity === undefined) throw new Refusal('wrong-passphrase', `The passphrase does not open the key of ${email}. Nothing was read.`)
  return identity
}
