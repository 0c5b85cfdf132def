import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { SecretName } from '../../../shared/model/live-source.ts'
import { CommandRefusal } from './failure.ts'
import type { EngineClient } from '../engine-types.ts'
import type { Terminal } from './terminal.ts'

export interface SecretWanted {
  readonly name: SecretName
  /** As it is asked for: `Client secret of Entra prod`. */
  readonly question: string
  /** File that holds it; a certificate or key always comes as a file. */
  readonly file: string | undefined
}

/** From a file or a hidden prompt; never from an argument, which every process list shows. Null: nobody can be asked and no file was named. */
export const secretInput = async (terminal: Terminal, { question, file, name }: SecretWanted): Promise<string | null> => {
  if (file !== undefined) {
    const text = (await readFile(resolve(terminal.cwd, file), 'utf8')).replace(/\r?\n$/, '')
    if (text === '') throw new CommandRefusal(`${file} is empty; the ${name} was expected in it.`)
    return text
  }
  if (terminal.askHidden === null) return null
  const typed = await terminal.askHidden(`${question} (empty: it comes from the environment): `)
  return typed === '' ? null : typed
}

/** Secrets lie behind a passphrase where no operating system keeps them; it is asked for once, twice the first time. */
export const openSecretsIfNeeded = async (terminal: Terminal, client: EngineClient): Promise<void> => {
  const { isOpen, exists } = await client.sources.secretsState()
  if (isOpen) return
  if (terminal.askHidden === null) return
  const passphrase = await terminal.askHidden(exists ? 'Passphrase of this workspace\'s secrets: ' : 'Choose a passphrase for this workspace\'s secrets: ')
  if (passphrase === '') throw new CommandRefusal('No passphrase was given; nothing was changed.', 'no-passphrase')
  if (!exists && (await terminal.askHidden('Once more: ')) !== passphrase) {
    throw new CommandRefusal('The two passphrases differ; nothing was changed.', 'no-passphrase')
  }
  await client.sources.openSecrets({ passphrase })
}
