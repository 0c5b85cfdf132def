import { protectedKind, protectionBasis } from '../../../../shared/model/protected-object.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { table } from '../table.ts'

interface AddOptions { readonly source?: string; readonly account?: string; readonly entitlement?: string; readonly basis?: string; readonly reason?: string }

const needed = (value: string | undefined, option: string): string => {
  if (value !== undefined && value.trim() !== '') return value
  throw new CommandRefusal(`${option} is missing.`)
}

export const addProtect = ({ program, doing }: Cli): void => {
  const protect = program.command('protect').description('accounts and rights that no machine may take away and no advice may settle')

  protect.command('list').description('everything that is protected').addHelpText('after', `
Example:
  $ muster protect list`)
    .action(doing(async (invocation) => {
      const all = await inWorkspace(invocation, ({ client }) => client.policies.protectedObjects())
      return {
        json: all,
        lines: table([
          { title: 'id', of: (one) => one.id, align: 'right' }, { title: 'what', of: (one) => one.kind }, { title: 'source', of: (one) => one.source },
          { title: 'its id', of: (one) => one.nativeId }, { title: 'name', of: (one) => (one.isMissing ? 'not in the source now' : one.name) },
          { title: 'because', of: (one) => one.basis }, { title: 'reason', of: (one) => one.reason, max: 60 }, { title: 'by', of: (one) => one.protectedBy },
        ], all, 'Nothing is protected.'),
      }
    }))

  protect.command('add').description('protect an account or a right; recorded').option('--source <name>', 'the source it is in')
    .option('--account <id>', 'an account, by the source\'s own id').option('--entitlement <id>', 'a right, by the source\'s own id')
    .option('--basis <basis>', `${protectionBasis.options.join(', ')} (default: named)`).option('--reason <text>', 'why').addHelpText('after', `
Examples:
  $ muster protect add --source Directory --account emergency-1 --basis break-glass --reason "Last way in"
  $ muster protect add --source Directory --entitlement GW-USER-ADMIN --reason "Two must always hold it"`)
    .action(doing<AddOptions>(async (invocation, _, options) => {
      const basis = protectionBasis.safeParse(options.basis ?? 'named').data
      if (basis === undefined) throw new CommandRefusal(`--basis is one of ${protectionBasis.options.join(', ')}, not "${options.basis}".`)
      if ((options.account === undefined) === (options.entitlement === undefined)) throw new CommandRefusal('Name either --account or --entitlement.')
      const kind = options.account === undefined ? protectedKind.enum.entitlement : protectedKind.enum.account
      const made = await inWorkspace(invocation, ({ client }) => client.policies.protect({
        kind, source: needed(options.source, '--source'), nativeId: options.account ?? options.entitlement ?? '', basis, reason: needed(options.reason, '--reason'),
      }))
      return { json: made, lines: [`${made.nativeId} is protected${made.isMissing ? '; the source does not have it now' : ''}.`] }
    }))

  protect.command('remove').argument('<id>', 'its number ("muster protect list")').description('give it back to the ordinary rules; recorded')
    .option('--reason <text>', 'why').addHelpText('after', `
Example:
  $ muster protect remove 2 --reason "The account is gone"`)
    .action(doing<{ readonly reason?: string }>(async (invocation, [id], options) => {
      const done = await inWorkspace(invocation, ({ client }) =>
        client.policies.endProtection({ id: numberOf(id, 'protected object'), reason: needed(options.reason, '--reason') }))
      return { json: done, lines: [`${done.released} is no longer protected.`] }
    }))
}
