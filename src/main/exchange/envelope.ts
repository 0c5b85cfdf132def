// The age format as the envelope: https://age-encryption.org/v1. The age command-line tool opens what is written here.
import { randomInt } from 'node:crypto'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'

/** Whom a file is encrypted to, and with what it is opened. */
export type Lock = { readonly recipient: string } | { readonly passphrase: string }
/** `identity`: one or several, one a line. */
export type Key = { readonly identity: string } | { readonly passphrase: string }

/** Passphrases are made here with 148 bits of chance, so guessing needs no slowing down; opening hundreds of packets does need to be quick. */
const workFactor = 10
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

export async function encrypt(plain: Uint8Array, lock: Lock): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  if ('recipient' in lock) encrypter.addRecipient(lock.recipient)
  else {
    encrypter.setPassphrase(lock.passphrase)
    encrypter.setScryptWorkFactor(workFactor)
  }
  return encrypter.encrypt(plain)
}

/** Throws where the key does not fit or the file was changed. */
export async function decrypt(file: Uint8Array, key: Key): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  if ('identity' in key) for (const identity of key.identity.split('\n')) decrypter.addIdentity(identity)
  else decrypter.addPassphrase(key.passphrase)
  return decrypter.decrypt(file)
}

export async function newIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** Six groups of five letters and digits that are not mistaken for each other, to be told by voice: 148 bits. */
export function newPassphrase(): string {
  const group = (): string => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 6 }, group).join('-')
}
