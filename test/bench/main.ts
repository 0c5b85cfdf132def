import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decisionsBench } from './benches/decisions.ts'
import { faithfulnessBench } from './benches/faithfulness.ts'
import { importBench } from './benches/import.ts'
import { injectionBench } from './benches/injection.ts'
import { liveTenantBench } from './benches/live-tenant.ts'
import { pdfBench } from './benches/pdf.ts'
import { scoringBench } from './benches/scoring.ts'
import { sodBench } from './benches/sod.ts'
import { screenReadsBench } from './benches/screen-reads.ts'
import { verificationBench } from './benches/verification.ts'
import { runFileBench } from './file-benches.ts'
import { helpText } from './help.ts'
import { describeMachine } from './machine.ts'
import { parseOptions, type BenchOptions } from './options.ts'
import { headingOf, machineMarkdown, machineText, markdownOf, tableOf } from './print.ts'
import type { Bench, Result } from './result.ts'
import { stepRunner } from './run-step.ts'

const benches: readonly Bench[] = [importBench, liveTenantBench, scoringBench, sodBench, decisionsBench, pdfBench, verificationBench, screenReadsBench, faithfulnessBench, injectionBench]

const fileBenchExit = await runFileBench(process.argv.slice(2))
const options = parseOptions(fileBenchExit === undefined ? process.argv.slice(2) : [], benches.map(({ name }) => name))
if (fileBenchExit !== undefined) {
  process.exitCode = fileBenchExit
} else if ('fault' in options) {
  console.error(`${options.fault}\nnpm run bench -- --help says what can be asked.`)
  process.exitCode = 2
} else if (options.wantsHelp) {
  console.log(helpText(benches))
} else {
  process.exitCode = (await runAll(options)) ? 0 : 1
}

/** True when everything could be measured. */
async function runAll(wanted: BenchOptions): Promise<boolean> {
  const { output } = wanted
  mkdirSync(wanted.folder, { recursive: true })
  const machine = describeMachine(wanted.folder)
  // With --json, lines for programs go to stdout and the table for people to stderr.
  const people = output === 'json' ? console.error : console.log
  if (output === 'json') console.log(JSON.stringify({ machine, size: wanted.size }))
  people(output === 'markdown' ? machineMarkdown(machine, commandLine()) : machineText(machine))
  const chosen = benches.filter(({ name }) => wanted.only.length === 0 || wanted.only.includes(name))
  const start = performance.now()
  let isWhole = true
  for (const bench of chosen) {
    const results = await runOne(bench, wanted)
    if (results.some(({ failed }) => failed !== undefined)) isWhole = false
    if (output === 'markdown') people(`\n### ${headingOf(bench)}\n\n${bench.about}\n\n${markdownOf(results)}`)
    else people(`\n${headingOf(bench)}\n${tableOf(results)}`)
  }
  people(`\n${output === 'markdown' ? 'All of it took' : 'Took'} ${Math.round((performance.now() - start) / 1000)} s.`)
  return isWhole
}

async function runOne(bench: Bench, wanted: BenchOptions): Promise<readonly Result[]> {
  const steps = stepRunner({ profileFolder: wanted.profileFolder === null ? null : resolve(wanted.profileFolder) })
  const folder = mkdtempSync(join(resolve(wanted.folder), 'muster-bench-'))
  const clear = (): void => rmSync(folder, { recursive: true, force: true })
  const stop = (): void => {
    steps.stop()
    clear()
    process.exit(130)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const results: Result[] = []
  const report = (result: Omit<Result, 'bench'>): void => {
    results.push({ bench: bench.name, ...result })
    if (wanted.output === 'json') console.log(JSON.stringify({ bench: bench.name, ...result }))
  }
  try {
    await bench.run(wanted.size, folder, async (name, input) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${bench.name}: ${name}…`)
      const result = await steps.run(name, input)
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      return result
    }, report)
  } catch (error) {
    report({ what: 'the rest of this bench', size: wanted.size, failed: error instanceof Error ? error.message : String(error) })
    console.error(error instanceof Error ? (error.cause ?? error) : error)
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    clear()
  }
  return results
}

function commandLine(): string {
  const given = process.argv.slice(2)
  return `npm run bench${given.length === 0 ? '' : ` -- ${given.join(' ')}`}`
}
