// Signatures against the organisation's revocation lists: what was signed before a certificate was revoked stands, what came after does not.
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { certificatesIn } from '../signing/certificate-files.ts'
import { fingerprint } from '../signing/certificates.ts'
import { readRevocationList, revocationOf, type RevokedCertificate } from '../signing/revocation.ts'
import type { Trust } from '../signing/verify-cms.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES } from './bundle-format.ts'
import type { WalkedLog } from './check-events.ts'

/** A signature that holds: of what, with which certificate (DER), and when, as the log or the list of files says. */
export type MadeSignature = { readonly what: string; readonly certificate: Uint8Array; readonly at: string }

/** A list another person handed over; `name` is how it is called in what is told. */
export type GivenList = { readonly name: string; readonly text: string }

/** A list gives whole seconds: within the second nobody can say which came first, and the signature is believed. */
const SECOND_MS = 1000

export async function checkRevocation(
  folder: string, signatures: readonly MadeSignature[], { trust, given, log }: { trust: Trust; given: readonly GivenList[]; log: WalkedLog }, checks: CheckList,
): Promise<void> {
  const takenBack = signatures.flatMap(({ what, certificate, at }) => {
    const retired = log.retiredKeys.get(fingerprint(certificate))
    return retired !== undefined && at > retired.at ? [`${what} was signed after event ${retired.seq} had taken its key back`] : []
  })
  const { root } = trust
  if (root === undefined && takenBack.length === 0) return checks.skip('revocation', 'no root certificate was given, so no list of revoked certificates could be relied on')
  const own = await readFile(join(folder, NAMES.revocationList), 'utf8').catch(() => undefined)
  const lists = [...(own === undefined ? [] : [{ name: NAMES.revocationList, text: own }]), ...given]
  if (lists.length === 0 && takenBack.length === 0 && log.retiredKeys.size > 0) {
    const told = log.retiredKeys.size === 1 ? 'a key that was taken back' : `${log.retiredKeys.size} keys that were taken back`
    return checks.skip('revocation', `the log tells of ${told}, but the list of revoked certificates is not here: ask for it`)
  }
  const intermediates = certificatesIn(await readFile(join(folder, NAMES.intermediates), 'utf8').catch(() => ''))
  const faults = [...takenBack]
  const notes: string[] = []
  for (const { name, text } of root === undefined ? [] : lists) {
    const entries = await readRevocationList(text, root ?? new Uint8Array(0), [...(trust.formerRoots ?? []), ...intermediates])
    if (entries === undefined) faults.push(`${name} is not a revocation list of this organisation`)
    else for (const signature of signatures) judge(signature, entries, { faults, notes })
  }
  const seen = lists.length === 0 ? 'nobody\'s key had been taken back' : `${signatures.length} signatures`
  checks.judge('revocation', [...new Set(faults)], [seen, ...new Set(notes)].join('; '))
}

function judge({ what, certificate, at }: MadeSignature, entries: readonly RevokedCertificate[], said: { faults: string[]; notes: string[] }): void {
  const entry = revocationOf(certificate, entries)
  if (entry === undefined) return
  const since = entry.at.toISOString().slice(0, 19)
  const who = /^CN=(.*)$/m.exec(new X509Certificate(certificate).subject)?.[1] ?? 'its signer'
  if (Date.parse(at) >= entry.at.getTime() + SECOND_MS) said.faults.push(`${what} was signed on ${at.slice(0, 19)}, after the certificate of ${who} had been revoked on ${since}`)
  else said.notes.push(`${what} stands: the certificate of ${who} was revoked later, on ${since}${entry.why === 'compromised' ? ', as somebody else may have its key' : ''}`)
}
