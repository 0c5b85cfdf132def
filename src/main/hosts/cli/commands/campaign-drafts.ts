import type { Command } from 'commander'
import type { z } from 'zod'
import type { campaignFigures } from '../../../../shared/contract/campaigns.ts'
import { exclusionReason, type ExclusionReason } from '../../../../shared/model/campaign.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { campaignNumber, inWorkspace, numberOf } from '../session.ts'
import { count, facts, table } from '../table.ts'
import { campaignSpecFrom, withCampaignOptions, type CampaignOptions } from './campaign-options.ts'

type Figures = z.infer<typeof campaignFigures>
type Pace = Figures['total']

const share = (part: number, of: number): string => (of === 0 ? '-' : `${Math.round((100 * part) / of)} %`)
const seconds = (median: number | null): string => (median === null ? '-' : `${median} s`)

const reasonOf = (given: string | undefined): ExclusionReason | null => {
  if (given === undefined) return null
  const parsed = exclusionReason.safeParse(given)
  if (!parsed.success) throw new CommandRefusal(`There is no exclusion "${given}"; there are ${exclusionReason.options.join(', ')}.`)
  return parsed.data
}

/** `3 h`, `2.5 days`. */
const spanOf = (hours: number | null): string => (hours === null ? '-' : hours < 48 ? `${hours} h` : `${(hours / 24).toFixed(1)} days`)

const figureLines = ({ campaign, progress, total, planted, removals, days, reviewers, dueDays }: Figures): readonly string[] => [
  ...facts([
    ['campaign', `${campaign.id} ${campaign.spec.name}`], ['state', campaign.state], ['due', dueDays.join(', then ')],
    ['decided', `${progress.items - progress.undecided} of ${progress.items}`], ['signed off', progress.signedOff],
    ['kept', share(total.kept, total.decisions)], ['open before a decision', `${seconds(total.medianSeconds)} (median)`], ['in bulk', share(total.bulk, total.decisions)], ['attested together', share(total.attested, total.decisions)],
    ['agreed, advice visible', `${share(total.agreedVisible, total.decidedVisible)} of ${total.decidedVisible}`],
    ['agreed, advice hidden', `${share(total.agreedHidden, total.decidedHidden)} of ${total.decidedHidden}`],
    ['known answers found', planted === 0 ? 'none were planted' : `${share(total.plantedRight, total.plantedAnswered)} of ${total.plantedAnswered}`],
    ['removals proved gone', removals.planned === 0 ? 'none are planned' : `${removals.gone} of ${removals.planned}${removals.back === 0 ? '' : `, ${removals.back} came back`}`],
    ['time to removal', `${spanOf(removals.medianHours)} (median)`],
  ]),
  '',
  ...table([
    { title: 'reviewer', of: (one) => one.person }, { title: 'decisions', of: (one) => one.decisions, align: 'right' }, { title: 'kept', of: (one) => share(one.kept, one.decisions), align: 'right' },
    { title: 'median', of: (one) => seconds(one.medianSeconds), align: 'right' }, { title: 'in bulk', of: (one) => share(one.bulk, one.decisions), align: 'right' },
    { title: 'agreed (visible)', of: (one) => share(one.agreedVisible, one.decidedVisible), align: 'right' },
    { title: 'agreed (hidden)', of: (one) => share(one.agreedHidden, one.decidedHidden), align: 'right' }, { title: 'found', of: (one) => share(one.plantedRight, one.plantedAnswered), align: 'right' },
    { title: 'reminders', of: (one) => one.reminders, align: 'right' },
  ], reviewers, 'Not launched yet.'),
  '',
  ...table([
    { title: 'day (UTC)', of: (one) => one.day }, { title: 'decided', of: (one) => one.decided, align: 'right' }, { title: 'undone', of: (one) => one.undone, align: 'right' },
    { title: 'signed off', of: (one) => one.signedOff, align: 'right' }, { title: 'undecided left', of: (one) => one.undecided, align: 'right' },
    { title: 'unsigned left', of: (one) => one.unsigned, align: 'right' },
  ], days, 'Nothing has happened yet.'),
]

const historyLines = (history: readonly { readonly campaign: Figures['campaign']; readonly progress: Figures['progress']; readonly total: Pace; readonly removals: Figures['removals'] }[]): readonly string[] =>
  table([
    { title: 'campaign', of: (one) => one.campaign.id, align: 'right' }, { title: 'name', of: (one) => one.campaign.spec.name }, { title: 'as of', of: (one) => one.campaign.asOf },
    { title: 'decided', of: (one) => share(one.progress.items - one.progress.undecided, one.progress.items), align: 'right' },
    { title: 'kept', of: (one) => share(one.total.kept, one.total.decisions), align: 'right' }, { title: 'median', of: (one) => seconds(one.total.medianSeconds), align: 'right' },
    { title: 'in bulk', of: (one) => share(one.total.bulk, one.total.decisions), align: 'right' },
    { title: 'agreed (visible)', of: (one) => share(one.total.agreedVisible, one.total.decidedVisible), align: 'right' },
    { title: 'agreed (hidden)', of: (one) => share(one.total.agreedHidden, one.total.decidedHidden), align: 'right' },
    { title: 'found', of: (one) => share(one.total.plantedRight, one.total.plantedAnswered), align: 'right' },
    { title: 'gone', of: (one) => share(one.removals.gone, one.removals.planned), align: 'right' }, { title: 'after', of: (one) => spanOf(one.removals.medianHours), align: 'right' },
  ], history, 'No campaign was launched yet.')

