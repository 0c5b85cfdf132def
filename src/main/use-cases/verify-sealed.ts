import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Reports, Signing } from './context.ts'
import { Refusal, type Watch } from './context.ts'

export interface Verification {
  readonly bundle: string
  readonly isValid: boolean
  readonly checks: { code: string; title: string; outcome: 'passed' | 'failed' | 'not-checked'; detail: string }[]
}

/** What verifying needs: no workspace, no database. `keys` is the folder whose root, and those it replaced, are trusted when the caller names none. */
export interface Verifying {
  readonly reports: Pick<Reports, 'verifyBundle'>
  readonly signing: Pick<Signing, 'trustedRoots' | 'certificatesToPem'>
  readonly keys: string | null
  /** Certificates of the time authority this workspace believes, for whoever names none. */
  readonly timeRootsPem?: string
  readonly now: () => string
}

/** `seen`: checkpoints, `lists`: revocation lists, `tsa`: certificate of a time authority; all paths of files. */
export interface VerifyInput {
  readonly bundle: string
  readonly root: string | null
  readonly seen: readonly string[]
  readonly tsa?: string | null
  readonly lists?: readonly string[]
}

/** Checks a bundle against a root certificate and checkpoints seen earlier, all read from files. */
export async function verifySealed(
  verifying: Verifying, input: VerifyInput, watch?: Watch,
): Promise<Verification> {
  const bundle = resolve(input.bundle)
  const own = input.root === null && verifying.keys !== null ? await verifying.signing.trustedRoots(verifying.keys) : []
  const ownRoot = own.length === 0 ? undefined : verifying.signing.certificatesToPem(own)
  const rootPem = input.root === null ? ownRoot : await textOf(input.root, 'root certificate')
  const seen = await Promise.all(input.seen.map(async (path) => ({ name: basename(path), text: await textOf(path, 'checkpoint') })))
  const lists = await Promise.all((input.lists ?? []).map(async (path) => ({ name: basename(path), text: await textOf(path, 'revocation list') })))
  const timeRootsPem = input.tsa == null ? (verifying.timeRootsPem ?? '') : await textOf(input.tsa, 'certificate of the time authority')
  const verdict = await verifying.reports.verifyBundle(bundle, {
    seen, lists, now: new Date(verifying.now()), ...(rootPem === undefined ? {} : { rootPem }), ...(timeRootsPem === '' ? {} : { timeRootsPem }),
    between: (step, share) => {
      watch?.signal.throwIfAborted()
      watch?.onProgress({ step, share })
    },
  })
  if (!verdict.ok) throw new Refusal(verdict.reason === 'not-a-bundle' ? 'not-found' : 'invalid', `${verdict.detail}.`)
  return { bundle, isValid: verdict.hasPassed, checks: verdict.checks.map((check) => ({ ...check })) }
}

async function textOf(path: string, what: string): Promise<string> {
  try {
    return await readFile(resolve(path), 'utf8')
  } catch {
    throw new Refusal('not-found', `The ${what} ${path} cannot be read.`)
  }
}
