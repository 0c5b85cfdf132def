import type { Cli } from '../cli.ts'
import { inWorkspace } from '../session.ts'
import { facts, table } from '../table.ts'

export const addStatus = ({ program, doing }: Cli): void => {
  program
    .command('status')
    .description('what is in the workspace, and what waits')
    .addHelpText('after', `
Examples:
  $ muster status
  $ muster status --json --workspace acme`)
    .action(doing(async (invocation) => {
      const now = await inWorkspace(invocation, ({ client }) => client.workspace.status())
      return {
        json: now,
        lines: [
          ...(now.hasRoot ? [] : ['NOBODY CAN SIGN HERE YET: your organisation\'s own authority has not certified the officer. With its answer: "muster key take EMAIL FILE".', '']),
          ...facts([
            ['workspace', now.workspace], ['folder', now.folder], ['as of', now.asOf], ['people in HR', now.hrPeople], ['identities', now.identities],
            ['accounts', now.accounts], ['orphan accounts', now.orphanAccounts], ['entitlements', now.entitlements], ['grants', now.grants],
            ['leavers with access', now.leaversWithAccess], ['held files', now.heldRuns], ['events', now.events],
            ['last checkpoint', now.lastCheckpointSize === null ? 'none yet' : `after ${now.lastCheckpointSize} events`],
            ...now.awaitedCertificates.map(({ email, at }) => ['certificate awaited', `${email}, since ${at.slice(0, 10)}`] as const),
          ]),
          '',
          ...table([
            { title: 'campaign', of: (campaign) => campaign.id, align: 'right' }, { title: 'name', of: (campaign) => campaign.spec.name },
            { title: 'state', of: (campaign) => campaign.state }, { title: 'due', of: (campaign) => campaign.spec.rules.dueOn },
            { title: 'items', of: (campaign) => campaign.progress.items, align: 'right' },
            { title: 'undecided', of: (campaign) => campaign.progress.undecided, align: 'right' },
            { title: 'signed off', of: (campaign) => campaign.progress.signedOff, align: 'right' },
          ], now.campaigns, 'No campaign yet.'),
        ],
      }
    }))
}
