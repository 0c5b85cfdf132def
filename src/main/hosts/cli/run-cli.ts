import { Command, CommanderError } from 'commander'
import { cliOn, collect, type Cli } from './cli.ts'
import { addBackup } from './commands/backup.ts'
import { addCampaign } from './commands/campaign.ts'
import { addCalendar } from './commands/calendar.ts'
import { addPassOn } from './commands/campaign-steering.ts'
import { addDecide } from './commands/decide.ts'
import { addDemo } from './commands/demo.ts'
import { addEvidence } from './commands/evidence.ts'
import { addInit } from './commands/init.ts'
import { addInventory } from './commands/inventory.ts'
import { addKeys } from './commands/keys.ts'
import { addLearn } from './commands/learn.ts'
import { addMail } from './commands/mail.ts'
import { addModel } from './commands/model.ts'
import { addPacket } from './commands/packet.ts'
import { addPeople } from './commands/people.ts'
import { addProtect } from './commands/protect.ts'
import { addQueue } from './commands/queue.ts'
import { addTogether } from './commands/together.ts'
import { addRecommend } from './commands/recommend.ts'
import { addRemediation } from './commands/remediation.ts'
import { addServe } from './commands/serve.ts'
import { addSignOff } from './commands/sign-off.ts'
import { addSnapshot } from './commands/snapshot.ts'
import { addSod } from './commands/sod.ts'
import { addSource } from './commands/source.ts'
import { addStatus } from './commands/status.ts'
import { addSync } from './commands/sync.ts'
import { addWorkspace } from './commands/workspace.ts'
import type { Doors } from './doors.ts'
import { failureOf } from './failure.ts'
import { printable, printableJson } from './terminal-text.ts'
import type { Terminal } from './terminal.ts'

/** In the order of the journey, which is the order of the help. */
const groups: readonly ((cli: Cli) => void)[] = [
  addDemo, addInit, addPeople, addKeys, addSource, addSync, addStatus, addInventory, addSnapshot, addSod, addProtect, addLearn, addRecommend, addCampaign, addCalendar, addMail, addPacket, addQueue, addDecide, addTogether, addPassOn,
  addSignOff, addRemediation, addEvidence, addModel, addServe, addBackup, addWorkspace,
]

const epilogue = `
The acting person is the workspace's officer unless --as says otherwise. Passphrases come from --passphrase-file, from
MUSTER_PASSPHRASE or from a hidden prompt, never from an argument.

Exit codes: 0 done · 1 a check failed · 2 usage or configuration · 130 stopped by Ctrl+C

Examples:
  $ muster demo                                       the whole job on an invented organisation
  $ muster init acme --officer olga@acme.example      a workspace of your own
  $ muster status --workspace acme --json
`

const programOn = (terminal: Terminal, version: string): Command =>
  new Command('muster')
    .description('Access certification on this machine: evidence weighed, decisions walked through, a sealed bundle an auditor can recompute.')
    .option('-w, --workspace <dir>', "the workspace's folder (default: MUSTER_WORKSPACE, else the current folder)")
    .option('--as <email>', 'the person acting (default: the officer)', collect)
    .option('--as-of <date>', 'judge everything as of this day, YYYY-MM-DD (default: today)')
    .option('--json', 'answer with one JSON document, or JSON lines where rows stream')
    .option('--no-color', 'no colours (also NO_COLOR)')
    .version(version, '-V, --version')
    .addHelpText('after', epilogue)
    .configureHelp({ showGlobalOptions: true, helpWidth: 110 })
    .exitOverride()
    // What commander says about wrong usage is told by `tell`, once; only the help of a bare group goes out as it is.
    .configureOutput({ writeOut: terminal.out, writeErr: (text) => { if (text.startsWith('Usage:')) terminal.err(text) } })

/** Makes every subcommand behave as the root does; commander hands these settings down only to commands made after them. */
const inherit = (command: Command, root: Command): void => {
  for (const child of command.commands) {
    child.copyInheritedSettings(root)
    inherit(child, root)
  }
}

const wantsJson = (argv: readonly string[]): boolean => argv.includes('--json')

/** Runs one command line. Resolves to the exit code; never throws. */
export const runCli = async (argv: readonly string[], terminal: Terminal, doors: Doors): Promise<number> => {
  let exit = 0
  const program = programOn(terminal, doors.version)
  const cli = cliOn(program, terminal, doors, (code) => { exit = code })
  for (const add of groups) add(cli)
  inherit(program, program)
  try {
    if (argv.length === 0) {
      terminal.out(program.helpInformation())
      return 2
    }
    await program.parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    return tell(error, argv, terminal)
  }
}

const tell = (error: unknown, argv: readonly string[], terminal: Terminal): number => {
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  if (error instanceof CommanderError && error.code === 'commander.help') return 2
  const failure = failureOf(error)
  if (wantsJson(argv)) terminal.err(`${printableJson({ error: { code: failure.code, message: failure.message } })}\n`)
  else terminal.err(`muster: ${printable(failure.message.replace(/\s*\n\s*/g, ' '))}\n`)
  if (!failure.isForeseen && terminal.env['MUSTER_DEBUG'] !== undefined && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`)
  return failure.exit
}
