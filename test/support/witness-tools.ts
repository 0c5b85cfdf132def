// Independent witnesses (openssl, pdfsig, qpdf …). `npm test` must run on a machine that has none of them, so a missing tool skips
// the test and says why; with MUSTER_WITNESSES=required (as .ci/run sets it) it fails instead.
import { spawnSync } from 'node:child_process'
import { test } from 'vitest'
import type { TestContext } from 'vitest'

/** Which Debian package brings which tool. */
const PACKAGES = {
  openssl: 'openssl', pdfsig: 'poppler-utils', pdfdetach: 'poppler-utils', pdftotext: 'poppler-utils', pdfinfo: 'poppler-utils',
    pdffonts: 'poppler-utils',
  pdftoppm: 'poppler-utils', qpdf: 'qpdf', certutil: 'libnss3-tools', sqlite3: 'sqlite3',
} as const

export type WitnessTool = keyof typeof PACKAGES

/** A test that needs tools from outside. Use in files named `*.witness.test.ts`. */
export function witnessTest(name: string, tools: readonly WitnessTool[], body: (context: TestContext) => Promise<void> | void): void {
  const missing = tools.filter((tool) => !isInstalled(tool))
  if (missing.length === 0) {
    test(name, body)
    return
  }
  const packages = [...new Set(missing.map((tool) => PACKAGES[tool]))].join(', ')
  const reason = `${missing.join(', ')} not found: install the package ${packages}`
  if (process.env['MUSTER_WITNESSES'] === 'required') {
    test(name, () => {
      throw new Error(`The witness is required here, but ${reason}`)
    })
    return
  }
  process.stderr.write(`skipped "${name}": ${reason}\n`)
  test(`${name} (${reason})`, ({ skip }) => skip(reason))
}

/** For what has other needs as well: false where a tool is missing, after saying so; with MUSTER_WITNESSES=required that is a failure. */
export function hasTools(tools: readonly WitnessTool[]): boolean {
  const missing = tools.filter((tool) => !isInstalled(tool))
  if (missing.length === 0) return true
  if (process.env['MUSTER_WITNESSES'] === 'required') throw new Error(`${missing.join(', ')} required here and not found`)
  process.stderr.write(`Skipped: ${missing.join(', ')} not found.\n`)
  return false
}

function isInstalled(tool: WitnessTool): boolean {
  // Every one of these answers to some spelling of "tell your version"; only that it starts matters.
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined
}

export type WitnessAnswer = { status: number | null; output: string }

/** Runs a tool and returns everything it said: some, like pdfsig, exit with 0 whatever they find. */
export function runWitness(tool: WitnessTool | 'sh', parameters: readonly string[], options: { cwd?: string } = {}): WitnessAnswer {
  const result = spawnSync(tool, parameters, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' }, ...options })
  return { status: result.status, output: `${result.stdout}${result.stderr}` }
}
