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
            { title: 'account', of: (one) => one.id, align: 'right' }, { title: 'login', of: (one) => one.login ?? one.nativeId }, { title: 'kind', of: (one) => one.kind },
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
            ['accounts', found.accounts.map((account) => account.login ?? account.nativeId).join(', ')],
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

  program
    .command('entitlement')
    .argument('<entitlement>', 'its number ("muster search --json")')
    .description('one entitlement: what it does, how much it matters, who uses it')
    .addHelpText('after', `
Example:
  $ muster entitlement 12`)
    .action(doing(async (invocation, [id]) => {
      const input = { entitlementId: numberOf(id, 'entitlement') }
      const found = await inWorkspace(invocation, async ({ client }) => ({ ...(await client.inventory.entitlement(input)), usage: await client.inventory.entitlementUsage(input) }))
      const { entitlement, usage } = found
      return {
        json: found,
        lines: facts([
          ['name', entitlement.name], ['application', entitlement.application], ['source', found.source], ['description', entitlement.description ?? 'none'],
          ['owner', found.owner?.displayName ?? entitlement.ownerEmail ?? 'none named'], ['privilege', entitlement.privilege], ['risk', entitlement.risk],
          ['traits', found.traits.join(', ')], ['tags', found.tags.join(', ')], ['holders', `${found.holders}, ${found.indirect} grants indirectly`],
          ['last used', `${usage.within30Days} within 30 days, ${usage.within90Days} within 90, ${usage.within365Days} within a year, ${usage.longer} longer ago, ${usage.notSeen} not seen`],
          ['sign-ins known since', usage.knownSince ?? 'never read'],
        ]),
      }
    }))

  withPage(program.command('holders').argument('<entitlement>', 'its number').argument('[text]', 'part of a name or login').description('who holds an entitlement, and how'))
    .addHelpText('after', `
Examples:
  $ muster holders 12
  $ muster holders 12 brandt`)
    .action(doing<PageOptions>(async (invocation, [id, text = ''], options) => {
      const page = await inWorkspace(invocation, ({ client }) => client.inventory.holders({ entitlementId: numberOf(id, 'entitlement'), text, ...pageOf(options) }))
      return {
        json: page,
        lines: [
          ...table([
            { title: 'identity', of: (one) => one.identity?.id ?? null, align: 'right' }, { title: 'name', of: (one) => one.identity?.displayName ?? one.account.displayName },
            { title: 'account', of: (one) => one.account.login ?? one.account.nativeId }, { title: 'by way of', of: (one) => one.via.join(' > ') },
            { title: 'given', of: (one) => one.grantedAt }, { title: 'last used', of: (one) => one.lastUsed },
          ], page.holders, 'Nobody holds it.'),
          ...(page.total > page.holders.length ? [`${page.holders.length} of ${page.total}; --from and --limit show the others.`] : []),
        ],
      }
    }))

  withPage(program.command('undescribed').description('entitlements nobody has described, the riskiest first'))
    .addHelpText('after', `
Example:
  $ muster undescribed --limit 20`)
    .action(doing<PageOptions>(async (invocation, _, options) => {
      const page = await inWorkspace(invocation, ({ client }) => client.inventory.undescribed(pageOf(options)))
      return {
        json: page,
        lines: [
          ...table([
            { title: 'entitlement', of: (one) => one.id, align: 'right' }, { title: 'name', of: (one) => one.name }, { title: 'application', of: (one) => one.application },
            { title: 'risk', of: (one) => one.risk }, { title: 'holders', of: (one) => one.holders, align: 'right' },
          ], page.entitlements, 'Everything is described.'),
          ...(page.total > page.entitlements.length ? [`${page.entitlements.length} of ${page.total}; --from and --limit show the others.`] : []),
        ],
      }
    }))

  program
    .command('describe')
    .argument('<entitlement>', 'its number')
    .argument('[words]', 'what somebody can do who holds it; leave out to take your words back')
    .description('say in plain words what an entitlement is for, where its source does not')
    .addHelpText('after', `
Example:
  $ muster describe 12 "Releases payments to the bank"`)
    .action(doing(async (invocation, [id, words]) => {
      const found = await inWorkspace(invocation, ({ client }) => client.inventory.describe({ entitlementId: numberOf(id, 'entitlement'), description: words ?? null }))
      return { json: found, lines: [`${found.entitlement.name}: ${found.entitlement.description ?? 'no description'}`] }
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
            { title: 'account', of: (one) => one.id, align: 'right' }, { title: 'source', of: (one) => one.source }, { title: 'login', of: (one) => one.login ?? one.nativeId },
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

  withPage(program.command('matches').description('accounts whose owner was confirmed by hand'))
    .addHelpText('after', `
Example:
  $ muster matches`)
    .action(doing<PageOptions>(async (invocation, _, options) => {
      const page = await inWorkspace(invocation, ({ client }) => client.inventory.confirmedMatches(pageOf(options)))
      return {
        json: page,
        lines: table([
          { title: 'account', of: (one) => one.account.id, align: 'right' }, { title: 'login', of: (one) => one.account.login ?? one.account.nativeId },
          { title: 'source', of: (one) => one.account.source }, { title: 'belongs to', of: (one) => one.identity?.displayName ?? 'nobody' },
          { title: 'by', of: (one) => one.confirmed.by }, { title: 'at', of: (one) => one.confirmed.at },
        ], page.matches, 'Nothing was confirmed by hand.'),
      }
    }))

  program
    .command('unmatch')
    .argument('<account>', 'number of a confirmed account')
    .description('take back a confirmed match')
    .addHelpText('after', `
Example:
  $ muster unmatch 431`)
    .action(doing(async (invocation, [account]) => {
      const now = await inWorkspace(invocation, ({ client }) => client.inventory.undoMatch({ accountId: numberOf(account, 'account') }))
      return { json: now, lines: [now.identityId === null ? `${now.nativeId} belongs to nobody again.` : `${now.nativeId} belongs to identity ${now.identityId} by its own ids.`] }
    }))
}
