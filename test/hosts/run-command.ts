import { fileURLToPath } from 'node:url'
import { createApp, describeRoot, initWorkspace, openPacket, opensKeyOf, requestEnrolment, restoreWorkspace, verifyBundle, writeSampleOrganisation, type Actor } from '../../src/main/app.ts'
import type { Doors } from '../../src/main/hosts/cli/doors.ts'
import { runCli } from '../../src/main/hosts/cli/run-cli.ts'
import type { Terminal } from '../../src/main/hosts/cli/terminal.ts'
import type { EngineApp } from '../../src/main/hosts/engine-types.ts'
import { errorLogIn } from '../../src/main/hosts/error-log.ts'
import { scriptedRouter, type Script } from './scripted-router.ts'

export interface Ran {
  readonly exit: number
  readonly out: string
  readonly err: string
  /** stdout as one JSON document. */
  readonly json: () => unknown
}

export interface Around {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly typed?: readonly string[]
  readonly signal?: AbortSignal
}

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export const realDoors: Doors = {
  createApp, describeRoot, initWorkspace, openPacket, opensKeyOf, requestEnrolment, restoreWorkspace, verifyBundle, writeSampleOrganisation, errorLogIn, version: '9.9.9', resources: fromRoot('resources'), renderer: fromRoot('out/renderer'),
}

/** One command line as a person would type it, in this process. `typed` answers hidden prompts. */
export const runCommand = async (argv: readonly string[], doors: Doors, around: Around = {}): Promise<Ran> => {
  let out = ''
  let err = ''
  const typed = [...(around.typed ?? [])]
  const terminal: Terminal = {
    cwd: around.cwd ?? process.cwd(), env: around.env ?? {}, isOutTty: false, isErrTty: false, signal: around.signal ?? new AbortController().signal,
    out: (text) => { out += text },
    err: (text) => { err += text },
    askHidden: around.typed === undefined ? null : async (question) => {
      err += `${question}\n`
      return typed.shift() ?? ''
    },
  }
  const exit = await runCli(argv, terminal, doors)
  return { exit, out, err, json: () => JSON.parse(out) as unknown }
}

export const olga: Actor = { email: 'olga@example.org', name: 'Olga', roles: ['officer'] }
export const rui: Actor = { email: 'rui@example.org', name: 'Rui', roles: ['reviewer'] }

/** Doors onto a workspace whose engine says what the script says. */
export const scriptedDoors = (script: Script, others: Partial<Doors> = {}): Doors & { readonly opened: { asOf: string | null; folder: string }[]; readonly closed: () => number } => {
  const opened: { asOf: string | null; folder: string }[] = []
  let closed = 0
  const app: EngineApp = {
    incoming: '',
    router: scriptedRouter(script),
    people: async () => [olga, rui],
    actor: async (email) => [olga, rui].find((person) => person.email === email),
    officer: async () => olga,
    close: async () => { closed += 1 },
  }
  return {
    ...realDoors,
    createApp: async ({ asOf, folder }) => {
      opened.push({ asOf, folder })
      return app
    },
    errorLogIn: () => () => 'log-1',
    ...others,
    opened,
    closed: () => closed,
  }
}
