import { basename, resolve } from 'node:path'
import type { Cli } from '../cli.ts'
import { passphrase } from '../passphrase.ts'
import { facts } from '../table.ts'

interface Options {
  readonly name?: string
  readonly officer: string
  readonly officerName?: string
  readonly passphraseFile?: string
}

export const addInit = ({ program, doing }: Cli): void => {
  program
    .command('init')
    .argument('<dir>', 'an empty or new folder')
    .description('make a workspace: an empty store, an organisation root certificate and the officer\'s signing key')
    .requiredOption('--officer <email>', 'the compliance officer, who signs what is sealed')
    .option('--officer-name <name>', 'the officer\'s name (default: the e-mail address)')
    .option('--name <name>', 'the organisation\'s name (default: the folder\'s)')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s new passphrase')
    .addHelpText('after', `
Examples:
  $ muster init acme --name "Acme Ltd" --officer olga@acme.example --officer-name "Olga Brandt"
  $ MUSTER_PASSPHRASE=… muster init acme --officer olga@acme.example --json`)
    .action(doing<Options>(async ({ terminal, doors }, [dir], options) => {
      const folder = resolve(terminal.cwd, dir ?? '')
      const name = options.name ?? basename(folder)
      const secret = await passphrase(terminal, {
        question: `New passphrase for ${options.officer}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: true,
      })
      const { rootFingerprint } = await doors.initWorkspace(folder, {
        name, officerEmail: options.officer, officerName: options.officerName ?? options.officer, passphrase: secret, isSample: false, at: null,
      })
      return {
        json: { folder, name, officer: options.officer, rootFingerprint },
        lines: [
          `Made the workspace ${name}.`, ...facts([['folder', folder], ['officer', options.officer], ['root', rootFingerprint]]),
          'Write the root fingerprint down where auditors can find it. Next: "muster source add".',
        ],
      }
    }))
}
