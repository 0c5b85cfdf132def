import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { remediationState, ticketSystem, type ApplyOutcome, type Remediation } from '../../../../shared/model/remediation.ts'
import type { Cli, Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { passphrase } from '../passphrase.ts'
import { follow } from '../progress.ts'
import { openSecretsIfNeeded } from '../secret-input.ts'
import { inWorkspace, numberOf, type Session } from '../session.ts'
import { count, facts, table, type Column } from '../table.ts'
import { addActMode } from './act-mode.ts'
import { addGivingBack } from './giving-back.ts'

interface ListOptions { readonly campaign?: string; readonly state?: string; readonly source?: string; readonly overdue?: boolean; readonly alarms?: boolean }

const columns: readonly Column<Remediation>[] = [
  { title: 'id', of: (one) => one.id, align: 'right' }, { title: 'state', of: (one) => (one.isAlarm ? 'CAME BACK' : one.isStillThere ? 'still there' : one.state) },
  { title: 'due', of: (one) => `${one.dueOn}${one.isOverdue ? ' late' : ''}` }, { title: 'person', of: (one) => one.subjectName, max: 28 },
  { title: 'right', of: (one) => one.entitlementName, max: 32 }, { title: 'source', of: (one) => one.source, max: 18 },
  { title: 'remove', of: (one) => (one.remove.nativeId === one.entitlement ? 'the right itself' : one.remove.name), max: 28 }, { title: 'way', of: (one) => one.way },
  { title: 'by', of: (one) => one.ticket?.key ?? one.means ?? '' },
]

const outcomeColumns: readonly Column<ApplyOutcome>[] = [
  { title: 'id', of: (one) => one.id, align: 'right' }, { title: 'outcome', of: (one) => one.outcome }, { title: 'what', of: (one) => one.detail, max: 90 },
  { title: 'instead', of: (one) => one.instead, max: 70 }, { title: 'request', of: (one) => one.request, max: 80 },
]

/** Numbers as typed; with none, everything that is planned or came back. */
const chosen = async ({ client }: Session, given: readonly (string | undefined)[]): Promise<number[]> => {
  const named = given.filter((text) => text !== undefined)
  if (named.length > 0) return named.map((text) => numberOf(text, 'remediation'))
  const { rows } = await client.remediation.list({ states: ['planned', 'came-back'], limit: 1_000 })
  if (rows.length === 0) throw new CommandRefusal('Nothing is planned; "muster remediation plan" puts closed campaigns\' revokes into the plan.')
  return rows.map(({ id }) => id)
}

const flat = (positional: readonly unknown[]): readonly string[] => positional.flat().filter((text) => typeof text === 'string')

const systemOf = (text: string | undefined) => {
  const system = ticketSystem.safeParse(text)
  if (system.success) return system.data
  throw new CommandRefusal(`--system is one of ${ticketSystem.options.join(', ')}.`)
}

const settled = (done: readonly ApplyOutcome[]): readonly string[] => table(outcomeColumns, done, 'Nothing was done.')

const reasonOf = (reason: string | undefined): string => {
  if (reason !== undefined && reason.trim() !== '') return reason
  throw new CommandRefusal('--reason is missing; it is recorded.')
}

async function trying(invocation: Invocation, given: readonly string[]) {
  const done = await inWorkspace(invocation, async (session) => {
    await openSecretsIfNeeded(invocation.terminal, session.client)
    return follow(invocation.terminal, 'Dry run', await session.client.remediation.tryRemovals({ ids: await chosen(session, given) }, { signal: invocation.terminal.signal }))
  })
  return { json: done, lines: [...settled(done), 'Nothing was changed.'] }
}

export const addRemediation = (cli: Cli): void => {
  const { program, doing } = cli
  const remediation = program.command('remediation').description('carry out revokes, and see them proved gone by a later reading of the source')

  remediation.command('plan').description('put the revokes of closed campaigns into the plan; again adds only what is new').option('--campaign <id>', 'one campaign (default: all closed ones)')
    .addHelpText('after', `
Examples:
  $ muster remediation plan
  $ muster remediation plan --campaign 1`)
    .action(doing<{ campaign?: string }>(async (invocation, _, { campaign }) => {
      const made = await inWorkspace(invocation, ({ client }) => client.remediation.plan({ campaign: campaign === undefined ? null : numberOf(campaign, 'campaign') }))
      return { json: made, lines: [`${count(made.planned, 'removal')} planned, ${made.alreadyGone} proved gone already.`] }
    }))

  remediation.command('list').description('where every revoke stands, alarms first').option('--campaign <id>', 'one campaign').option('--state <state>', remediationState.options.join(', '))
    .option('--source <name>', 'one source').option('--overdue', 'only what is past its due day').option('--alarms', 'only what came back or is still there').addHelpText('after', `
Examples:
  $ muster remediation list
  $ muster remediation list --alarms
  $ muster remediation list --state planned --source Directory --json`)
    .action(doing<ListOptions>(async (invocation, _, options) => {
      const state = options.state === undefined ? undefined : remediationState.safeParse(options.state)
      if (state?.success === false) throw new CommandRefusal(`--state is one of ${remediationState.options.join(', ')}.`)
      const page = await inWorkspace(invocation, ({ client }) => client.remediation.list({
        campaign: options.campaign === undefined ? null : numberOf(options.campaign, 'campaign'), states: state === undefined ? [] : [state.data],
        source: options.source ?? null, onlyOverdue: options.overdue === true, onlyAlarms: options.alarms === true, limit: 1_000,
      }))
      const more = page.total > page.rows.length ? [`${page.total - page.rows.length} more; narrow the list to see them.`] : []
      return { json: page, lines: [...table(columns, page.rows, 'No such removal.'), ...more] }
    }))

  remediation.command('show').argument('<id>').description('one removal: what really has to go, whom else that hits, what happened so far').addHelpText('after', `
Example:
  $ muster remediation show 3`)
    .action(doing(async (invocation, [id]) => {
      const one = await inWorkspace(invocation, ({ client }) => client.remediation.detail({ id: numberOf(id, 'remediation') }))
      const { effect, lookback } = one
      return {
        json: one,
        lines: [
          ...facts([
            ['Person', one.subjectName], ['Account', `${one.accountName} (${one.account}) in ${one.source}`], ['Right', `${one.entitlementName} (${one.entitlement})`],
            ['State', one.state], ['Due', `${one.dueOn}${one.isOverdue ? ', late' : ''}`], ['Because of', one.basis], ['Remove', `${effect.remove.name} (${effect.remove.nativeId})`],
            ['Held', effect.way], ['By connector', effect.byConnector ? 'yes' : `no: ${effect.reason ?? ''}`], ...(effect.instead === null ? [] : [['Instead', effect.instead] as const]),
            ['Also lost', effect.alsoLost.count === 0 ? 'nothing' : `${effect.alsoLost.count}: ${effect.alsoLost.names.join(', ')}`],
            ...(effect.stillHeldThrough.length === 0 ? [] : [['Still held', effect.stillHeldThrough.join('; ')] as const]),
            ['Used after', lookback.lastUsed ?? (lookback.knownUntil === null ? 'unknown: no sign-ins are read' : `not seen up to ${lookback.knownUntil}`)],
          ]),
          '', ...table([{ title: 'when', of: (step) => step.at }, { title: 'what', of: (step) => step.kind }, { title: 'by', of: (step) => step.by }, { title: '', of: (step) => step.detail, max: 90 }], one.steps, ''),
        ],
      }
    }))

  remediation.command('try').argument('[ids...]', 'which (default: all planned)').description('ask the source what would happen; changes nothing').addHelpText('after', `
Example:
  $ muster remediation try 3 4`)
    .action(doing(async (invocation, positional) => trying(invocation, flat(positional))))

  remediation.command('apply').argument('[ids...]', 'which (default: all planned)').description('remove access through the connector, after a dry run of each; asks for your passphrase')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase').option('--automatic', 'only what the officer\'s named low-risk rules cover, without a passphrase')
    .addHelpText('after', `
Examples:
  $ muster remediation apply 3 4
  $ muster remediation apply --automatic`)
    .action(doing<{ passphraseFile?: string; automatic?: boolean }>(async (invocation, positional, options) => {
      const { terminal } = invocation
      const done = await inWorkspace(invocation, async (session) => {
        const { client, actor } = session
        await openSecretsIfNeeded(terminal, client)
        if (options.automatic === true) return follow(terminal, 'Removing', await client.remediation.applyAutomatic(undefined, { signal: terminal.signal }))
        const ids = await chosen(session, flat(positional))
        const secret = await passphrase(terminal, { question: `Passphrase of ${actor.email}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false })
        return follow(terminal, 'Removing', await client.remediation.applyRemovals({ ids, passphrase: secret }, { signal: terminal.signal }))
      })
      const isFailed = done.some(({ outcome }) => outcome === 'failed' || outcome === 'refused')
      return { json: done, lines: [...settled(done), 'The next sync of the source proves what is gone.'], isFailed }
    }))

  remediation.command('ticket').argument('[ids...]', 'which (default: all planned)').description('open one ticket for them; asking again finds the first').option('--system <system>', ticketSystem.options.join(' or '))
    .addHelpText('after', `
Example:
  $ muster remediation ticket 3 4 --system servicenow`)
    .action(doing<{ system?: string }>(async (invocation, positional, { system }) => {
      const opened = await inWorkspace(invocation, async (session) => {
        await openSecretsIfNeeded(invocation.terminal, session.client)
        return session.client.remediation.openTicket({ ids: await chosen(session, flat(positional)), system: systemOf(system) })
      })
      return { json: opened, lines: [`${opened.isNew ? 'Opened' : 'Found'} ${opened.key}: ${opened.url}`] }
    }))

  remediation.command('worklist').argument('[ids...]', 'which (default: all planned)').description('a list as CSV for people who remove access by hand').option('--out <file>', 'write it there')
    .option('--handed-out', 'record that it was handed out: what is planned counts as requested').addHelpText('after', `
Examples:
  $ muster remediation worklist --out todo.csv
  $ muster remediation worklist 3 4 --out todo.csv --handed-out`)
    .action(doing<{ out?: string; handedOut?: boolean }>(async (invocation, positional, options) => {
      const list = await inWorkspace(invocation, async (session) => session.client.remediation.workList({ ids: await chosen(session, flat(positional)), isHandedOut: options.handedOut === true }))
      if (options.out === undefined) return { json: list.lines, lines: list.csv.trimEnd().split('\r\n') }
      await writeFile(resolve(invocation.terminal.cwd, options.out), list.csv)
      return { json: list.lines, lines: [`${count(list.lines.length, 'line')} written to ${options.out}.`] }
    }))

  remediation.command('done').argument('<ids...>').description('report that it was removed by hand; the next sync says whether it was').option('--note <text>', 'by whom and how').addHelpText('after', `
Example:
  $ muster remediation done 3 4 --note "Help desk, INC0010042"`)
    .action(doing<{ note?: string }>(async (invocation, positional, { note }) => {
      const ids = flat(positional).map((text) => numberOf(text, 'remediation'))
      const done = await inWorkspace(invocation, ({ client }) => client.remediation.reportDone({ ids, note: note ?? 'Reported as done.' }))
      return { json: done, lines: [`${count(done.changed, 'removal')} reported as done; not proved until the next sync.`] }
    }))

  remediation.command('reopen').argument('<id>').description('a right that came back, or is still there, is to go again').option('--reason <text>', 'why').addHelpText('after', `
Example:
  $ muster remediation reopen 3 --reason "Given again by mistake"`)
    .action(doing<{ reason?: string }>(async (invocation, [id], { reason }) => {
      const done = await inWorkspace(invocation, ({ client }) => client.remediation.reopen({ id: numberOf(id, 'remediation'), reason: reasonOf(reason) }))
      return { json: done, lines: [`Removal ${id ?? ''} is planned again.`] }
    }))

  addGivingBack(remediation, cli)
  addActMode(remediation, cli)
}
