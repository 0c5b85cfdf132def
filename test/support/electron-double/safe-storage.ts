import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'

// Stands for the keyring of whoever is logged in: what one user protected, only the same user reveals.
const key = createHash('sha256').update(`keyring of ${userInfo().username}`).digest()

export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => process.env['MUSTER_DOUBLE_KEYRING'] ?? 'gnome_libsecret',
  encryptString: (text: string): Buffer => {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  },
  decryptString: (sealed: Buffer): string => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')
  },
}
