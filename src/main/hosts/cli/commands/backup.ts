import { resolve } from 'node:path'
import type { Cli } from '../cli.ts'
import { passphrase } from '../passphrase.ts'
import { follow } from '../progress.ts'
import { inWorkspace } from '../session.ts'
import { count, facts } from '../table.ts'
import { waysFrom } from '../workspace-passphrase.ts'

interface RestoreOptions {
  readonly reason: string
  readonly passphraseFile?: string
}

const addRestore = ({ program, doing }: Cli): void => {
  program
    .command('restore')
    .argument('<file>', 'a backup made with "muster backup"')
    .description('put a backup in the place of the workspace\'s database; checked first, recorded in the log, the former database kept')
    .requiredOption('--reason <text>', 'why; written into the log and signed')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase')
    .addHelpText('after', `
The workspace must be closed; its database may be damaged or missing, its keys folder must be there. What was signed after the backup is set
aside and named in the log, so "muster log check" passes and an auditor sees what happened.

Example:
  $ muster restore /media/stick/acme-2026-11-22.muster-backup --reason "disk failed on 23 November"`)
    .action(doing<RestoreOptions>(async ({ terminal, doors, globals }, [file = ''], { reason, passphraseFile }) => {
      const folder = resolve(terminal.cwd, globals.workspace ?? '.')
      const officer = globals.as[0] ?? null
      const secret = await passphrase(terminal, {
        question: `Passphrase of ${officer ?? 'the officer'}`, file: passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false,
      })
      const done = await doors.restoreWorkspace(folder, { file: resolve(terminal.cwd, file), officer, passphrase: secret, reason }, waysFrom(terminal))
      return {
        json: done,
        lines: [
          `Restored ${count(done.events, 'event')} and everything they stand for; event ${done.eventSeq} of the log records it.`,
          ...facts([
            ['backup', done.file], ['sha-256', done.sha256], ['replaced', done.replacedEvents === null ? 'a database that could not be read' : count(done.replacedEvents, 'event')],
            ['set aside', done.setAside ?? 'nothing was there'],
          ]),
          ...(done.abandoned === 0 ? [] : [`${count(done.abandoned, 'signed checkpoint')} of the replaced database are named in the log. Keep the folder above for the auditor.`]),
          'Sources are read anew with the next "muster sync".',
        ],
      }
    }))
}

export const addBackup = (cli: Cli): void => {
  const { program, doing } = cli
  program
    .command('backup')
    .argument('<file>', 'a file that does not exist yet')
    .description('copy the store while it is in use, and read the whole copy again')
    .addHelpText('after', `
Keys and raw extracts are files of their own: copy the folders "keys" and "raw" of the workspace as well. The copy of an encrypted workspace is
encrypted with the same key; without its "keys" folder nobody can read it.

Example:
  $ muster backup /media/stick/acme-2026-11-22.muster-backup`)
    .action(doing(async (invocation, [file]) => {
      const { terminal } = invocation
      const made = await inWorkspace(invocation, async ({ client }) =>
        follow(terminal, 'Backup', await client.workspace.backupSteps({ file: resolve(terminal.cwd, file ?? '') }, { signal: terminal.signal })))
      return {
        json: made,
        lines: [
          `Copied ${count(made.events, 'event')} and everything they stand for, and read the copy again from its first line.`,
          ...facts([['file', made.file], ['bytes', made.bytes], ['sha-256', made.sha256]]),
        ],
      }
    }))
  addRestore(cli)
}
