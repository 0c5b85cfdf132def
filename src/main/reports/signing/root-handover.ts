// A root that was replaced names the next one: a sentence with both fingerprints, signed by an officer under each. keys/handovers.json holds them, the
// oldest first; packets carry them to whoever pinned a former root.
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { handoverSentence, mostHandovers, rootHandover, type RootHandover } from '../../../shared/model/root-handover.ts'
import { certificateFromPem, certificateToPem, fingerprint } from './certificates.ts'
import { keepIntermediates } from './chain.ts'
import { certificatesIn } from './certificate-files.ts'
import { readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import { keepRetired } from './retired.ts'
import { signContent } from './sign-cms.ts'
import type { Signer } from './signer.ts'
import { readRoot } from './unlock-key.ts'
import { verifyContent } from './verify-cms.ts'

const pathOf = (keysFolder: string): string => join(keysFolder, 'handovers.json')

export async function readHandovers(keysFolder: string): Promise<readonly RootHandover[]> {
  const text = await readTextIfThere(pathOf(keysFolder))
  try {
    return text === undefined ? [] : z.array(rootHandover).parse(JSON.parse(text))
  } catch {
    return []
  }
}

/** `former` signs under the former root, `next` under the root that is here now. */
export async function keepHandover(keysFolder: string, formerRoot: string, former: Signer, next: Signer, now: Date): Promise<void> {
  const root = await readRoot(keysFolder)
  if (root === undefined || root.fingerprint === formerRoot) return
  const named = { former: formerRoot, root: root.fingerprint, at: now.toISOString() }
  const sign = async (signer: Signer): Promise<string> => Buffer.from(await signContent(Buffer.from(handoverSentence(named)), signer)).toString('base64')
  const handover: RootHandover = { ...named, rootPem: root.pem, underFormer: await sign(former), underNew: await sign(next) }
  const all = [...(await readHandovers(keysFolder)), handover].slice(-mostHandovers)
  await writeFileAtomically(pathOf(keysFolder), `${JSON.stringify(all, null, 2)}\n`)
}

/** Whether an unbroken row of handovers leads from one root to the other, each signed by an officer under both. */
export function isHandedOver(formerPem: string, nextPem: string, handovers: readonly RootHandover[], now: Date): boolean {
  const wanted = certificateFromPem(nextPem)
  let current = certificateFromPem(formerPem)
  for (let steps = 0; steps <= mostHandovers; steps += 1) {
    if (wanted === undefined || current === undefined) return false
    if (fingerprint(current) === fingerprint(wanted)) return steps > 0
    const from = current
    current = handovers.map((one) => nextOf(from, one, now)).find((next) => next !== undefined)
  }
  return false
}

function nextOf(former: Uint8Array, handover: RootHandover, now: Date): Uint8Array | undefined {
  const next = certificateFromPem(handover.rootPem)
  if (next === undefined || handover.former !== fingerprint(former) || handover.root !== fingerprint(next)) return undefined
  const isSigned = (cms: string, root: Uint8Array): boolean => {
    const verdict = verifyContent(handoverSentence(handover), Buffer.from(cms, 'base64'), { root, at: now })
    return verdict.ok && new X509Certificate(verdict.signer).subject.split('\n').includes('OU=officer')
  }
  return isSigned(handover.underFormer, former) && isSigned(handover.underNew, next) ? next : undefined
}

/** Takes the next root in the pinned one's place; the former stays known. Only after `isHandedOver` and a person's word. */
export async function pinNextRoot(keysFolder: string, pem: string): Promise<void> {
  const [former, next] = [await readRoot(keysFolder), certificateFromPem(pem)]
  if (next === undefined) throw new Error('the next root is no certificate')
  if (former !== undefined) await keepRetired(keysFolder, former.certificate, 'root')
  await writeFileAtomically(rootPaths(keysFolder).certificate, certificateToPem(next))
}

/** The authorities between the root and people, as a packet brings them. */
export async function keepAuthorities(keysFolder: string, pem: string): Promise<void> {
  await keepIntermediates(keysFolder, certificatesIn(pem))
}
