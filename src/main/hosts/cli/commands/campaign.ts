import type { Command } from 'commander'
import type { PopulationTotals } from '../../../../shared/model/campaign.ts'
import type { Cli } from '../cli.ts'
import { follow } from '../progress.ts'
import { campaignNumber, inWorkspace } from '../session.ts'
import { count, facts, table } from '../table.ts'
import { addDrafts, addPopulation } from './campaign-drafts.ts'
import { addPlanting } from './campaign-planting.ts'
import { addSteering } from './campaign-steering.ts'
import { campaignSpecFrom, withCampaignOptions, type CampaignOptions } from './campaign-options.ts'

interface RefOptions {
  readonly campaign?: string
}

const totalsLines = (totals: PopulationTotals): readonly string[] =>
  facts([
    ['population', totals.population], ['in review', totals.inReview],
    ...totals.excluded.map(({ reason, grants }) => [`excluded, ${reason}`, grants] as const),
    ['difference', totals.difference === 0 ? '0' : `FAILED: ${totals.difference}`],
  ])

const onCampaign = (parent: Command, name: string, description: string, example: string): Command =>
  parent
    .command(name)
    .argument('[campaign]', 'its number; may be left out when there is only one')
    .option('--campaign <id>', 'the same as the argument')
    .description(description)
    .addHelpText('after', `\nExample:\n  $ ${example}`)

const addCreate = (campaign: Command, { doing }: Cli): void => {
  withCampaignOptions(campaign.command('create').description('plan a campaign; nothing is asked of anybody yet'))
    .addHelpText('after', `
Examples:
  $ muster campaign create --name "Privileged access, Q4" --due 2026-12-15 --privilege elevated --privilege admin
  $ muster campaign create --name "Everything" --due 2026-12-15 --fallback olga@acme.example
  $ muster campaign create --name "Everything" --due 2026-12-15 --ladder -5=remind --ladder 1=add-manager
  $ muster campaign create --spec campaign.json --due 2027-03-31 --no-ladder

Without --ladder it begins with the organisation's ("muster calendar ladder").`)
    .action(doing<CampaignOptions>(async (invocation, _, options) => {
      const made = await inWorkspace(invocation, async ({ app, client }) => {
        const spec = await campaignSpecFrom(invocation.terminal.cwd, options, (await app.officer()).email, {}, (await client.calendar.settings()).escalation)
        const { asOf } = await client.workspace.session()
        return client.campaigns.create({ spec, asOf })
      })
      return { json: made, lines: [`Planned campaign ${made.id}, "${made.spec.name}", as of ${made.asOf}. Next: "muster campaign preview ${made.id}".`] }
    }))
}

const addPreview = (campaign: Command, { doing }: Cli): void => {
  onCampaign(campaign, 'preview', 'who would be asked what; exit 1 while something stands in the way of the launch', 'muster campaign preview 1')
    .action(doing<RefOptions>(async (invocation, [id], options) => {
      const found = await inWorkspace(invocation, async ({ client }) => client.campaigns.preview({ campaign: await campaignNumber(client, id, options.campaign) }))
      return {
        json: found,
        lines: [
          ...totalsLines(found.totals),
          `Advice: ${found.advice.keep} keep, ${found.advice.revoke} revoke, ${found.advice.lookCloser} look closer.`, '',
          ...table([
            { title: 'reviewer', of: (load) => load.person }, { title: 'name', of: (load) => load.name }, { title: 'as', of: (load) => load.basis },
            { title: 'items', of: (load) => load.items, align: 'right' },
          ], found.reviewers, 'Nobody would be asked anything.'),
          ...found.warnings.map((warning) => `Worth knowing: ${warning}`),
          ...found.obstacles.map((obstacle) => `FAILED: ${obstacle}`),
          ...(found.obstacles.length === 0 ? ['Ready to launch.'] : []),
        ],
        isFailed: found.obstacles.length > 0,
      }
    }))
}

