import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { inWorkspace } from '../session.ts'
import { count, table } from '../table.ts'
import { entitlementsNamed } from './named.ts'

/** Tags: words on rights that rules may name instead of ids. */
export const addSodTags = ({ doing }: Cli, sod: Command): void => {
  sod.command('tags').description('tags with how many rights carry them and which rules ask for them').addHelpText('after', `
Example:
  $ muster sod tags`)
    .action(doing(async (invocation) => {
      const tags = await inWorkspace(invocation, ({ client }) => client.policies.tags())
      return {
        json: tags,
        lines: table([
          { title: 'tag', of: (one) => one.tag }, { title: 'rights', of: (one) => one.entitlements, align: 'right' },
          { title: 'rules', of: (one) => one.rules.join(', ') }, { title: 'means', of: (one) => one.description, max: 70 },
        ], tags, 'No tags.'),
      }
    }))

  sod.command('suggest').argument('[tag]', 'of one tag only').description('rights whose names look like a tag; nothing follows until "sod tag" confirms it')
    .addHelpText('after', `
Example:
  $ muster sod suggest approve-payment`)
    .action(doing(async (invocation, [tag]) => {
      const found = await inWorkspace(invocation, ({ client }) => client.policies.suggestTags({ tag: tag ?? null }))
      return {
        json: found,
        lines: table([
          { title: 'tag', of: (one) => one.tag }, { title: 'right', of: (one) => one.entitlementId, align: 'right' }, { title: 'id', of: (one) => one.nativeId },
          { title: 'name', of: (one) => one.name }, { title: 'application', of: (one) => one.application }, { title: 'because of', of: (one) => one.because },
        ], found, 'No name looks like a tag that is not given.'),
      }
    }))

  for (const [name, isAssigned, verb] of [['tag', true, 'put a tag on'], ['untag', false, 'take a tag off']] as const) {
    sod.command(name).argument('<tag>', 'small letters, digits and hyphens').argument('<right...>', 'rights by number, id or name').description(`${verb} rights; recorded`)
      .addHelpText('after', `
Example:
  $ muster sod ${name} approve-payment BG-PAY-RELEASE`)
      .action(doing(async (invocation, [tag = '', rights]) => {
        const set = await inWorkspace(invocation, async ({ client }) =>
          client.policies.setTag({ tag, entitlements: await entitlementsNamed(client, [rights ?? []].flat()), isAssigned }))
        return { json: set, lines: [`${count(set.changed, 'right')} changed.`] }
      }))
  }
}
