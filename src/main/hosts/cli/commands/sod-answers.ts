import type { Command } from 'commander'
import { collect, type Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { count, table } from '../table.ts'
import { conflictColumns } from './conflict-columns.ts'
import { entitlementsNamed, identityNamed } from './named.ts'

interface WhatIfOptions { readonly person?: string; readonly gets?: readonly string[]; readonly loses?: readonly string[] }
interface ExemptOptions { readonly person?: string; readonly owner?: string; readonly reason?: string; readonly until?: string }

const needed = (value: string | undefined, option: string): string => {
  if (value !== undefined && value.trim() !== '') return value
  throw new CommandRefusal(`${option} is missing.`)
}

/** What could be done about a conflict: ask what a change would bring, or accept it for a time. */
export const addSodAnswers = ({ doing }: Cli, sod: Command): void => {
  sod.command('what-if').description('which conflicts would come, end or change if a person got or lost rights; nothing is changed')
    .option('--person <who>', 'number, e-mail address or name').option('--gets <right>', 'number, id or name; may be repeated', collect)
    .option('--loses <right>', 'number, id or name; may be repeated', collect).addHelpText('after', `
Examples:
  $ muster sod what-if --person rui@acme.example --gets LL_AP_PAYMENT_RUN
  $ muster sod what-if --person "Rui Costa" --gets BG-PAY-RELEASE --loses BG-PAY-ENTER`)
    .action(doing<WhatIfOptions>(async (invocation, _, options) => {
      const found = await inWorkspace(invocation, async ({ client }) => client.policies.whatIf({
        identityId: await identityNamed(client, options.person), gets: await entitlementsNamed(client, options.gets), loses: await entitlementsNamed(client, options.loses),
      }))
      const part = (title: string, lines: typeof found.stays): readonly string[] => (lines.length === 0 ? [] : ['', title, ...table(conflictColumns, lines, '')])
      const along = (what: string, rights: typeof found.gets): readonly string[] =>
        (rights.length === 0 ? [] : [`${what} ${count(rights.length, 'right')} held through them: ${rights.map((one) => one.name).join('; ')}.`])
      const isQuiet = found.appears.length + found.ends.length + found.changes.length === 0
      return {
        json: found,
        lines: [
          `If ${found.subject} gets ${found.gets.map((one) => one.name).join(', ') || 'nothing'} and loses ${found.loses.map((one) => one.name).join(', ') || 'nothing'}:`,
          ...along('With them would come', found.getsAlong), ...along('With them would go', found.losesAlong),
          ...(isQuiet ? ['No conflict comes, ends or changes.'] : []),
          ...part('New conflicts', found.appears), ...part('Conflicts that end', found.ends),
          ...part('Conflicts that change: before', found.changes.map((one) => one.before)), ...part('after', found.changes.map((one) => one.after)),
          ...part('Conflicts that stay', found.stays),
        ],
      }
    }))

  sod.command('exempt').argument('<rule>', 'the rule\'s id').description('accept one person\'s conflict up to and including a day')
    .option('--person <who>', 'number, e-mail address or name').option('--owner <name>', 'who answers for the risk').option('--reason <text>', 'why it can be borne')
    .option('--until <date>', 'its last day, YYYY-MM-DD, at most two years ahead').addHelpText('after', `
Example:
  $ muster sod exempt journal-post-and-approve --person rui@acme.example --owner "Chief accountant" --reason "Only two of us until May" --until 2026-05-31`)
    .action(doing<ExemptOptions>(async (invocation, [ruleId = ''], options) => {
      const made = await inWorkspace(invocation, async ({ client }) => client.policies.grantExemption({
        ruleId, identityId: await identityNamed(client, options.person), owner: needed(options.owner, '--owner'), reason: needed(options.reason, '--reason'),
        until: needed(options.until, '--until'),
      }))
      return { json: made, lines: [`Exemption ${made.id}: ${made.subject} under ${made.ruleId} until ${made.until}; ${made.owner} answers for it.`] }
    }))

  sod.command('exemptions').description('conflicts that were accepted, with those that have ended').addHelpText('after', `
Example:
  $ muster sod exemptions`)
    .action(doing(async (invocation) => {
      const all = await inWorkspace(invocation, ({ client }) => client.policies.exemptions())
      return {
        json: all,
        lines: table([
          { title: 'id', of: (one) => one.id, align: 'right' }, { title: 'state', of: (one) => one.state }, { title: 'until', of: (one) => one.until },
          { title: 'who', of: (one) => one.subject }, { title: 'rule', of: (one) => one.ruleId }, { title: 'owner', of: (one) => one.owner },
          { title: 'reason', of: (one) => one.reason, max: 60 }, { title: 'ended', of: (one) => one.endedWhy },
        ], all, 'No exemption was ever given.'),
      }
    }))

  sod.command('end-exemption').argument('<id>', 'its number ("muster sod exemptions")').description('take an exemption back before its day')
    .option('--reason <text>', 'why').addHelpText('after', `
Example:
  $ muster sod end-exemption 3 --reason "A third colleague came"`)
    .action(doing<{ readonly reason?: string }>(async (invocation, [id], options) => {
      const ended = await inWorkspace(invocation, ({ client }) =>
        client.policies.endExemption({ id: numberOf(id, 'exemption'), reason: needed(options.reason, '--reason') }))
      return { json: ended, lines: [`Exemption ${ended.id} of ${ended.subject} has ended; the conflict counts again.`] }
    }))
}