/** A draft rewritten, copied or thrown away; and how a launched campaign goes. */
export const addDrafts = (campaign: Command, { doing }: Cli): void => {
  withCampaignOptions(campaign.command('change').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('rewrite a draft; what is not named stays as it is'))
    .addHelpText('after', `
Example:
  $ muster campaign change 2 --due 2027-01-31 --unanswered revoke`)
    .action(doing<CampaignOptions>(async (invocation, [id], options) => {
      const changed = await inWorkspace(invocation, async ({ app, client }) => {
        const number = await campaignNumber(client, id)
        const { campaign: before } = await client.campaigns.status({ campaign: number })
        const spec = await campaignSpecFrom(invocation.terminal.cwd, options, (await app.officer()).email, before.spec)
        return client.campaigns.change({ campaign: number, spec, asOf: before.asOf })
      })
      return { json: changed, lines: [`Campaign ${changed.id}, "${changed.spec.name}", is rewritten. Next: "muster campaign preview ${changed.id}".`] }
    }))

  campaign.command('duplicate').argument('[campaign]', 'its number; may be left out when there is only one')
    .option('--name <name>', 'what the copy is called')
    .description('plan another campaign with the same rules and as many days')
    .addHelpText('after', `
Example:
  $ muster campaign duplicate 1 --name "Privileged access, Q1"`)
    .action(doing<{ name?: string }>(async (invocation, [id], options) => {
      const made = await inWorkspace(invocation, async ({ client }) => {
        const { asOf } = await client.workspace.session()
        return client.campaigns.duplicate({ campaign: await campaignNumber(client, id), name: options.name ?? null, asOf })
      })
      return { json: made, lines: [`Planned campaign ${made.id}, "${made.spec.name}", as of ${made.asOf}, due on ${made.dueOn}.`] }
    }))

  campaign.command('discard').argument('<campaign>', 'the draft\'s number')
    .description('throw a draft away; a launched campaign stays for ever')
    .addHelpText('after', `
Example:
  $ muster campaign discard 3`)
    .action(doing(async (invocation, [id]) => {
      const done = await inWorkspace(invocation, async ({ client }) => client.campaigns.discard({ campaign: await campaignNumber(client, id) }))
      return { json: done, lines: [`The draft "${done.discarded}" is thrown away; the log keeps that there was one.`] }
    }))

  campaign.command('figures').argument('[campaign]', 'its number; may be left out when there is only one')
    .option('--all', 'one line for every campaign that was launched')
    .description('pace, agreement with the advice and what was left day by day, recomputed from the log')
    .addHelpText('after', `
Examples:
  $ muster campaign figures 1
  $ muster campaign figures --all --json`)
    .action(doing<{ all?: boolean }>(async (invocation, [id], options) => {
      if (options.all === true) {
        const history = await inWorkspace(invocation, ({ client }) => client.campaigns.history())
        return { json: history, lines: historyLines(history) }
      }
      const figures = await inWorkspace(invocation, async ({ client }) => client.campaigns.figures({ campaign: await campaignNumber(client, id) }))
      return { json: figures, lines: figureLines(figures) }
    }))
}

/** The grants behind one line of the population. */
export const addPopulation = (campaign: Command, { doing }: Cli): void => {
  campaign.command('population').argument('[campaign]', 'its number; may be left out when there is only one')
    .option('--reason <reason>', 'those excluded for this reason; without it, those in review')
    .option('--limit <n>', 'at most this many', '100')
    .description('the grants behind one line of the population')
    .addHelpText('after', `
Example:
  $ muster campaign population 1 --reason not-orphan --limit 20`)
    .action(doing<{ reason?: string; limit: string }>(async (invocation, [id], options) => {
      const found = await inWorkspace(invocation, async ({ client }) => client.campaigns.population({
        campaign: await campaignNumber(client, id), reason: reasonOf(options.reason), limit: numberOf(options.limit, 'limit'),
      }))
      return {
        json: found,
        lines: [
          `${count(found.total, 'grant')}.`,
          ...table([
            { title: 'whose', of: (one) => one.subject }, { title: 'account', of: (one) => one.account }, { title: 'application', of: (one) => one.application },
            { title: 'right', of: (one) => one.entitlement }, { title: 'privilege', of: (one) => one.privilege }, { title: 'risk', of: (one) => one.risk },
          ], found.grants, 'None.'),
        ],
      }
    }))
}
