import type { Command } from 'commander'
import type { z } from 'zod'
import { entraConfig, liveConfig, oktaConfig, type ConnectionTest, type LiveConfig, type SecretName } from '../../../../shared/model/live-source.ts'
import type { Cli, Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { follow } from '../progress.ts'
import { openSecretsIfNeeded, secretInput } from '../secret-input.ts'
import { inWorkspace } from '../session.ts'
import { table } from '../table.ts'

interface LiveOptions {
  readonly tenant?: string
  readonly clientId?: string
  readonly cloud?: string
  readonly org?: string
  readonly url?: string
  readonly keyId?: string
  readonly user?: string
  readonly signIn?: string
  readonly usage?: boolean
  readonly asHr?: boolean
  readonly holdBelow?: string
  readonly secretFile?: string
}

/** Which secret a way of signing in takes; device code takes none, it asks a person. */
const secretOf = (config: LiveConfig): SecretName | null => {
  switch (config.from) {
    case 'entra': return config.signIn === 'secret' ? 'client-secret' : config.signIn === 'certificate' ? 'certificate' : null
    case 'okta': return config.signIn === 'token' ? 'api-token' : 'private-key'
    case 'scim': return config.signIn === 'basic' ? 'password' : 'api-token'
  }
}

const sentenceOf = (issue: z.core.$ZodIssue): string => `--${issue.path.join('.').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${issue.message}`

const configOf = (kind: string, options: LiveOptions): LiveConfig => {
  const common = {
    readsUsage: options.usage, isHr: options.asHr, holdBelowShare: options.holdBelow === undefined ? undefined : Number(options.holdBelow), signIn: options.signIn,
  }
  const given = kind === 'entra' ? { tenant: options.tenant, clientId: options.clientId, cloud: options.cloud }
    : kind === 'okta' ? { orgUrl: options.org, clientId: options.clientId, keyId: options.keyId }
      : { baseUrl: options.url, userName: options.user }
  const parsed = liveConfig.safeParse({ from: kind, ...common, ...given })
  if (parsed.success) return parsed.data
  throw new CommandRefusal(`These settings do not describe a source of kind ${kind}: ${parsed.error.issues.map(sentenceOf).join('; ')}. See "muster source connect ${kind} --help".`)
}

export const testLines = (test: ConnectionTest): readonly string[] => [
  test.isConnected ? `Connected as ${test.account ?? 'unknown'}.` : 'FAILED: not connected.',
  ...test.notes,
  ...table([
    { title: 'permission', of: (check) => check.permission }, { title: 'granted', of: (check) => (check.isGranted ? 'yes' : check.isRequired ? 'FAILED' : 'no') },
    { title: 'for', of: (check) => check.why, max: 60 }, { title: 'without it', of: (check) => (check.isGranted ? '' : check.without), max: 70 },
  ], test.permissions, ''),
  ...(test.removals.length === 0 ? [] : ['', 'To remove access from here (optional):', ...table([
    { title: 'permission', of: (check) => check.permission },
    { title: 'granted', of: (check) => (check.isGranted === null ? 'not told' : check.isGranted ? 'yes' : 'no') },
    { title: 'for', of: (check) => check.why, max: 60 }, { title: 'without it', of: (check) => (check.isGranted === true ? '' : check.without), max: 70 },
  ], test.removals, '')]),
]

const runTest = async (invocation: Invocation, name: string): Promise<ConnectionTest> =>
  inWorkspace(invocation, async ({ client }) => {
    await openSecretsIfNeeded(invocation.terminal, client)
    return follow(invocation.terminal, name, await client.sources.test({ source: name }, { signal: invocation.terminal.signal }))
  })

const withCommon = (command: Command): Command => command
  .option('--no-usage', 'do not read sign-ins')
  .option('--as-hr', 'where there is no HR system: take people and their changes from this directory')
  .option('--hold-below <share>', 'hold a reading with fewer than this share of the last one\'s records (default 0.7)')

const connecting = (connect: Command, { doing }: Cli, kind: 'entra' | 'okta' | 'scim', describe: (command: Command) => Command): void => {
  describe(connect.command(kind).argument('<name>', 'what to call it'))
    .option('--secret-file <file>', 'file that holds the secret, token, password, private key or certificate with its key (default: asked for, or from the environment)')
    .action(doing<LiveOptions>(async (invocation, [name = ''], options) => {
      const config = configOf(kind, options)
      const secretName = secretOf(config)
      const added = await inWorkspace(invocation, async ({ client }) => {
        const secret = secretName === null ? null
          : await secretInput(invocation.terminal, { name: secretName, question: `${secretName} of ${name}`, file: options.secretFile })
        if (secret !== null) await openSecretsIfNeeded(invocation.terminal, client)
        return client.sources.addLive({ name, config, secrets: secret === null || secretName === null ? {} : { [secretName]: secret } })
      })
      return { json: added, lines: [`Added ${added.name}. "muster source test ${added.name}" says which permissions it has.`] }
    }))
}

/** Live systems: connect, test, change. */
export const addLiveSources = (source: Command, cli: Cli): void => {
  const { doing } = cli
  const connect = source.command('connect').description('add a live system: Microsoft Entra, Okta, or people over SCIM; read only')

  connecting(connect, cli, 'entra', (command) => withCommon(command)
    .description('Microsoft Entra over Graph, with an app registration of your own')
    .requiredOption('--tenant <tenant>', 'directory (tenant) id or a verified domain')
    .requiredOption('--client-id <id>', 'application (client) id')
    .option('--sign-in <way>', `${entraConfig.shape.signIn.options.join(', ')}`, 'certificate')
    .option('--cloud <cloud>', `${entraConfig.shape.cloud.unwrap().options.join(', ')}`)
    .addHelpText('after', `
The app registration needs, least first: User.Read.All, GroupMember.Read.All, Application.Read.All, RoleManagement.Read.Directory,
AuditLog.Read.All, Policy.Read.All. Muster never writes unless act mode is turned on.

Examples:
  $ muster source connect entra directory --tenant contoso.com --client-id 6731… --secret-file app.pem
  $ muster source connect entra directory --tenant contoso.com --client-id 6731… --sign-in device-code`))

  connecting(connect, cli, 'okta', (command) => withCommon(command)
    .description('an Okta organisation')
    .requiredOption('--org <url>', 'https://company.okta.com')
    .option('--sign-in <way>', `${oktaConfig.shape.signIn.options.join(', ')}`, 'private-key')
    .option('--client-id <id>', 'of the service app, for private-key')
    .option('--key-id <id>', 'kid of the service app\'s key, for private-key')
    .addHelpText('after', `
Examples:
  $ muster source connect okta okta --org https://acme.okta.com --client-id 0oa… --key-id k1 --secret-file key.pem
  $ muster source connect okta okta --org https://acme.okta.com --sign-in token`))

  connecting(connect, cli, 'scim', (command) => command
    .description('an HR system\'s people over SCIM 2.0')
    .requiredOption('--url <url>', 'up to and without /Users')
    .option('--sign-in <way>', 'bearer, basic', 'bearer')
    .option('--user <name>', 'user name, for basic')
    .option('--hold-below <share>', 'hold a reading with fewer than this share of the last one\'s people (default 0.7)')
    .addHelpText('after', `
Example:
  $ muster source connect scim people --url https://hr.example.com/scim/v2`))

  source
    .command('test')
    .argument('<name>', 'a live source')
    .description('sign in and ask one thing per permission: what works, and what will be missing without the rest')
    .addHelpText('after', `
Example:
  $ muster source test directory`)
    .action(doing(async (invocation, [name = '']) => {
      const test = await runTest(invocation, name)
      return { json: test, lines: testLines(test), isFailed: !test.isConnected || test.permissions.some((check) => check.isRequired && !check.isGranted) }
    }))

  source
    .command('secret')
    .argument('<name>', 'a live source')
    .description('replace its secret, such as one that expired')
    .option('--secret-file <file>', 'file that holds it (default: asked for)')
    .addHelpText('after', `
Where no operating system keeps secrets, they lie in the workspace under a passphrase of their own, asked for when needed or taken from
MUSTER_SECRETS_PASSPHRASE. A variable MUSTER_SECRET_<SOURCE>_<NAME> (such as MUSTER_SECRET_DIRECTORY_CLIENT_SECRET) wins over both.

Example:
  $ muster source secret directory --secret-file new.pem`)
    .action(doing<{ secretFile?: string }>(async (invocation, [name = ''], options) => {
      const changed = await inWorkspace(invocation, async ({ client }) => {
        const config = (await client.sources.list()).find((card) => card.name === name)?.config
        if (config === undefined || config.from === 'file') throw new CommandRefusal(`"${name}" is not a live source; "muster source list" shows them.`)
        const secretName = secretOf(config)
        if (secretName === null) throw new CommandRefusal(`"${name}" keeps no secret: a person signs in with a device code.`)
        const secret = await secretInput(invocation.terminal, { name: secretName, question: `${secretName} of ${name}`, file: options.secretFile })
        if (secret === null) throw new CommandRefusal('No secret was given; nothing was changed.')
        await openSecretsIfNeeded(invocation.terminal, client)
        return client.sources.changeLive({ source: name, secrets: { [secretName]: secret } })
      })
      return { json: changed, lines: [`${changed.name} has a new secret.`] }
    }))
}
