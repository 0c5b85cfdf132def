import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { BundleCheck } from '../../src/main/reports/bundle/bundle-checks.ts'
import { verifyBundle } from '../../src/main/reports/bundle/verify-bundle.ts'
import { VERIFIER } from './sample-bundle.ts'

export type BothOptions = { readonly rootPem: string; readonly scratch: string; readonly seen?: readonly string[] }

/**
 * Asks Muster's verifier and the stand-alone one, started as an auditor would start it, and insists that they agree on every check.
 * `scratch`: a folder outside the bundle for root.pem and the checkpoints.
 */
export async function verifyBoth(bundle: string, { rootPem, scratch, seen = [] }: BothOptions): Promise<readonly BundleCheck[]> {
  const rootPath = join(scratch, 'root-to-trust.pem')
  writeFileSync(rootPath, rootPem)
  const seenPaths = seen.map((text, index) => {
    const path = join(scratch, `seen-${index}`)
    writeFileSync(path, text)
    return path
  })
  const parameters = [VERIFIER, bundle, rootPath, '--json', ...seenPaths.flatMap((path) => ['--seen', path])]
  const alone = spawnSync(process.execPath, parameters, { encoding: 'utf8', maxBuffer: 1 << 26 })
  expect(alone.stderr).toBe('')
  const answer = JSON.parse(alone.stdout) as { passed: boolean; checks: BundleCheck[] }
  const verdict = await verifyBundle(bundle, { rootPem, now: new Date(), seen: seen.map((text, index) => ({ name: `seen-${index}`, text })) })
  if (!verdict.ok) throw new Error(verdict.detail)
  expect(outcomes(answer.checks), 'verify.mjs and verify-bundle.ts differ').toEqual(outcomes(verdict.checks))
  expect(answer.checks.map(({ title }) => title)).toEqual(verdict.checks.map(({ title }) => title))
  expect(answer.passed).toBe(verdict.hasPassed)
  expect(alone.status).toBe(verdict.hasPassed ? 0 : 1)
  return verdict.checks
}

export function outcomes(checks: readonly BundleCheck[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ code, outcome }) => [code, outcome]))
}

export function failed(checks: readonly BundleCheck[]): string[] {
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ code }) => code)
}
