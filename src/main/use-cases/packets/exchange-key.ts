import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex, utf8Bytes } from '../../core/evidence/bytes.ts'
import { foldEmail } from '../../core/campaign/fold-email.ts'
import { Refusal, type Context } from '../context.ts'

const mostBytes = 20_000

type KeyHolder = Pick<Context, 'paths' | 'hash' | 'exchange' | 'enrolment'>

interface KeyFile { readonly recipient: string; readonly envelope: unknown }

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

/** What files for this person are encrypted to; made when first asked for, under the same passphrase as their signing key. */
export async function recipientOfKey(context: KeyHolder, email: string, passphrase: string): Promise<string> {
  const known = await stored(context, email)
  if (known !== undefined) return known.recipient
  const { identity, recipient } = await context.exchange.newIdentity()
  await mkdir(join(context.paths.keys, 'exchange'), { recursive: true, mode: 0o700 })
  await context.exchange.files.writeFileOnce(pathOf(context, email), `${JSON.stringify({ recipient, envelope: await context.enrolment.lockSecret(identity, passphrase) })}\n`)
  return recipient
}

/** The key that opens packets and responses goes under the new passphrase with the signing key; one under an even older passphrase stays as it is. */
export async function lockAnew(context: KeyHolder, email: string, current: string, next: string): Promise<void> {
  const known = await stored(context, email)
  const identity = known === undefined ? undefined : await context.enrolment.openSecret(known.envelope, current)
  if (known === undefined || identity === undefined) return
  await context.exchange.files.replaceFile(pathOf(context, email), `${JSON.stringify({ recipient: known.recipient, envelope: await context.enrolment.lockSecret(identity, next) })}\n`)
}

/** Opens what was encrypted to this person. */
export async function identityOfKey(context: KeyHolder, email: string, passphrase: string): Promise<string> {
  const known = await stored(context, email)
  if (known === undefined) throw new Refusal('conflict', `Nothing was ever encrypted to ${email} here: no packet was written in this person's name.`)
  const identity = await context.enrolment.openSecret(known.envelope, passphrase)
  if (identity === undefined) throw new Refusal('wrong-passphrase', `The passphrase does not open the key of ${email}. Nothing was read.`)
  return identity
}
