import { X509Certificate } from 'node:crypto'
import { certificatesIn } from './reports/signing/certificate-files.ts'
import { fingerprint } from './reports/signing/certificates.ts'
import { askAuthority, authorityAddress } from './reports/time-stamp/ask-authority.ts'
import { requestForBundle, signedListOf, stampBundle, timeOfBundle } from './reports/time-stamp/bundle-stamp.ts'
import type { TimeStamps } from './use-cases/context.ts'

/** Asking time authorities, and taking their word from files. */
export const timeStamps: TimeStamps = {
  addressOf: authorityAddress,
  ask: (address, content, trust, signal) => askAuthority((url, init) => fetch(url, init), address, content, trust, signal),
  certificatesIn,
  describe: (der) => {
    const { subject } = new X509Certificate(der)
    return { name: /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', '), fingerprint: fingerprint(der) }
  },
  requestFor: requestForBundle,
  signedListOf,
  timeOf: timeOfBundle,
  stampBundle,
}
