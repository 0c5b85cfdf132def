import { basename, resolve } from 'node:path'
import type { Cli } from '../cli.ts'
import { passphrase } from '../passphrase.ts'
import { facts } from '../table.ts'
import { kitLines, workspacePassphrase } from '../workspace-passphrase.ts'

interface Options {
  readonly name?: string
  readonly officer: string
  readonly officerName?: string
  readonly passphraseFile?: string
  readonly workspacePassphraseFile?: string
  readonly recoveryKit: boolean
  readonly encryption: boolean
}

export const addInit = ({ program, doing }: Cli): void => {
  program
    .command('init')
    .argument('<dir>', 'an empty or new folder')
    .description('make an encrypted workspace: an empty store, an organisation root certificate and the officer\'s signing key')
    .requiredOption('--officer <email>', 'the compliance officer, who signs what is sealed')
    .option('--officer-name <name>', 'the officer\'s name (default: the e-mail address)')
    .option('--name <name>', 'the organisation\'s name (default: the folder\'s)')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s new passphrase')
    .option('--workspace-passphrase-file <file>', 'file whose first line opens the workspace (default: MUSTER_WORKSPACE_PASSPHRASE, else the officer\'s passphrase)')
    .option('--no-recovery-kit', 'make the recovery kit later, with "muster workspace recovery"')
    .option('--no-encryption', 'leave the files readable to whoever can read the disk')
    .addHelpText('after', `
The recovery kit is printed once, at the end. Opened with another passphrase than the officer's where one is given; "muster workspace" changes it.

Examples:
  $ muster init acme --name "Acme Ltd" --officer olga@acme.example --officer-name "Olga Brandt"
  $ MUSTER_PASSPHRASE=… muster init acme --officer olga@acme.example --json`)
    .action(doing<Options>(async ({ terminal, doors }, [dir], options) => {
      const folder = resolve(terminal.cwd, dir ?? '')
      const name = options.name ?? basename(folder)
      const secret = await passphrase(terminal, {
        question: `New passphrase for ${options.officer}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: true,
      })
      const opensWith = options.workspacePassphraseFile !== undefined || (terminal.env['MUSTER_WORKSPACE_PASSPHRASE'] ?? '') !== ''
        ? await workspacePassphrase(terminal, options.workspacePassphraseFile, 'New passphrase for the workspace', false)
        : secret
      const { rootFingerprint, recoveryCode } = await doors.initWorkspace(folder, {
        name, officerEmail: options.officer, officerName: options.officerName ?? options.officer, passphrase: secret, isSample: false, at: null,
      }, options.encryption ? { passphrase: opensWith, hasRecoveryKit: options.recoveryKit } : null)
      return {
        json: { folder, name, officer: options.officer, rootFingerprint, isEncrypted: options.encryption, recoveryCode },
        lines: [
          `Made the workspace ${name}.`, ...facts([['folder', folder], ['officer', options.officer], ['root', rootFingerprint]]),
          options.encryption
            ? `Its files are encrypted; ${opensWith === secret ? 'the officer\'s passphrase opens it' : 'the workspace\'s passphrase opens it'} (MUSTER_WORKSPACE_PASSPHRASE, or asked for).`
            : 'Its files are NOT encrypted, as you asked.',
          ...(recoveryCode === null ? [] : ['', ...kitLines(recoveryCode), '']),
          'Write the root fingerprint down where auditors can find it. Next: "muster source add".',
        ],
      }
    }))
}
