import { resolve } from 'node:path'
import type { Cli } from '../cli.ts'
import { inWorkspace } from '../session.ts'
import { count, facts } from '../table.ts'

export const addBackup = ({ program, doing }: Cli): void => {
  program
    .command('backup')
    .argument('<file>', 'a file that does not exist yet')
    .description('copy the store while it is in use, and check the copy')
    .addHelpText('after', `
Example:
  $ muster backup /media/stick/acme-2026-11-22.muster-backup`)
    .action(doing(async (invocation, [file]) => {
      const made = await inWorkspace(invocation, ({ client }) => client.workspace.backup({ file: resolve(invocation.terminal.cwd, file ?? '') }))
      return { json: made, lines: [`Copied ${count(made.events, 'event')} and everything they stand for.`, ...facts([['file', made.file], ['bytes', made.bytes], ['sha-256', made.sha256]])] }
    }))
}
