import type { Command } from 'commander'
import { plantedAnswer } from '../../../../shared/model/campaign.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { campaignNumber, inWorkspace, numberOf } from '../session.ts'
import { table } from '../table.ts'

interface Options { readonly item?: string; readonly expected?: string; readonly note?: string; readonly takeBack?: boolean }

/** Items whose right answer is known, to see whether reviewers notice. */
export const addPlanting = (campaign: Command, { doing }: Cli): void => {
  campaign.command('plant').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('note an item\'s right answer before anybody decides it, for its right was given to see whether that is noticed; without --item, those noted')
    .option('--item <n>', 'the item ("muster campaign items" names them)').option('--expected <answer>', `${plantedAnswer.options.join(' or ')} (default: revoke)`)
    .option('--note <text>', 'why; reviewers never see it, the report does').option('--take-back', 'it is an item like any other after all')
    .addHelpText('after', `
Such an item never becomes a removal: take the right away where it was given.

Examples:
  $ muster campaign plant 1 --item 17 --note "Given on 2026-11-02 for this"
  $ muster campaign plant 1 --item 17 --take-back
  $ muster campaign plant 1`)
    .action(doing<Options>(async (invocation, [id], options) => {
      const planted = await inWorkspace(invocation, async ({ client }) => {
        const number = await campaignNumber(client, id)
        if (options.item === undefined) return client.campaigns.planted({ campaign: number })
        const expected = plantedAnswer.safeParse(options.expected ?? 'revoke')
        if (!expected.success) throw new CommandRefusal(`--expected is ${plantedAnswer.options.join(' or ')}.`)
        return client.campaigns.plant({
          campaign: number, item: numberOf(options.item, 'item'), expected: options.takeBack === true ? null : expected.data, note: options.note ?? '',
        })
      })
      return {
        json: planted,
        lines: table([
          { title: 'item', of: (one) => one.item, align: 'right' }, { title: 'whose', of: (one) => one.subject }, { title: 'right', of: (one) => one.entitlement },
          { title: 'expected', of: (one) => one.expected }, { title: 'answers', of: (one) => `${one.answered} of ${one.asked}` }, { title: 'as expected', of: (one) => one.right, align: 'right' },
          { title: 'noted by', of: (one) => one.plantedBy }, { title: 'note', of: (one) => one.note, max: 60 },
        ], planted, 'No item\'s right answer is noted.'),
      }
    }))

  campaign.command('items').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('the open stage\'s items with their reviewers, riskiest first').option('--reviewer <email>', 'of one reviewer').option('--open', 'only what is not signed off')
    .option('--text <words>', 'part of a person\'s, a right\'s or an application\'s name').option('--limit <n>', 'at most this many', '100')
    .addHelpText('after', `
Example:
  $ muster campaign items 1 --open --text payroll`)
    .action(doing<{ reviewer?: string; open?: boolean; text?: string; limit: string }>(async (invocation, [id], options) => {
      const page = await inWorkspace(invocation, async ({ client }) => client.campaigns.items({
        campaign: await campaignNumber(client, id), reviewer: options.reviewer ?? null, onlyOpen: options.open === true, text: options.text ?? null, limit: numberOf(options.limit, 'limit'),
      }))
      return {
        json: page,
        lines: [
          ...table([
            { title: 'item', of: (one) => one.itemId, align: 'right' }, { title: 'reviewer', of: (one) => one.reviewer }, { title: 'whose', of: (one) => one.subject },
            { title: 'right', of: (one) => one.entitlement }, { title: 'application', of: (one) => one.application }, { title: 'risk', of: (one) => one.risk }, { title: 'state', of: (one) => one.state },
          ], page.items, 'No such item.'),
          ...(page.total > page.items.length ? [`${page.total - page.items.length} more; narrow the list to see them.`] : []),
        ],
      }
    }))
}
