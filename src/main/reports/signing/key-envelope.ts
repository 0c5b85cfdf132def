// A private key at rest: scrypt makes the key from the passphrase, AES-256-GCM encrypts and proves that nothing was changed.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

const base64 = z.base64()

/** Bounded, so that an envelope from somewhere else cannot ask for endless memory. */
export const keyEnvelope = z.object({
  format: z.literal('muster-key-1'),
  kdf: z.object({
    name: z.literal('scrypt'),
    cost: z.int().min(2 ** 15).max(2 ** 20).refine((cost) => Number.isInteger(Math.log2(cost))),
    blockSize: z.literal(8),
    parallelization: z.literal(1),
    salt: base64,
  }),
  cipher: z.object({ name: z.literal('aes-256-gcm'), iv: base64, tag: base64 }),
  key: base64,
})

export type KeyEnvelope = z.infer<typeof keyEnvelope>
export type Decrypted = { ok: true; key: Uint8Array } | { ok: false; reason: 'wrong-passphrase' | 'damaged-key' }

/** 64 MiB and roughly 0.2 s per guess. */
const DEFAULT_COST = 2 ** 16

/** `key` is the PKCS#8 form. */
export async function encryptKey(key: Uint8Array, passphrase: string, cost = DEFAULT_COST): Promise<KeyEnvelope> {
  const kdf = { name: 'scrypt', cost, blockSize: 8, parallelization: 1, salt: randomBytes(16).toString('base64') } as const
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, kdf), iv).setAAD(bound(kdf))
  const encrypted = Buffer.concat([cipher.update(key), cipher.final()])
  return {
    format: 'muster-key-1', kdf, key: encrypted.toString('base64'),
    cipher: { name: 'aes-256-gcm', iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
  }
}

/** Takes anything read from a file. What cannot be an envelope is damaged; what does not open is a wrong passphrase. */
export async function decryptKey(stored: unknown, passphrase: string): Promise<Decrypted> {
  const parsed = keyEnvelope.safeParse(stored)
  if (!parsed.success) return { ok: false, reason: 'damaged-key' }
  const { kdf, cipher, key } = parsed.data
  const [iv, tag] = [Buffer.from(cipher.iv, 'base64'), Buffer.from(cipher.tag, 'base64')]
  if (iv.length !== 12 || tag.length !== 16) return { ok: false, reason: 'damaged-key' }
  const decipher = createDecipheriv('aes-256-gcm', await derive(passphrase, kdf), iv).setAAD(bound(kdf)).setAuthTag(tag)
  const opened = decipher.update(Buffer.from(key, 'base64'))
  try {
    return { ok: true, key: Buffer.concat([opened, decipher.final()]) }
  } catch {
    return { ok: false, reason: 'wrong-passphrase' }
  }
}

/** The parameters are authenticated with the key, so that they cannot be weakened unnoticed. */
function bound(kdf: KeyEnvelope['kdf']): Uint8Array {
  return Buffer.from(`muster-key-1 ${kdf.name} ${kdf.cost} ${kdf.blockSize} ${kdf.parallelization} ${kdf.salt}`)
}

function derive(passphrase: string, kdf: KeyEnvelope['kdf']): Promise<Buffer> {
  const { cost, blockSize, parallelization } = kdf
  // The same passphrase typed on another keyboard may arrive in another Unicode form.
  const secret = Buffer.from(passphrase.normalize('NFKC'))
  const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize }
  return new Promise((resolve, reject) => {
    scrypt(secret, Buffer.from(kdf.salt, 'base64'), 32, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}
