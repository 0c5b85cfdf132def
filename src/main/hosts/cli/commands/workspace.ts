import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { AirGap } from '../../../../shared/model/air-gap.ts'
import { workspaceKeyState, type WorkspaceKeyState } from '../../../../shared/model/workspace-key.ts'
import type { Answer, Cli, Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { inWorkspace } from '../session.ts'
import { facts } from '../table.ts'
import { kitLines, workspacePassphrase } from '../workspace-passphrase.ts'

interface CurrentOption { readonly passphraseFile?: string }
interface NextOptions extends CurrentOption { readonly newPassphraseFile?: string; readonly newPassphrase?: boolean }

const day = (at: string | null): string => (at === null ? 'never' : at.slice(0, 10))

const stateLines = (state: WorkspaceKeyState): readonly string[] => [
  state.isEncrypted ? 'This workspace is encrypted on the disk.' : 'This workspace is NOT encrypted on the disk; "muster workspace encrypt" does it.',
  ...(state.isEncrypted
    ? facts([
        ['opens with', [state.opensWith.passphrase ? 'a passphrase' : '', state.opensWith.computer ? 'a computer\'s key store (desktop)' : '', state.opensWith.recovery === null ? '' : `the recovery kit of ${day(state.opensWith.recovery)}`].filter((way) => way !== '').join(', ')],
        ['recovery kit', state.opensWith.recovery === null ? 'none: make one with "muster workspace recovery"' : `made ${day(state.opensWith.recovery)}`],
        ['key made', day(state.madeAt)], ['re-keyed', day(state.rekeyedAt)],
      ])
    : []),
  ...(state.isPublic ? ['It holds an invented organisation: its passphrase is public.'] : []),
  ...(state.pending === null ? [] : [`Not finished: ${state.unfinished ?? 'the files follow when the workspace is opened next.'}`]),
]

const airGapLine = ({ isOn, since, by }: AirGap): string =>
  `${isOn ? 'This workspace is air-gapped: every connection is refused' : 'This workspace is not air-gapped: what is set up may connect'}${since === null ? '' : `, since ${since} by ${by}`}.`

const stateOf = (invocation: Invocation, passphrase?: string): Promise<WorkspaceKeyState> =>
  inWorkspace(invocation, async ({ client }) => workspaceKeyState.parse(await client.workspace.protection()), passphrase)

const current = (invocation: Invocation, { passphraseFile }: CurrentOption): Promise<string> =>
  workspacePassphrase(invocation.terminal, passphraseFile, 'Passphrase of this workspace (or its recovery code)', false)

const next = (invocation: Invocation, { newPassphraseFile }: NextOptions): Promise<string> =>
  workspacePassphrase(invocation.terminal, newPassphraseFile, 'New passphrase for this workspace', true)

const encrypt = async (invocation: Invocation, options: CurrentOption): Promise<Answer> => {
  const { terminal, globals } = invocation
  if (existsSync(join(resolve(terminal.cwd, globals.workspace ?? '.'), 'keys', 'workspace-key.json'))) throw new CommandRefusal('This workspace is encrypted already; "muster workspace status" says what opens it. Nothing was changed.', 'conflict')
  const given = terminal.env['MUSTER_WORKSPACE_PASSPHRASE']
  const passphrase = options.passphraseFile === undefined && given !== undefined && given !== '' ? given
    : await workspacePassphrase(terminal, options.passphraseFile, 'New passphrase for this workspace', true)
  if (passphrase.length < 8) throw new CommandRefusal('The workspace\'s passphrase needs at least 8 characters. Nothing was changed.', 'no-passphrase')
  const { state, code } = await inWorkspace(invocation, async ({ client }) => {
    const kit = await client.workspace.makeRecoveryKit({ current: passphrase })
    return { state: await client.workspace.protection(), code: kit.code }
  }, passphrase)
  return { json: { ...state, recoveryCode: code }, lines: [...stateLines(state), '', ...kitLines(code)] }
}

const rekey = async (invocation: Invocation, options: NextOptions): Promise<Answer> => {
  const passphrase = await current(invocation, options)
  const chosen = options.newPassphrase === true || options.newPassphraseFile !== undefined ? await next(invocation, options) : null
  const { code } = await inWorkspace(invocation, ({ client }) => client.workspace.rekey({ current: passphrase, next: chosen }), passphrase)
  const state = await stateOf(invocation, chosen ?? passphrase)
  return {
    json: { ...state, recoveryCode: code },
    lines: ['Everything on the disk is under a new key. Earlier backups still come back with this keys folder.', ...stateLines(state), '', ...kitLines(code)],
  }
}

const passphraseOption = ['--passphrase-file <file>', 'file whose first line is the workspace\'s passphrase, or its recovery code'] as const

export const addWorkspace = ({ program, doing }: Cli): void => {
  const group = program.command('workspace').description('how the workspace\'s files are protected on the disk, what opens them, and whether anything may connect')
  group.command('status')
    .description('whether the workspace is encrypted, and what opens it')
    .addHelpText('after', `
Examples:
  $ muster workspace status --workspace acme
  $ MUSTER_WORKSPACE_PASSPHRASE=… muster workspace status --json`)
    .action(doing(async (invocation) => {
      const state = await stateOf(invocation)
      return { json: state, lines: stateLines(state) }
    }))
  group.command('air-gap')
    .argument('[state]', 'on or off; without it, how it stands')
    .description('refuse every connection but to a language model on this machine; recorded, and told in every report')
    .addHelpText('after', `
What is set up (live sources, mail, tickets, a time authority) stays set up and waits. The daily work leaves alone what would go out.

Examples:
  $ muster workspace air-gap
  $ muster workspace air-gap on --workspace acme`)
    .action(doing(async (invocation, [state]) => {
      if (state !== undefined && state !== 'on' && state !== 'off') throw new CommandRefusal(`The state is on or off, not "${state}". Nothing was changed.`)
      const gap = await inWorkspace(invocation, ({ client }) => (state === undefined ? client.workspace.airGap() : client.workspace.setAirGap({ isOn: state === 'on' })))
      return { json: gap, lines: [airGapLine(gap)] }
    }))
  group.command('encrypt')
    .description('encrypt a workspace of an earlier version where it lies, and make its recovery kit')
    .option(...passphraseOption)
    .addHelpText('after', `
The database and what lies beside it is copied under the key, read through and then put in its place: there must be room for two more copies
for a while. Cut off at any point, the workspace is as it was, or goes on when it is opened next. Blocks the disk held before may keep traces
of the plain file until they are written over.

Example:
  $ muster workspace encrypt --workspace acme`)
    .action(doing<CurrentOption>((invocation, _, options) => encrypt(invocation, options)))
  group.command('passphrase')
    .description('choose another passphrase; files and backups stay as they are')
    .option(...passphraseOption)
    .option('--new-passphrase-file <file>', 'file whose first line is the new passphrase')
    .addHelpText('after', `
A lost passphrase: type the code of the recovery kit in its place.

Examples:
  $ muster workspace passphrase --workspace acme
  $ MUSTER_WORKSPACE_PASSPHRASE=… MUSTER_NEW_WORKSPACE_PASSPHRASE=… muster workspace passphrase`)
    .action(doing<NextOptions>(async (invocation, _, options) => {
      const passphrase = await current(invocation, options)
      const chosen = await next(invocation, options)
      const state = await inWorkspace(invocation, ({ client }) => client.workspace.changePassphrase({ current: passphrase, next: chosen }), passphrase)
      return { json: state, lines: ['The workspace opens with the new passphrase from now on.'] }
    }))
  group.command('recovery')
    .description('make a recovery kit: a code for paper that opens the workspace when everything else is lost; an earlier kit stops working')
    .option(...passphraseOption)
    .addHelpText('after', `
Example:
  $ muster workspace recovery --workspace acme`)
    .action(doing<CurrentOption>(async (invocation, _, options) => {
      const passphrase = await current(invocation, options)
      const kit = await inWorkspace(invocation, ({ client }) => client.workspace.makeRecoveryKit({ current: passphrase }), passphrase)
      return { json: { recoveryCode: kit.code, at: kit.at }, lines: kitLines(kit.code) }
    }))
  group.command('rekey')
    .description('put everything under a new key, with a new recovery kit')
    .option(...passphraseOption)
    .option('--new-passphrase', 'choose a new passphrase with it')
    .option('--new-passphrase-file <file>', 'file whose first line is the new passphrase')
    .addHelpText('after', `
Examples:
  $ muster workspace rekey --workspace acme
  $ muster workspace rekey --workspace acme --new-passphrase`)
    .action(doing<NextOptions>((invocation, _, options) => rekey(invocation, options)))
}
