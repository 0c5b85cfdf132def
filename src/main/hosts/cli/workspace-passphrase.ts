import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CommandRefusal } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** What opens an encrypted workspace for a command: the environment, or a person at the terminal. Never an argument. */
export const waysFrom = ({ env, askHidden, err }: Terminal): { env: Terminal['env']; askPassphrase?: (why: string | null) => Promise<string> } => ({
  env,
  ...(askHidden === null ? {} : {
    askPassphrase: async (why: string | null) => {
      if (why !== null) err(`${why}\n`)
      return askHidden('Passphrase of this workspace (or its recovery code): ')
    },
  }),
})

/** The workspace's passphrase where a command needs it itself; null where nobody gave one and `isNeeded` is false. */
export const workspacePassphrase = async (terminal: Terminal, file: string | undefined, question: string, isNew: boolean): Promise<string> => {
  if (file !== undefined) {
    const text = (await readFile(resolve(terminal.cwd, file), 'utf8')).replace(/\r?\n$/, '')
    if (text === '') throw new CommandRefusal(`${file} is empty; a passphrase was expected in it.`)
    return text
  }
  const given = terminal.env['MUSTER_WORKSPACE_PASSPHRASE']
  if (given !== undefined && given !== '' && !isNew) return given
  const fresh = terminal.env['MUSTER_NEW_WORKSPACE_PASSPHRASE']
  if (isNew && fresh !== undefined && fresh !== '') return fresh
  if (terminal.askHidden === null) {
    throw new CommandRefusal(`${question} is needed and nobody can be asked here; give it in ${isNew ? 'MUSTER_NEW_WORKSPACE_PASSPHRASE' : 'MUSTER_WORKSPACE_PASSPHRASE'} or a file.`, 'no-passphrase')
  }
  const typed = await terminal.askHidden(`${question}: `)
  if (typed === '') throw new CommandRefusal('No passphrase was given; nothing was changed.', 'no-passphrase')
  if (isNew && (await terminal.askHidden('Once more: ')) !== typed) throw new CommandRefusal('The two passphrases differ; nothing was changed.', 'no-passphrase')
  return typed
}

/** What a workspace that is being made opens with: what was given for it, else what opens its maker's key. */
export const ownOrGiven = async (terminal: Terminal, file: string | undefined, own: string): Promise<string> =>
  file !== undefined || (terminal.env['MUSTER_WORKSPACE_PASSPHRASE'] ?? '') !== '' ? workspacePassphrase(terminal, file, 'New passphrase for the workspace', false) : own

const inRows = (groups: readonly string[], width: number): readonly (readonly string[])[] =>
  groups.flatMap((_, at) => (at % width === 0 ? [groups.slice(at, at + width)] : []))

/** To be printed or written down, once. */
export const kitLines = (code: string): readonly string[] => [
  'RECOVERY KIT (shown this once and kept nowhere)',
  ...inRows(code.split('-'), 5).map((groups) => `  ${groups.join('-')}`),
  'Print it and keep it away from this computer. Typed in the passphrase\'s place it opens the workspace and its backups when everything else is lost.',
]
