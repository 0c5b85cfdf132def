import { relative, resolve } from 'node:path'
import type { Cli } from '../cli.ts'
import { demoFolder } from '../demo/demo-folder.ts'
import { runDemo, type DemoResult } from '../demo/run-demo.ts'
import { CommandRefusal } from '../failure.ts'
import { printable } from '../terminal-text.ts'

interface Options {
  readonly seed: string
  readonly people: string
  readonly fresh?: boolean
}

const whole = (text: string, option: string, least: number, most: number): number => {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw new CommandRefusal(`${option} is a whole number from ${least} to ${most}, not "${text}".`)
  return value
}

/** The day on this machine's calendar. */
const today = (): string => {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

const closing = (result: DemoResult, shown: (path: string) => string): readonly string[] => {
  const checks = result.verification.checks
  const titlesOf = (outcome: 'passed' | 'not-checked'): readonly string[] => checks.filter((check) => check.outcome === outcome).map((check) => check.title)
  const notChecked = titlesOf('not-checked')
  return [
    '',
    result.verification.isValid ? `Verified bundle (${titlesOf('passed').length} checks passed, none failed):` : 'The bundle did NOT verify (NOT VALID):',
    `  ${shown(result.bundle)}`,
    ...checks.filter((check) => check.outcome === 'failed').map((check) => `  FAILED ${check.title}: ${check.detail}`),
    ...notChecked.map((title) => `  not checked here: ${title}`),
    '',
    'Check it without Muster (any Node; other ways in its VERIFY.txt):',
    `  node ${shown(result.bundle)}/verify.mjs ${shown(result.bundle)} ${shown(result.root)}`,
    '',
    'Open the app on it, as a manager with a queue to try and as the officer:',
    `  npx muster serve --workspace ${shown(result.workspace)} --as ${result.tryAs} --as compliance.officer@norrvale.example`,
    '  (or: npm run web)',
  ]
}

export const addDemo = ({ program, doing }: Cli): void => {
  program
    .command('demo')
    .argument('[dir]', 'a new folder', 'muster-demo')
    .description('the whole job on an invented organisation: files, advice, campaign, decisions, sealed and verified evidence')
    .option('--seed <n>', 'another organisation for another number', '2026')
    .option('--people <n>', 'how many people it has', '400')
    .option('--fresh', 'replace a demo made before')
    .addHelpText('after', `
Examples:
  $ muster demo
  $ muster demo /tmp/other --seed 7 --people 900 --as-of 2026-03-31`)
    .action(doing<Options>(async (invocation, [dir = 'muster-demo'], options) => {
      const { terminal, globals } = invocation
      const demo = demoFolder(resolve(terminal.cwd, dir))
      const say = (text: string): void => (globals.isJson ? undefined : terminal.out(`${printable(text)}\n`))
      const result = await runDemo(invocation, demo, {
        seed: whole(options.seed, '--seed', 0, 4_294_967_295), people: whole(options.people, '--people', 20, 200_000),
        asOf: globals.asOf ?? today(), isFresh: options.fresh === true,
      }, say)
      const shown = (path: string): string => {
        const near = relative(terminal.cwd, path)
        return near !== '' && !near.startsWith('..') ? near : path
      }
      return { json: result, lines: closing(result, shown), isFailed: !result.verification.isValid }
    }))
}
