import type { Command } from 'commander'
import type { Doors } from './doors.ts'
import type { Terminal } from './terminal.ts'
import { printable, printableJson } from './terminal-text.ts'

/** Options every command takes. */
export interface Globals {
  readonly workspace: string | null
  readonly as: readonly string[]
  readonly asOf: string | null
  readonly isJson: boolean
  readonly hasColor: boolean
}

/** What a command found. `lines` for people, `json` for programs (undefined = everything was already written as JSON lines). */
export interface Answer {
  readonly json: unknown
  readonly lines: readonly string[]
  /** A check failed: exit 1. */
  readonly isFailed?: boolean
}

/** What a command's work is given. */
export interface Invocation {
  readonly terminal: Terminal
  readonly doors: Doors
  readonly globals: Globals
}

/** Where commands register themselves, and how one of them runs. */
export interface Cli {
  readonly program: Command
  /** Makes an action handler: reads the global options, runs the work and prints its answer. */
  readonly doing: <Options>(
    work: (invocation: Invocation, positional: readonly (string | undefined)[], options: Options) => Promise<Answer>,
  ) => (...args: unknown[]) => Promise<void>
}

interface GlobalOptions {
  readonly workspace?: string
  readonly as?: readonly string[]
  readonly asOf?: string
  readonly json?: boolean
  readonly color?: boolean
}

const globalsOf = (command: Command, terminal: Terminal): Globals => {
  const options = command.optsWithGlobals<GlobalOptions>()
  return {
    workspace: options.workspace ?? terminal.env['MUSTER_WORKSPACE'] ?? null,
    as: options.as ?? [],
    asOf: options.asOf ?? null,
    isJson: options.json === true,
    hasColor: options.color !== false && (terminal.env['NO_COLOR'] ?? '') === '' && terminal.isOutTty,
  }
}

const colored = (line: string, hasColor: boolean): string =>
  hasColor
    ? line
        .replace(/\bFAILED\b|\bNOT VALID\b/g, '\u001b[31m$&\u001b[39m')
        .replace(/^[A-Z][A-Z ]+( {2}[A-Z][A-Z ]*)+$/, '\u001b[1m$&\u001b[22m')
    : line

/** `onEnd` hears the exit code: 0 done, 1 a check failed. */
export const cliOn = (program: Command, terminal: Terminal, doors: Doors, onEnd: (exit: 0 | 1) => void): Cli => ({
  program,
  doing: (work) => async (...args) => {
    const command = args.at(-1) as Command
    const options = args.at(-2)
    const positional = args.slice(0, -2) as (string | undefined)[]
    const globals = globalsOf(command, terminal)
    const answer = await work({ terminal, doors, globals }, positional, options as never)
    if (!globals.isJson) for (const line of answer.lines) terminal.out(`${colored(printable(line), globals.hasColor)}\n`)
    else if (answer.json !== undefined) terminal.out(`${printableJson(answer.json, 2)}\n`)
    onEnd(answer.isFailed === true ? 1 : 0)
  },
})

/** For options that may be given several times. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]
