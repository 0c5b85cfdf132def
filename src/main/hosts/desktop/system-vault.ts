import { safeStorage } from 'electron'

/** Linux without a keyring falls back to a fixed password that protects nothing; then we say that there is no store. */
export const hasSafeVault = (): boolean =>
  safeStorage.isEncryptionAvailable() && (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text')

/** Null: the operating system does not do it (another user, another machine, a locked keyring). */
export const askVault = (ask: 'protect' | 'reveal', text: string): string | null => {
  if (!hasSafeVault()) return null
  try {
    return ask === 'protect' ? safeStorage.encryptString(text).toString('base64') : safeStorage.decryptString(Buffer.from(text, 'base64'))
  } catch {
    return null
  }
}
