// The one key under which all secrets of a workspace lie on disk: random, and itself wrapped either by a passphrase (scrypt) or by the
// operating system's own store. Opened once per start of the app; it lives in memory only.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

const base64 = z.base64()
const box = z.object({ iv: base64, tag: base64, text: base64 })

/** Bounded, so that a file from somewhere else cannot ask for endless memory. */
const byPassphrase = z.object({
  by: z.literal('passphrase'),
  cost: z.int().min(2 ** 15).max(2 ** 20).refine((cost) => Number.isInteger(Math.log2(cost))),
  salt: base64,
  box,
})
const byOperatingSystem = z.object({ by: z.literal('operating-system'), text: z.string() })

export const wrappedKey = z.object({ format: z.literal('muster-secrets-1'), wrapped: z.discriminatedUnion('by', [byPassphrase, byOperatingSystem]) })

export type WrappedKey = z.infer<typeof wrappedKey>
export type Box = z.infer<typeof box>
export const boxed = box

/** 64 MiB and roughly 0.2 s per guess. */
const defaultCost = 2 ** 16

export function newDataKey(): Uint8Array {
  return randomBytes(32)
}

export async function wrapByPassphrase(key: Uint8Array, passphrase: string, cost = defaultCost): Promise<WrappedKey> {
  const salt = randomBytes(16).toString('base64')
  const sealed = seal(await derive(passphrase, salt, cost), Buffer.from(key).toString('base64'), `wrap ${cost} ${salt}`)
  return { format: 'muster-secrets-1', wrapped: { by: 'passphrase', cost, salt, box: sealed } }
}

/** Null: the passphrase does not open it. */
export async function unwrapByPassphrase(wrapped: Extract<WrappedKey['wrapped'], { by: 'passphrase' }>, passphrase: string): Promise<Uint8Array | null> {
  const { cost, salt, box: sealed } = wrapped
  const text = unseal(await derive(passphrase, salt, cost), sealed, `wrap ${cost} ${salt}`)
  return text === null ? null : Buffer.from(text, 'base64')
}

/** AES-256-GCM; `place` is authenticated with the text, so that one secret cannot be put in another's place. */
export function seal(key: Uint8Array, text: string, place: string): Box {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), text: encrypted.toString('base64') }
}

/** Null: another key, another place, or changed since. */
export function unseal(key: Uint8Array, sealed: Box, place: string): string | null {
  const [iv, tag] = [Buffer.from(sealed.iv, 'base64'), Buffer.from(sealed.tag, 'base64')]
  if (iv.length !== 12 || tag.length !== 16) return null
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place)).setAuthTag(tag)
  const opened = decipher.update(Buffer.from(sealed.text, 'base64'))
  try {
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function derive(passphrase: string, salt: string, cost: number): Promise<Buffer> {
  // The same passphrase typed on another keyboard may arrive in another Unicode form.
  const secret = Buffer.from(passphrase.normalize('NFKC'))
  const options = { cost, blockSize: 8, parallelization: 1, maxmem: 2_048 * cost }
  return new Promise((resolve, reject) => {
    scrypt(secret, Buffer.from(salt, 'base64'), 32, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}
