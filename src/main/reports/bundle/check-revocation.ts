// Signatures against the organisation's revocation lists: what was signed before a certificate was revoked stands, what came after does not.
import { X509Certificate } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { certificatesIn } from '../signing/certificate-files.ts'
import { fingerprint } from '../signing/certificates.ts'
import { wayToRoot } from '../signing/chain.ts'
import { readRevocationList, revocationOf, stateOfLists, type RevokedCertificate } from '../signing/revocation.ts'
import type { Trust } from '../signing/verify-cms.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES, formerListFile } from './bundle-format.ts'
import type { WalkedLog } from './check-events.ts'
import type { ToldLists } from './told-lists.ts'

/** A signature that holds: of what, with which certificate (DER), and when, as the log or the list of files says. */
export type MadeSignature = { readonly what: string; readonly certificate: Uint8Array; readonly at: string }

/** A list another person handed over; `name` is how it is called in what is told. */
export type GivenList = { readonly name: string; readonly text: string }

/** A list of the bundle. `root`: the fingerprint of the former root it is of; null = of whichever is trusted. */
type OwnList = GivenList & { readonly root: string | null }

/** A list gives whole seconds: within the second nobody can say which came first, and the signature is believed. */
const SECOND_MS = 1000

export async function checkRevocation(
  folder: string, signatures: readonly MadeSignature[], { trust, given, log }: { trust: Trust; given: readonly GivenList[]; log: WalkedLog }, checks: CheckList,
): Promise<void> {
  const own = await ownLists(folder)
  const faults = [...takenBack(signatures, log), ...otherThanTold(own, log.lists)]
  const roots = trust.root === undefined ? [] : [trust.root, ...(trust.formerRoots ?? [])]
  if (roots.length === 0 && faults.length === 0) return checks.skip('revocation', 'no root certificate was given, so no list of revoked certificates could be relied on')
  const lists: readonly OwnList[] = [...own, ...given.map((list) => ({ ...list, root: null }))]
  if (lists.length === 0 && faults.length === 0 && log.retiredKeys.size > 0) {
    const told = log.retiredKeys.size === 1 ? 'a key that was taken back' : `${log.retiredKeys.size} keys that were taken back`
    return checks.skip('revocation', `the log tells of ${told}, but the list of revoked certificates is not here: ask for it`)
  }
  const between = certificatesIn(await readFile(join(folder, NAMES.intermediates), 'utf8').catch(() => ''))
  const notes: string[] = []
  for (const { name, text, root } of roots.length === 0 ? [] : lists) {
    const under = root === null ? roots : roots.filter((one) => fingerprint(one) === root)
    // Of a root nobody vouched for here: signatures that lead to it do not hold anyway.
    if (under.length === 0) {
      notes.push(`${name} was not read: the former root it is of was not given`)
      continue
    }
    const authorities = [...under, ...between.filter((authority) => under.some((one) => wayToRoot(authority, one, between) !== undefined))]
    const entries = await readRevocationList(text, authorities)
    if (entries === undefined) faults.push(`${name} is not a revocation list of ${root === null ? 'this organisation' : 'the former root it is named after'}`)
    else for (const signature of signatures) judge(signature, entries, { faults, notes })
  }
  const seen = lists.length === 0 ? 'nobody\'s key had been taken back' : `${signatures.length} signatures`
  checks.judge('revocation', [...new Set(faults)], [seen, ...new Set(notes)].join('; '))
}

async function ownLists(folder: string): Promise<readonly OwnList[]> {
  const read = (name: string): Promise<string | undefined> => readFile(join(folder, name), 'utf8').catch(() => undefined)
  const names = await readdir(join(folder, dirname(formerListFile('')))).catch(() => [])
  const former = names.flatMap((name) => /^([0-9a-f]{64})\.pem$/.exec(name)?.[1] ?? []).sort()
  const files = [{ name: NAMES.revocationList as string, root: null }, ...former.map((root) => ({ name: formerListFile(root), root }))]
  const lists = await Promise.all(files.map(async ({ name, root }) => ({ name, root, text: await read(name) })))
  return lists.flatMap(({ name, root, text }) => (text === undefined ? [] : [{ name, root, text }]))
}

function takenBack(signatures: readonly MadeSignature[], log: WalkedLog): string[] {
  return signatures.flatMap(({ what, certificate, at }) => {
    const retired = log.retiredKeys.get(fingerprint(certificate))
    return retired !== undefined && at > retired.at ? [`${what} was signed after event ${retired.seq} had taken its key back`] : []
  })
}

/** Root's own signature does not make a list the right one: an older one is signed as well. The log tells which it was. */
function otherThanTold(own: readonly OwnList[], { present, former }: ToldLists): string[] {
  const told = [
    ...(present === undefined ? [] : [{ name: NAMES.revocationList as string, list: present }]),
    ...[...former].map(([root, list]) => ({ name: formerListFile(root), list })),
  ]
  return told.flatMap(({ name, list: { seq, sha256 } }) => {
    const found = own.find((one) => one.name === name)
    if (found === undefined) return [`${name}, the list of revoked certificates that event ${seq} tells of, is missing`]
    return stateOfLists(found.text).sha256 === sha256 ? [] : [`${name} is not the list of revoked certificates that event ${seq} tells of, but an older or another one`]
  })
}

function judge({ what, certificate, at }: MadeSignature, entries: readonly RevokedCertificate[], said: { faults: string[]; notes: string[] }): void {
  const entry = revocationOf(certificate, entries)
  if (entry === undefined) return
  const since = entry.at.toISOString().slice(0, 19)
  const who = /^CN=(.*)$/m.exec(new X509Certificate(certificate).subject)?.[1] ?? 'its signer'
  if (Date.parse(at) >= entry.at.getTime() + SECOND_MS) said.faults.push(`${what} was signed on ${at.slice(0, 19)}, after the certificate of ${who} had been revoked on ${since}`)
  else said.notes.push(`${what} stands: the certificate of ${who} was revoked later, on ${since}${entry.why === 'compromised' ? ', as somebody else may have its key' : ''}`)
}
