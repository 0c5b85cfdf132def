import type { Cli } from '../cli.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { facts, table } from '../table.ts'
import { pageOf, withPage, type PageOptions } from './page-options.ts'

export const addInventory = ({ program, doing }: Cli): void => {
  withPage(program.command('search').argument('<text>', 'part of a name, address or id').description('find people, accounts and entitlements'))
    .addHelpText('after', `
Example:
  $ muster search payroll`)
    .action(doing<PageOptions>(async (invocation, [text = ''], options) => {
      const found = await inWorkspace(invocation, ({ client }) => client.inventory.search({ text, ...pageOf(options) }))
      return {
        json: found,
        lines: [
          ...table([
            { title: 'identity', of: (one) => one.id, align: 'right' }, { title: 'name', of: (one) => one.displayName }, { title: 'kind', of: (one) => one.kind },
            { title: 'status', of: (one) => one.status }, { title: 'title', of: (one) => one.title }, { title: 'department', of: (one) => one.department },
          ], found.identities, 'No person of that name.'),
          '',
          ...table([
            { title: 'entitlement', of: (one) => one.name }, { title: 'application', of: (one) => one.application },
            { title: 'privilege', of: (one) => one.privilege }, { title: 'risk', of: (one) => one.risk }, { title: 'holders', of: (one) => one.holders, align: 'right' },
          ], found.entitlements, 'No entitlement of that name.'),
          '',
          ...table([
            { title: 'account', of: (one) => one.id, align: 'right' }, { title: 'login', of: (one) => one.nativeId }, { title: 'kind', of: (one) => one.kind },
            { title: 'identity', of: (one) => one.identityId, align: 'right' }, { title: 'why', of: (one) => one.linkReason },
          ], found.accounts, 'No account of that name.'),
        ],
      }
    }))

  program
    .command('person')
    .argument('<identity>', 'its number ("muster search")')
    .description('one identity: accounts, access, HR history')
    .addHelpText('after', `
Example:
  $ muster person 12`)
    .action(doing(async (invocation, [id]) => {
      const found = await inWorkspace(invocation, ({ client }) => client.inventory.person({ identityId: numberOf(id, 'identity') }))
      const { identity } = found
      return {
        json: found,
        lines: [
          ...facts([
            ['name', identity.displayName], ['kind', identity.kind], ['status', identity.status], ['title', identity.title ?? ''],
            ['department', identity.department ?? ''], ['manager', found.manager?.displayName ?? 'none known'],
            ['accounts', found.accounts.map((account) => account.nativeId).join(', ')],
          ]),
          '',
          ...table([
            { title: 'grant', of: (one) => one.grantId, align: 'right' }, { title: 'entitlement', of: (one) => one.entitlement.name },
            { title: 'application', of: (one) => one.entitlement.application }, { title: 'path', of: (one) => one.path },
            { title: 'granted', of: (one) => one.grantedAt }, { title: 'last used', of: (one) => one.lastUsed },
          ], found.access, 'Holds nothing.'),
          '',
          ...table([
            { title: 'on', of: (one) => one.effectiveOn }, { title: 'event', of: (one) => one.kind }, { title: 'what', of: (one) => one.attribute },
            { title: 'from', of: (one) => one.from }, { title: 'to', of: (one) => one.to },
          ], found.history, 'HR says nothing about changes.'),
        ],
      }
    }))

  withPage(program.command('orphans').description('accounts no identity stands behind, with suggestions to confirm'))
    .addHelpText('after', `
Example:
  $ muster orphans`)
    .action(doing<PageOptions>(async (invocation, _, options) => {
      const page = await inWorkspace(invocation, ({ client }) => client.inventory.orphans(pageOf(options)))
      return {
        json: page,
        lines: [
          ...table([
            { title: 'account', of: (one) => one.id, align: 'right' }, { title: 'source', of: (one) => one.source }, { title: 'login', of: (one) => one.nativeId },
            { title: 'name', of: (one) => one.displayName }, { title: 'grants', of: (one) => one.grants, align: 'right' }, { title: 'why', of: (one) => one.linkReason },
            { title: 'perhaps', of: (one) => one.suggestions.map((other) => `${other.identityId} ${other.displayName} (${other.why})`).join('; '), max: 70 },
          ], page.accounts, 'No orphan account.'),
          ...(page.total > page.accounts.length ? [`${page.accounts.length} of ${page.total}; --from and --limit show the others.`] : []),
        ],
      }
    }))

  program
    .command('match')
    .argument('<account>', 'number of an orphan account')
    .argument('<identity>', 'number of the identity it belongs to')
    .description('confirm whose an orphan account is')
    .addHelpText('after', `
Example:
  $ muster match 431 57`)
    .action(doing(async (invocation, [account, identity]) => {
      const matched = await inWorkspace(invocation, ({ client }) =>
        client.inventory.confirmMatch({ accountId: numberOf(account, 'account'), identityId: numberOf(identity, 'identity') }))
      return { json: matched, lines: [`${matched.nativeId} now belongs to identity ${identity ?? ''}.`] }
    }))
}
