import type { Command } from 'commander'
import { ticketSystem, type GiveBackOutcome } from '../../../../shared/model/remediation.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { passphrase } from '../passphrase.ts'
import { follow } from '../progress.ts'
import { openSecretsIfNeeded } from '../secret-input.ts'
import { inWorkspace, numberOf, type Session } from '../session.ts'
import { table } from '../table.ts'

const outcomeLines = (done: readonly GiveBackOutcome[]): readonly string[] => table([
  { title: 'id', of: (one) => one.id, align: 'right' }, { title: 'outcome', of: (one) => one.outcome }, { title: 'what', of: (one) => one.detail, max: 90 },
  { title: 'instead', of: (one) => one.instead, max: 70 }, { title: 'request', of: (one) => one.request, max: 80 },
], done, 'Nothing was done.')

/** Numbers as typed; with none, everything that is to be given back and that nobody was asked for yet. */
const chosen = async ({ client }: Session, given: readonly string[]): Promise<number[]> => {
  if (given.length > 0) return given.map((text) => numberOf(text, 'remediation'))
  const { rows } = await client.remediation.list({ states: ['restoring'], limit: 1_000 })
  const waiting = rows.filter(({ restore }) => restore === null).map(({ id }) => id)
  if (waiting.length === 0) throw new CommandRefusal('Nothing is to be given back; "muster remediation restore ID" says that a revoke was wrong.')
  return waiting
}

interface GiveBackOptions { readonly dryRun?: boolean; readonly system?: string; readonly passphraseFile?: string }

/** `muster remediation restore` and `give-back`: a wrong revoke, from saying so to the right being held again. */
export const addGivingBack = (remediation: Command, { doing }: Cli): void => {
  remediation.command('restore').argument('<id>').description('a wrong revoke: withdraw it, or have the right given back').option('--reason <text>', 'why').addHelpText('after', `
Examples:
  $ muster remediation restore 3 --reason "Needed for the audit"
  $ muster remediation give-back 3`)
    .action(doing<{ reason?: string }>(async (invocation, [id], { reason }) => {
      if (reason === undefined || reason.trim() === '') throw new CommandRefusal('--reason is missing; it is recorded.')
      const done = await inWorkspace(invocation, ({ client }) => client.remediation.takeBack({ id: numberOf(id, 'remediation'), reason }))
      const lines = done.instruction === null ? [`Removal ${id ?? ''} is withdrawn; nothing was removed.`]
        : [done.instruction, `By hand, or with "muster remediation give-back ${id ?? ''}"; the next sync that shows it closes this.`]
      return { json: done, lines }
    }))

  remediation.command('give-back').argument('[ids...]', 'which (default: all that wait for it)')
    .description('give wrongly removed rights back: through the connector, after a dry run of each and with your passphrase, or by ticket')
    .option('--dry-run', 'only ask the source what would happen').option('--system <system>', `by ticket: ${ticketSystem.options.join(' or ')}`)
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase').addHelpText('after', `
Examples:
  $ muster remediation give-back 3 --dry-run
  $ muster remediation give-back 3
  $ muster remediation give-back 3 --system jira`)
    .action(doing<GiveBackOptions>(async (invocation, positional, options) => {
      const { terminal } = invocation
      const given = (positional as readonly unknown[]).flat().filter((text) => typeof text === 'string')
      return inWorkspace(invocation, async (session) => {
        const { client, actor } = session
        await openSecretsIfNeeded(terminal, client)
        const ids = await chosen(session, given)
        if (options.system !== undefined) {
          const system = ticketSystem.safeParse(options.system)
          if (!system.success) throw new CommandRefusal(`--system is one of ${ticketSystem.options.join(', ')}.`)
          const opened = await client.remediation.openGiveBackTicket({ ids, system: system.data })
          return { json: opened, lines: [`${opened.isNew ? 'Opened' : 'Found'} ${opened.key}: ${opened.url}`] }
        }
        if (options.dryRun === true) {
          const tried = await follow(terminal, 'Dry run', await client.remediation.tryGiveBack({ ids }, { signal: terminal.signal }))
          return { json: tried, lines: [...outcomeLines(tried), 'Nothing was changed.'] }
        }
        const secret = await passphrase(terminal, { question: `Passphrase of ${actor.email}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false })
        const done = await follow(terminal, 'Giving back', await client.remediation.giveBack({ ids, passphrase: secret }, { signal: terminal.signal }))
        return {
          json: done, lines: [...outcomeLines(done), 'The next sync of the source that shows them closes this.'],
          isFailed: done.some(({ outcome }) => outcome === 'failed' || outcome === 'refused'),
        }
      })
    }))
}
