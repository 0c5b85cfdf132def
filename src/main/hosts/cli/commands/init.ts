import { rm, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { FirstRoot, MadeWorkspace } from '../../../app.ts'
import { base64Of, filePassphraseOf, foundLines } from '../authority-file.ts'
import type { Cli, Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { passphrase } from '../passphrase.ts'
import { facts } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { kitLines, workspacePassphrase } from '../workspace-passphrase.ts'

interface Options {
  readonly name?: string
  readonly officer: string
  readonly officerName?: string
  readonly passphraseFile?: string
  readonly workspacePassphraseFile?: string
  readonly recoveryKit: boolean
  readonly encryption: boolean
  readonly rootFile?: string
  readonly rootFingerprint?: string
  readonly filePassphraseFile?: string
  readonly request?: string | true
}

/** The root the options ask for; `found` where a brought one is only to be looked at. */
const rootOf = async ({ terminal, doors }: Invocation, options: Options): Promise<FirstRoot | { readonly found: Parameters<typeof foundLines>[0] }> => {
  if (options.rootFile !== undefined && options.request !== undefined) throw new CommandRefusal('Give --root-file or --request, not both. Nothing was made.')
  if (options.request !== undefined) return { way: 'elsewhere' }
  if (options.rootFile === undefined) return { way: 'made' }
  const content = await base64Of(terminal, options.rootFile)
  const filePassphrase = await filePassphraseOf(terminal, content, options.filePassphraseFile)
  if (options.rootFingerprint === undefined) return { found: await doors.describeRoot({ content, filePassphrase }) }
  return { way: 'imported', content, filePassphrase, rootFingerprint: options.rootFingerprint }
}

/** Before anything is made: a request nobody can read would leave a workspace without its way on. */
const takePlace = async (terminal: Terminal, file: string): Promise<string> => {
  const path = resolve(terminal.cwd, file)
  await writeFile(path, '', { flag: 'wx' }).catch(() => { throw new CommandRefusal(`${file} cannot be written, or is there already. Nothing was made.`) })
  return path
}

const nextLines = ({ rootFingerprint, request }: MadeWorkspace, officer: string, requestFile: string | null): readonly string[] => (request === null
  ? [...facts([['root', rootFingerprint ?? '']]), 'Write the root fingerprint down where auditors can find it. Next: "muster source add".']
  : [
    ...facts([['request', requestFile ?? 'kept in the workspace; "muster key list --json" and Settings, Keys and people show it'], ['sha-256 of the request', request.sha256]]),
    'Send the request to your organisation\'s own authority. It has to keep subject and e-mail, and to allow document signing (1.3.6.1.5.5.7.3.36) and e-mail protection.',
    'Until its answer is here nobody can sign: no sign-off, no seal, no review packet, nobody else enrolled. Sources can be read and campaigns planned.',
    `With the answer and its chain: "muster key take ${officer} FILE". Until then: "muster source add".`,
  ])

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
    .option('--root-file <file>', 'bring the root with its key instead of making one: PKCS#12 or PEM; without --root-fingerprint only shows what it holds')
    .option('--root-fingerprint <hex>', 'SHA-256 of that root, compared with what the organisation publishes')
    .option('--file-passphrase-file <file>', 'file whose first line opens the root\'s file (or MUSTER_FILE_PASSPHRASE)')
    .option('--request [file]', 'have no root here: write a request for the organisation\'s own authority to this file, or keep it in the workspace; its answer comes with "muster key take"')
    .option('--no-recovery-kit', 'make the recovery kit later, with "muster workspace recovery"')
    .option('--no-encryption', 'leave the files readable to whoever can read the disk')
    .addHelpText('after', `
The recovery kit is printed once, at the end. Opened with another passphrase than the officer's where one is given; "muster workspace" changes it.

Examples:
  $ muster init acme --name "Acme Ltd" --officer olga@acme.example --officer-name "Olga Brandt"
  $ MUSTER_PASSPHRASE=… muster init acme --officer olga@acme.example --json
  $ muster init acme --officer olga@acme.example --root-file people-ca.p12 --root-fingerprint 3f1a…9c
  $ muster init acme --officer olga@acme.example --request olga.csr`)
    .action(doing<Options>(async (invocation, [dir], options) => {
      const { terminal, doors } = invocation
      const folder = resolve(terminal.cwd, dir ?? '')
      const name = options.name ?? basename(folder)
      const root = await rootOf(invocation, options)
      if ('found' in root) {
        return { json: root.found, lines: [...facts(foundLines(root.found)), 'Nothing was made. Compare the fingerprint with what the organisation publishes, then give it with --root-fingerprint.'] }
      }
      const secret = await passphrase(terminal, {
        question: `New passphrase for ${options.officer}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: true,
      })
      const opensWith = options.workspacePassphraseFile !== undefined || (terminal.env['MUSTER_WORKSPACE_PASSPHRASE'] ?? '') !== ''
        ? await workspacePassphrase(terminal, options.workspacePassphraseFile, 'New passphrase for the workspace', false)
        : secret
      const requestPath = typeof options.request === 'string' ? await takePlace(terminal, options.request) : null
      const { recoveryCode, ...made } = await doors.initWorkspace(folder, {
        name, officerEmail: options.officer, officerName: options.officerName ?? options.officer, passphrase: secret, isSample: false, at: null, root,
      }, options.encryption ? { passphrase: opensWith, hasRecoveryKit: options.recoveryKit } : null).catch(async (error: unknown) => {
        if (requestPath !== null) await rm(requestPath, { force: true })
        throw error
      })
      if (requestPath !== null) await writeFile(requestPath, made.request?.request ?? '')
      return {
        json: { folder, name, officer: options.officer, rootFingerprint: made.rootFingerprint, isEncrypted: options.encryption, recoveryCode, ...(made.request === null ? {} : { request: requestPath ?? made.request.request, requestSha256: made.request.sha256 }) },
        lines: [
          `Made the workspace ${name}.`, ...facts([['folder', folder], ['officer', options.officer]]),
          options.encryption
            ? `Its files are encrypted; ${opensWith === secret ? 'the officer\'s passphrase opens it' : 'the workspace\'s passphrase opens it'} (MUSTER_WORKSPACE_PASSPHRASE, or asked for).`
            : 'Its files are NOT encrypted, as you asked.',
          ...(recoveryCode === null ? [] : ['', ...kitLines(recoveryCode), '']),
          ...nextLines(made, options.officer, requestPath),
        ],
      }
    }))
}
