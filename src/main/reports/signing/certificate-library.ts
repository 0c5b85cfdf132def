// @peculiar/x509 needs the reflect polyfill before it is loaded, and both libraries must be told to use Node's own cryptography.
// Importing this file first is the one place where that order is kept.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import * as pkijs from 'pkijs'

// Node and the DOM each declare the Web Cryptography types, and the libraries mean the DOM's. One cast here, by the libraries' own
// parameter types, keeps the code the same whichever of the two the compiler was given.
type LibraryCrypto = ConstructorParameters<typeof pkijs.CryptoEngine>[0]['crypto']
type LibraryKey = Parameters<InstanceType<typeof pkijs.SignedData>['sign']>[0]

const nodeCrypto = webcrypto as unknown as LibraryCrypto

x509.cryptoProvider.set(nodeCrypto)
pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: nodeCrypto }))

export function libraryKey(key: webcrypto.CryptoKey): LibraryKey {
  return key as unknown as LibraryKey
}

export { pkijs, x509 }