const addLaunch = (campaign: Command, { doing }: Cli): void => {
  onCampaign(campaign, 'launch', 'freeze the evidence and the rules, and hand out the items', 'muster campaign launch 1')
    .action(doing<RefOptions>(async (invocation, [id], options) => {
      const launched = await inWorkspace(invocation, async ({ client }) => {
        const number = await campaignNumber(client, id, options.campaign)
        return follow(invocation.terminal, 'Launch', await client.campaigns.launch({ campaign: number }, { signal: invocation.terminal.signal }))
      })
      return {
        json: launched,
        lines: [
          `Launched campaign ${launched.campaign.id}, "${launched.campaign.spec.name}": ${count(launched.totals.inReview, 'item')} for ${count(launched.reviewers, 'reviewer')}.`,
          ...totalsLines(launched.totals),
        ],
      }
    }))
}

const addStatusOf = (campaign: Command, { doing }: Cli): void => {
  onCampaign(campaign, 'status', 'how far each reviewer is', 'muster campaign status 1 --json')
    .action(doing<RefOptions>(async (invocation, [id], options) => {
      const now = await inWorkspace(invocation, async ({ client }) => {
        const status = await client.campaigns.status({ campaign: await campaignNumber(client, id, options.campaign) })
        return { ...status, withoutReviewer: (await client.campaigns.withoutReviewer()).filter(({ campaign: of }) => of === status.campaign.id) }
      })
      const { progress } = now
      return {
        json: now,
        lines: [
          ...facts([
            ['campaign', `${now.campaign.id} ${now.campaign.spec.name}`], ['state', now.campaign.state], ['as of', now.campaign.asOf], ['due', now.campaign.dueOn], ['stage', `${now.campaign.stage} of ${now.campaign.spec.stages.length + 1}`],
            ['items', progress.items], ['undecided', progress.undecided], ['kept', progress.kept], ['revoked', progress.revoked],
            ['kept until', progress.keptUntil], ['look closer', progress.lookCloser], ['signed off', progress.signedOff],
          ]),
          '',
          ...table([
            { title: 'reviewer', of: (one) => one.person }, { title: 'name', of: (one) => one.name }, { title: 'key', of: (one) => (one.isEnrolled ? 'yes' : 'no') },
            { title: 'items', of: (one) => one.items, align: 'right' }, { title: 'decided', of: (one) => one.decided, align: 'right' },
            { title: 'signed off', of: (one) => one.signedOff, align: 'right' }, { title: 'last signed', of: (one) => one.signedOffAt },
          ], now.reviewers, 'Not launched yet.'),
          ...now.withoutReviewer.map(({ person, items }) =>
            `${count(items, 'item')} without a reviewer: ${person} has left. "muster campaign reassign ${now.campaign.id} --from ${person} --to EMAIL --reason TEXT" gives them to somebody.`),
        ],
      }
    }))
}

export const addCampaign = (cli: Cli): void => {
  const campaign = cli.program.command('campaign').description('a bounded review: plan, preview, launch, follow, close')
  addCreate(campaign, cli)
  addPreview(campaign, cli)
  addLaunch(campaign, cli)
  addStatusOf(campaign, cli)
  addSteering(campaign, cli)
  addDrafts(campaign, cli)
  addPopulation(campaign, cli)
  addPlanting(campaign, cli)

  onCampaign(campaign, 'close', 'end the campaign; what nobody decided follows its rule', 'muster campaign close 1')
    .action(cli.doing<RefOptions>(async (invocation, [id], options) => {
      const closed = await inWorkspace(invocation, async ({ client }) => client.campaigns.close({ campaign: await campaignNumber(client, id, options.campaign) }))
      return { json: closed, lines: [`Closed campaign ${closed.id}, "${closed.spec.name}". Next: "muster seal --campaign ${closed.id} --out DIR".`] }
    }))

  campaign
    .command('list')
    .description('all campaigns')
    .addHelpText('after', `
Example:
  $ muster campaign list`)
    .action(cli.doing(async (invocation) => {
      const campaigns = await inWorkspace(invocation, ({ client }) => client.campaigns.list())
      return {
        json: campaigns,
        lines: table([
          { title: 'campaign', of: (one) => one.id, align: 'right' }, { title: 'name', of: (one) => one.spec.name }, { title: 'state', of: (one) => one.state },
          { title: 'as of', of: (one) => one.asOf }, { title: 'due', of: (one) => one.dueOn },
          { title: 'items', of: (one) => one.progress.items, align: 'right' }, { title: 'undecided', of: (one) => one.progress.undecided, align: 'right' },
        ], campaigns, 'No campaign yet; "muster campaign create" plans one.'),
      }
    }))
}
