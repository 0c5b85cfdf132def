import { expect } from 'vitest'
import type { BundleCheck } from '../../src/main/reports/bundle/bundle-checks.ts'
import { verifyBundle } from '../../src/main/reports/bundle/verify-bundle.ts'
import { VERIFIER } from './sample-bundle.ts'

type Given = { readonly name: string; readonly text: string }
type Alone = {
  verifyBundle: (folder: string, options: { rootPem: string; seen: Given[]; lists: Given[]; timeRootsPem: string | undefined }) => Promise<BundleCheck[]>
}

const alone = (await import(VERIFIER)) as Alone

/** File of the thread that reads a large bundle's files. */
export const READER = new URL('../../src/main/reports/bundle/reader-thread.ts', import.meta.url)

export type BothOptions = {
  readonly rootPem: string
  readonly seen?: readonly string[]
  /** Revocation lists newer than the bundle's, and certificates of trusted time authorities. */
  readonly lists?: readonly string[]
  readonly timeRootsPem?: string
  readonly onlyVerdict?: boolean
}

/** Asks Muster's verifier and the stand-alone one, and insists that they agree on every check (`onlyVerdict`: on the whole). */
export async function verifyBoth(bundle: string, options: BothOptions): Promise<readonly BundleCheck[]> {
  const seen = (options.seen ?? []).map((text, index) => ({ name: `seen-${index}`, text }))
  const lists = (options.lists ?? []).map((text, index) => ({ name: `list-${index}`, text }))
  const { rootPem, timeRootsPem } = options
  const verdict = await verifyBundle(bundle, { rootPem, seen, lists, now: new Date(), thread: READER, ...(timeRootsPem === undefined ? {} : { timeRootsPem }) })
  if (!verdict.ok) throw new Error(verdict.detail)
  const answer = await alone.verifyBundle(bundle, { rootPem, seen, lists, timeRootsPem })
  if (options.onlyVerdict === true) expect(failed(answer).length === 0).toBe(failed(verdict.checks).length === 0)
  else expect(outcomes(answer), 'verify.mjs and verify-bundle.ts differ').toEqual(outcomes(verdict.checks))
  expect(answer.map(({ code, title }) => [code, title])).toEqual(verdict.checks.map(({ code, title }) => [code, title]))
  expect(verdict.hasPassed).toBe(failed(verdict.checks).length === 0)
  return verdict.checks
}

export function outcomes(checks: readonly BundleCheck[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ code, outcome }) => [code, outcome]))
}

export function failed(checks: readonly BundleCheck[]): string[] {
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ code }) => code)
}
