import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSecretStore, secretVariable, type SecretStore, type SystemVault } from '../../src/main/secrets/secret-store.ts'

const entra = { id: 3, name: 'Entra prod' }
const secret = 'very-secret-Ünïcode-🗝'
let folder = ''

beforeEach(() => { folder = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'secrets') })
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const storeOf = (given: { vault?: SystemVault; env?: Record<string, string>; key?: Uint8Array | null } = {}): SecretStore =>
  createSecretStore({ folder, env: given.env ?? {}, vault: given.vault ?? null, key: given.key ?? null })

/** Stands for the operating system: what it protected it reveals, for one user. */
const vaultOf = (user: string): SystemVault => ({
  protect: async (text) => `${user}:${Buffer.from(text).toString('hex')}`,
  reveal: async (text) => {
    if (!text.startsWith(`${user}:`)) throw new Error('not yours')
    return Buffer.from(text.slice(user.length + 1), 'hex').toString()
  },
})

const everyByte = (): string => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1')).join('\n')

describe('a file of secrets under a passphrase', () => {
  test('keeps what it was given, for a later start that knows the passphrase', async () => {
    const store = storeOf()
    expect(await store.state()).toEqual({ keptIn: 'passphrase-file', isOpen: false, exists: false })
    expect(await store.open('correct horse')).toEqual({ keptIn: 'passphrase-file', isOpen: true, exists: true })
    await store.save(entra, 'client-secret', secret)
    const later = storeOf()
    expect((await later.state()).isOpen).toBe(false)
    await later.open('correct horse')
    expect(await later.read(entra, 'client-secret')).toBe(secret)
    expect(await later.read(entra, 'api-token')).toBeNull()
  })

  test('says that it is locked, and that a passphrase is wrong, and keeps everything', async () => {
    const store = storeOf()
    await store.open('right')
    await store.save(entra, 'client-secret', secret)
    const later = storeOf()
    await expect(later.read(entra, 'client-secret')).rejects.toMatchObject({ code: 'locked' })
    await expect(later.save(entra, 'client-secret', 'other')).rejects.toMatchObject({ code: 'locked' })
    await expect(later.open('wrong')).rejects.toMatchObject({ code: 'wrong-passphrase' })
    await later.open('right')
    expect(await later.read(entra, 'client-secret')).toBe(secret)
  })

  test('leaves no readable trace on disk, and lets only its owner read the files', async () => {
    const store = storeOf()
    await store.open('right')
    await store.save(entra, 'client-secret', secret)
    expect(everyByte()).not.toContain(secret)
    expect(everyByte()).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12))
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077).toBe(0)
  })

  test('a secret moved to another source\'s place, or changed by one byte, is refused', async () => {
    const store = storeOf()
    await store.open('right')
    await store.save(entra, 'client-secret', secret)
    renameSync(join(folder, '3-client-secret.json'), join(folder, '4-client-secret.json'))
    await expect(store.read({ id: 4, name: 'other' }, 'client-secret')).rejects.toMatchObject({ code: 'damaged' })
    writeFileSync(join(folder, '3-client-secret.json'), 'not json')
    await expect(store.read(entra, 'client-secret')).rejects.toMatchObject({ code: 'damaged' })
  })

  test('removing a source removes its secrets and nobody else\'s', async () => {
    const store = storeOf()
    await store.open('right')
    await store.save(entra, 'client-secret', secret)
    await store.save({ id: 33, name: 'Okta' }, 'api-token', 'other')
    await store.remove(entra)
    expect(await store.read(entra, 'client-secret')).toBeNull()
    expect(await store.read({ id: 33, name: 'Okta' }, 'api-token')).toBe('other')
  })

  test('a thread gets the opened key and reads on without the passphrase', async () => {
    const store = storeOf()
    await store.open('right')
    await store.save(entra, 'token-cache', secret)
    const thread = storeOf({ key: store.key() })
    expect(await thread.read(entra, 'token-cache')).toBe(secret)
  })
})

describe('the environment', () => {
  test('wins over a file, under a name made from the source and the secret', async () => {
    expect(secretVariable(entra, 'client-secret')).toBe('MUSTER_SECRET_ENTRA_PROD_CLIENT_SECRET')
    const store = storeOf({ env: { MUSTER_SECRET_ENTRA_PROD_CLIENT_SECRET: 'from outside' } })
    expect(await store.state()).toEqual({ keptIn: 'environment', isOpen: true, exists: true })
    expect(await store.read(entra, 'client-secret')).toBe('from outside')
  })

  test('opens the file where nobody can be asked', async () => {
    const first = storeOf({ env: { MUSTER_SECRETS_PASSPHRASE: 'right' } })
    await first.save(entra, 'api-token', secret)
    expect(await storeOf({ env: { MUSTER_SECRETS_PASSPHRASE: 'right' } }).read(entra, 'api-token')).toBe(secret)
    await expect(storeOf({ env: { MUSTER_SECRETS_PASSPHRASE: 'wrong' } }).read(entra, 'api-token')).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })
})

describe('the operating system\'s store', () => {
  test('opens without asking, and only for the user who made it', async () => {
    const store = storeOf({ vault: vaultOf('olga') })
    expect(await store.state()).toEqual({ keptIn: 'operating-system', isOpen: true, exists: false })
    await store.save(entra, 'client-secret', secret)
    expect(await storeOf({ vault: vaultOf('olga') }).read(entra, 'client-secret')).toBe(secret)
    await expect(storeOf({ vault: vaultOf('rui') }).read(entra, 'client-secret')).rejects.toMatchObject({ code: 'elsewhere' })
    await expect(storeOf().read(entra, 'client-secret')).rejects.toMatchObject({ code: 'elsewhere' })
    await expect(storeOf().open('anything')).rejects.toMatchObject({ code: 'elsewhere' })
  })
})
