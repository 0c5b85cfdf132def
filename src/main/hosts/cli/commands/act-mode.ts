import type { Command } from 'commander'
import { actMode, automaticRule, jiraDesk, serviceNowDesk, type RemediationSettings } from '../../../../shared/model/remediation.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { passphrase } from '../passphrase.ts'
import { openSecretsIfNeeded, secretInput } from '../secret-input.ts'
import { inWorkspace } from '../session.ts'
import { facts } from '../table.ts'

interface Options {
  readonly rule?: readonly string[]; readonly urgentDays?: string; readonly standardDays?: string; readonly ownDecisions?: string
  readonly passphraseFile?: string
}

interface DeskOptions {
  readonly url?: string; readonly user?: string; readonly table?: string; readonly group?: string; readonly project?: string; readonly issueType?: string
  readonly secretFile?: string; readonly passphraseFile?: string
}

const days = (text: string | undefined, before: number): number => {
  if (text === undefined) return before
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 365) return Number(text)
  throw new CommandRefusal(`"${text}" is not a number of days from 1 to 365.`)
}

const shown = (settings: RemediationSettings): readonly string[] => facts([
  ['Mode', settings.mode], ['Acts by itself on', settings.mode === 'automatic' ? settings.automatic.join(', ') : 'nothing'],
  ['Due', `${settings.slaDays.urgent} days for privileged and risky rights, ${settings.slaDays.standard} for others`],
  ['Own decisions', settings.separatesDuties ? 'nobody carries out what they decided' : 'may be carried out by whoever decided'],
  ['ServiceNow', settings.serviceNow?.url ?? 'not set up'], ['Jira', settings.jira === null ? 'not set up' : `${settings.jira.url}, project ${settings.jira.project}`],
])

/** `muster remediation mode` and `desk`: what Muster may do by itself, how soon things are due, and where tickets go. */
export const addActMode = (remediation: Command, { doing }: Cli): void => {
  const officersWord = (terminal: Parameters<typeof passphrase>[0], email: string, file: string | undefined): Promise<string> =>
    passphrase(terminal, { question: `Passphrase of ${email}`, file, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false })

  remediation.command('mode').argument('[mode]', `${actMode.options.join(', ')} (default: show it)`).description('what Muster may do by itself; asks for the officer\'s passphrase')
    .option('--rule <rule...>', `for automatic: ${automaticRule.options.join(', ')}`).option('--urgent-days <n>', 'due for privileged and risky rights').option('--standard-days <n>', 'due for others')
    .option('--own-decisions <word>', 'refuse or allow carrying out what one decided oneself').option('--passphrase-file <file>', 'file whose first line is the passphrase').addHelpText('after', `
Examples:
  $ muster remediation mode
  $ muster remediation mode approve
  $ muster remediation mode automatic --rule left-the-organisation disabled-account`)
    .action(doing<Options>(async (invocation, [wanted], options) => {
      const made = await inWorkspace(invocation, async ({ client, actor }) => {
        const { hasSecret: _, ...before } = await client.remediation.actMode()
        if (wanted === undefined && Object.keys(options).every((name) => name === 'passphraseFile')) return before
        const mode = actMode.safeParse(wanted ?? before.mode)
        if (!mode.success) throw new CommandRefusal(`The mode is one of ${actMode.options.join(', ')}.`)
        const rules = automaticRule.array().safeParse(options.rule ?? before.automatic)
        if (!rules.success) throw new CommandRefusal(`--rule is one of ${automaticRule.options.join(', ')}.`)
        if (options.ownDecisions !== undefined && !['refuse', 'allow'].includes(options.ownDecisions)) throw new CommandRefusal('--own-decisions is refuse or allow.')
        return client.remediation.setActMode({
          settings: {
            ...before, mode: mode.data, automatic: rules.data, separatesDuties: options.ownDecisions === undefined ? before.separatesDuties : options.ownDecisions === 'refuse',
            slaDays: { urgent: days(options.urgentDays, before.slaDays.urgent), standard: days(options.standardDays, before.slaDays.standard) },
          },
          passphrase: await officersWord(invocation.terminal, actor.email, options.passphraseFile),
        })
      })
      return { json: made, lines: shown(made) }
    }))

  remediation.command('desk').argument('<system>', 'servicenow or jira').description('where tickets are opened; its password or token is kept with the other secrets')
    .option('--url <url>', 'its https address').option('--user <name>', 'as whom').option('--table <name>', 'ServiceNow: default incident').option('--group <name>', 'ServiceNow: assignment group')
    .option('--project <key>', 'Jira: project key').option('--issue-type <name>', 'Jira: default Task').option('--secret-file <file>', 'file that holds the password or API token (default: asked for)')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase').addHelpText('after', `
Examples:
  $ muster remediation desk servicenow --url https://acme.service-now.com --user muster
  $ muster remediation desk jira --url https://acme.atlassian.net --user olga@acme.example --project IAM`)
    .action(doing<DeskOptions>(async (invocation, [system], options) => {
      if (system !== 'servicenow' && system !== 'jira') throw new CommandRefusal('The ticket system is servicenow or jira.')
      const shared = { url: options.url, userName: options.user }
      const desk = system === 'jira'
        ? jiraDesk.safeParse({ ...shared, project: options.project, ...(options.issueType === undefined ? {} : { issueType: options.issueType }) })
        : serviceNowDesk.safeParse({ ...shared, ...(options.table === undefined ? {} : { table: options.table }), assignmentGroup: options.group ?? null })
      if (!desk.success) throw new CommandRefusal(`${system} needs --url https://… and --user${system === 'jira' ? ' and --project KEY' : ''}.`)
      const made = await inWorkspace(invocation, async ({ client, actor }) => {
        const { hasSecret: _, ...before } = await client.remediation.actMode()
        const name = system === 'jira' ? 'api-token' : 'password'
        const secret = await secretInput(invocation.terminal, { name, question: `${name} of ${options.user ?? ''}`, file: options.secretFile })
        const settings = system === 'jira' ? { ...before, jira: jiraDesk.parse(desk.data) } : { ...before, serviceNow: serviceNowDesk.parse(desk.data) }
        const changed = await client.remediation.setActMode({ settings, passphrase: await officersWord(invocation.terminal, actor.email, options.passphraseFile) })
        if (secret === null) return changed
        await openSecretsIfNeeded(invocation.terminal, client)
        return client.remediation.setTicketSecret({ system, secret })
      })
      return { json: made, lines: shown(made) }
    }))
}
