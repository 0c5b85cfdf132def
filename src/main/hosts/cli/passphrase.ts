import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CommandRefusal } from './failure.ts'
import type { Terminal } from './terminal.ts'

export interface PassphraseWanted {
  /** Whose key, as it is asked for: `Passphrase of olga@example.org`. */
  readonly question: string
  readonly file: string | undefined
  readonly variable: 'MUSTER_PASSPHRASE' | 'MUSTER_OFFICER_PASSPHRASE' | 'MUSTER_PACKET_PASSPHRASE' | 'MUSTER_ROOT_PASSPHRASE' | 'MUSTER_FILE_PASSPHRASE' | 'MUSTER_FORMER_PASSPHRASE'
  readonly option: '--passphrase-file' | '--officer-passphrase-file' | '--packet-passphrase-file' | '--root-passphrase-file' | '--file-passphrase-file' | '--former-passphrase-file'
  /** A new passphrase is asked for twice. */
  readonly isNew: boolean
}

const fromFile = async (cwd: string, file: string): Promise<string> => {
  // One line ending belongs to the editor, not to the passphrase.
  const text = (await readFile(resolve(cwd, file), 'utf8')).replace(/\r?\n$/, '')
  if (text === '') throw new CommandRefusal(`${file} is empty; a passphrase was expected in it.`)
  return text
}

/** From a file, the environment or a hidden prompt, in this order; never from an argument, which every process list shows. */
export const passphrase = async (terminal: Terminal, wanted: PassphraseWanted): Promise<string> => {
  if (wanted.file !== undefined) return fromFile(terminal.cwd, wanted.file)
  const fromEnvironment = terminal.env[wanted.variable]
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment
  if (terminal.askHidden === null) {
    throw new CommandRefusal(`A passphrase is needed and nobody can be asked here; give it with ${wanted.option} FILE or in ${wanted.variable}.`, 'no-passphrase')
  }
  const typed = await terminal.askHidden(`${wanted.question}: `)
  if (typed === '') throw new CommandRefusal('No passphrase was given; nothing was changed.', 'no-passphrase')
  if (wanted.isNew && (await terminal.askHidden('Once more: ')) !== typed) {
    throw new CommandRefusal('The two passphrases differ; nothing was changed.', 'no-passphrase')
  }
  return typed
}

/** The one a key had before. Nobody is asked: who has lost it cannot answer. */
export const formerPassphrase = async (terminal: Terminal, file: string | undefined): Promise<string | null> => {
  if (file === undefined && (terminal.env['MUSTER_FORMER_PASSPHRASE'] ?? '') === '') return null
  return passphrase(terminal, { question: 'Former passphrase', file, variable: 'MUSTER_FORMER_PASSPHRASE', option: '--former-passphrase-file', isNew: false })
}
