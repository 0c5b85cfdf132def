import type { Cli } from '../cli.ts'
import { inWorkspace, myCampaign } from '../session.ts'
import { count, table } from '../table.ts'

const ways = { attestation: 'attested as unchanged', bulk: 'kept together' } as const

/** What could be decided in one go on the screen, and what was. Here nobody could show that a drawn sample was looked at, so nothing is decided. */
export const addTogether = ({ program, doing }: Cli): void => {
  program
    .command('together')
    .description('what the screens offer to decide on in one go, and what was; "muster undo --together" takes it back')
    .option('--campaign <id>', 'which campaign; may be left out when there is only one')
    .addHelpText('after', `
Examples:
  $ muster together --as rui@acme.example
  $ muster undo --together 4711 --as rui@acme.example`)
    .action(doing<{ campaign?: string }>(async (invocation, _, options) => {
      const offer = await inWorkspace(invocation, async ({ client }) => client.review.together({ campaign: await myCampaign(client, options.campaign) }))
      return {
        json: offer,
        lines: [
          `${count(offer.unchanged.length, 'item')} unchanged since the last review, to be attested on the screen.`,
          '',
          ...table([
            { title: 'right', of: (group) => group.entitlementName, max: 40 }, { title: 'application', of: (group) => group.application, max: 28 },
            { title: 'held by', of: (group) => group.subjectKind }, { title: 'items', of: (group) => group.size, align: 'right' },
            { title: 'to open first', of: (group) => group.drawn, align: 'right' },
          ], offer.groups, 'No group of alike, low-risk access is large enough to be kept together.'),
          '',
          ...table([
            { title: 'number', of: (go) => go.id, align: 'right' }, { title: 'what', of: (go) => ways[go.way] }, { title: 'at', of: (go) => go.at },
            { title: 'items', of: (go) => go.size, align: 'right' }, { title: 'still standing', of: (go) => go.standing, align: 'right' },
          ], offer.recorded, 'Nothing that was decided in one go waits for the sign-off.'),
        ],
      }
    }))
}
